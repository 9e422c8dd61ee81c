//! The controls that are about a container. Some may be met by the pod for all of its containers.

use serde_json::Value;

use super::Breach;
use crate::check::platform::charts::object;
use crate::check::platform::charts::pods::Pods;

pub(super) fn breaches(pods: &Pods, container: &Value) -> Vec<Breach> {
    let context = Context { pod: &pods.spec["securityContext"], container };
    let mut breaches = Vec::new();
    let name = object::text(container, "/name");
    let mut demand = |met: bool, control, what: &str| {
        if !met {
            breaches.push(Breach { control, what: format!("{name} {what}") });
        }
    };
    let own = &container["securityContext"];
    demand(own["privileged"] != true, "privileged containers", "is privileged");
    demand(own["allowPrivilegeEscalation"] == false, "privilege escalation", "may gain privileges");
    let dropped = object::list(own, "/capabilities/drop");
    demand(dropped.iter().any(|one| one == "ALL"), "capabilities", "does not drop ALL");
    let added = object::list(own, "/capabilities/add");
    demand(added.iter().all(|one| one == "NET_BIND_SERVICE"), "capabilities", "adds some");
    let ports = object::list(container, "/ports");
    let no_host = ports.iter().all(|port| object::number(port, "/hostPort").unwrap_or_default() == 0);
    demand(no_host, "host ports", "takes a port of its node");
    demand(matches!(object::text(own, "/procMount"), "" | "Default"), "/proc mount", "sees more of /proc");
    let seccomp = context.nearest("/seccompProfile/type").and_then(Value::as_str);
    demand(matches!(seccomp, Some("RuntimeDefault" | "Localhost")), "seccomp", "has no seccomp profile");
    demand(
        context.nearest("/runAsNonRoot") == Some(&Value::Bool(true)),
        "running as non-root",
        "may run as root",
    );
    demand(
        context.nearest("/runAsUser") != Some(&Value::from(0)),
        "running as non-root user",
        "runs as root",
    );
    let armor = context.nearest("/appArmorProfile/type").and_then(Value::as_str);
    demand(armor != Some("Unconfined"), "AppArmor", "is unconfined");
    demand(context.all("/seLinuxOptions").all(own_selinux), "SELinux", "chooses a label of SELinux");
    demand(
        context.all("/windowsOptions/hostProcess").all(|host| host != true),
        "HostProcess",
        "is its node's process",
    );
    demand(asks_no_other_host(container), "host probes and hooks", "has a probe or hook ask another host");
    breaches
}

struct Context<'a> {
    pod: &'a Value,
    container: &'a Value,
}

impl<'a> Context<'a> {
    /// What the container says, or else what the pod says.
    fn nearest(&self, pointer: &str) -> Option<&'a Value> {
        let own = self.container.pointer("/securityContext").and_then(|own| own.pointer(pointer));
        own.or_else(|| self.pod.pointer(pointer))
    }

    /// What either says.
    fn all(&self, pointer: &'a str) -> impl Iterator<Item = &'a Value> {
        let own = self.container.pointer("/securityContext");
        [own, Some(self.pod)].into_iter().flatten().filter_map(move |context| context.pointer(pointer))
    }
}

fn own_selinux(options: &Value) -> bool {
    let kinds = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
    kinds.contains(&object::text(options, "/type"))
        && object::text(options, "/user").is_empty()
        && object::text(options, "/role").is_empty()
}

fn asks_no_other_host(container: &Value) -> bool {
    let asks =
        ["/livenessProbe", "/readinessProbe", "/startupProbe", "/lifecycle/preStop", "/lifecycle/postStart"];
    asks.iter()
        .filter_map(|place| container.pointer(place))
        .flat_map(|ask| ["/httpGet/host", "/tcpSocket/host"].map(|host| object::text(ask, host)))
        .all(str::is_empty)
}
