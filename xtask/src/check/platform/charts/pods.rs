//! The pods that objects make.

use serde_json::{Map, Value};

use super::object::{self, Object};

/// The form of pods that an object makes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pods<'a> {
    pub(super) owner: &'a Object,
    pub(super) labels: &'a Map<String, Value>,
    pub(super) spec: &'a Value,
}

impl<'a> Pods<'a> {
    /// What an object makes, if it makes pods.
    pub(super) fn of(owner: &'a Object) -> Option<Self> {
        let template = match owner.kind() {
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" => "/spec/template",
            "CronJob" => "/spec/jobTemplate/spec/template",
            "Pod" => "",
            _ => return None,
        };
        let template = owner.value.pointer(template)?;
        Some(Self { owner, labels: object::map(template, "/metadata/labels"), spec: template.get("spec")? })
    }

    /// Every container, with its name.
    pub(super) fn containers(&self) -> impl Iterator<Item = &'a Value> {
        ["/initContainers", "/containers", "/ephemeralContainers"]
            .into_iter()
            .flat_map(|list| object::list(self.spec, list))
    }

    /// The number of a port that a container gives a name.
    pub(super) fn port(&self, name: &str) -> Option<u64> {
        let ports = self.containers().flat_map(|container| object::list(container, "/ports"));
        ports
            .filter(|port| object::text(port, "/name") == name)
            .find_map(|port| object::number(port, "/containerPort"))
    }
}

/// Whether these labels are among those.
pub(super) fn selects(wanted: &Map<String, Value>, labels: &Map<String, Value>) -> bool {
    wanted.iter().all(|(name, value)| labels.get(name) == Some(value))
}
