use serde_json::{Value, json};

use super::{Breach, breaches};
use crate::check::platform::charts::object::Object;
use crate::check::platform::charts::pods::Pods;

fn sound() -> Value {
    json!({
        "kind": "Deployment",
        "metadata": { "name": "shop", "namespace": "shop" },
        "spec": { "template": { "spec": {
            "securityContext": { "runAsNonRoot": true, "seccompProfile": { "type": "RuntimeDefault" } },
            "containers": [{
                "name": "shop",
                "ports": [{ "containerPort": 4000 }],
                "securityContext": {
                    "allowPrivilegeEscalation": false,
                    "capabilities": { "drop": ["ALL"], "add": ["NET_BIND_SERVICE"] },
                },
            }],
            "volumes": [{ "name": "tmp", "emptyDir": {} }, { "name": "secrets", "secret": {} }],
        } } },
    })
}

/// The controls that are broken when a place of a sound pod holds something else.
fn broken(pointer: &str, value: Value) -> Vec<&'static str> {
    let mut object = sound();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let place = object.pointer_mut(&format!("/spec/template/spec{parent}")).unwrap();
    place[key] = value;
    let object = Object::new(object, "default");
    let pods = Pods::of(&object).unwrap();
    breaches(&pods).into_iter().map(|Breach { control, .. }| control).collect()
}

#[test]
fn a_sound_pod_passes() {
    assert!(broken("/x", Value::Null).is_empty());
}

#[test]
fn each_control_sees_its_breach() {
    let container = "/containers/0/securityContext";
    for (pointer, value, control) in [
        ("/hostNetwork".to_owned(), json!(true), "host namespaces"),
        ("/hostPID".to_owned(), json!(true), "host namespaces"),
        ("/volumes".to_owned(), json!([{ "name": "node", "hostPath": { "path": "/" } }]), "volume types"),
        ("/securityContext/sysctls".to_owned(), json!([{ "name": "kernel.msgmax" }]), "sysctls"),
        (format!("{container}/privileged"), json!(true), "privileged containers"),
        (format!("{container}/allowPrivilegeEscalation"), Value::Null, "privilege escalation"),
        (format!("{container}/capabilities"), json!({ "drop": ["NET_RAW"] }), "capabilities"),
        (
            format!("{container}/capabilities"),
            json!({ "drop": ["ALL"], "add": ["SYS_ADMIN"] }),
            "capabilities",
        ),
        ("/containers/0/ports".to_owned(), json!([{ "containerPort": 1, "hostPort": 1 }]), "host ports"),
        (format!("{container}/procMount"), json!("Unmasked"), "/proc mount"),
        ("/securityContext/seccompProfile".to_owned(), Value::Null, "seccomp"),
        (format!("{container}/seccompProfile"), json!({ "type": "Unconfined" }), "seccomp"),
        ("/securityContext/runAsNonRoot".to_owned(), Value::Null, "running as non-root"),
        (format!("{container}/runAsNonRoot"), json!(false), "running as non-root"),
        (format!("{container}/runAsUser"), json!(0), "running as non-root user"),
        (format!("{container}/appArmorProfile"), json!({ "type": "Unconfined" }), "AppArmor"),
        (format!("{container}/seLinuxOptions"), json!({ "type": "spc_t" }), "SELinux"),
        ("/securityContext/windowsOptions".to_owned(), json!({ "hostProcess": true }), "HostProcess"),
        (
            "/containers/0/livenessProbe".to_owned(),
            json!({ "httpGet": { "host": "10.0.0.1" } }),
            "host probes and hooks",
        ),
    ] {
        assert_eq!(broken(&pointer, value.clone()), [control], "{pointer} = {value}");
    }
}

#[test]
fn containers_that_prepare_a_pod_are_judged_too() {
    assert_eq!(
        broken("/initContainers", json!([{ "name": "init" }])).len(),
        2,
        "escalation and capabilities"
    );
}
