//! The controls that are about a pod as a whole.

use super::Breach;
use crate::check::platform::charts::object;
use crate::check::platform::charts::pods::Pods;

/// What a pod may keep things in. Everything else reaches into its node, or past what Kubernetes knows of.
const VOLUMES: [&str; 8] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// Settings of the kernel that are a pod's own.
const SYSCTLS: [&str; 10] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_syncookies",
];

pub(super) fn breaches(pods: &Pods) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut breach = |control, what: String| breaches.push(Breach { control, what });
    for shared in ["hostNetwork", "hostPID", "hostIPC"] {
        if pods.spec[shared] == true {
            breach("host namespaces", format!("shares its node's ({shared})"));
        }
    }
    for volume in object::list(pods.spec, "/volumes") {
        let name = object::text(volume, "/name");
        let kinds = object::map(volume, "").keys().filter(|key| *key != "name");
        for kind in kinds.filter(|kind| !VOLUMES.contains(&kind.as_str())) {
            breach("volume types", format!("the volume {name} is a {kind}"));
        }
    }
    for sysctl in object::list(pods.spec, "/securityContext/sysctls") {
        let name = object::text(sysctl, "/name");
        if !SYSCTLS.contains(&name) {
            breach("sysctls", format!("sets {name}"));
        }
    }
    if pods.owner.value.to_string().contains("container.apparmor.security.beta.kubernetes.io/") {
        breach("AppArmor", "chooses a profile by annotation: use appArmorProfile".to_owned());
    }
    breaches
}
