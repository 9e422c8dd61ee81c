//! What one object names, another is: a name without its object is found by nobody until it is missing.

use serde_json::{Map, Value};

use super::object::{self, Object};
use super::pods::{Pods, selects};
use super::release::{self, Release};
use super::verdict;
use crate::failure::Outcome;

pub(in super::super) fn check() -> Outcome<String> {
    let (mut findings, mut followed) = (Vec::new(), 0);
    for release in release::all()? {
        for object in &release.objects {
            for reference in references(object) {
                followed += 1;
                if !reference.is_met(release, object)? {
                    findings.push(format!("{}: {object} {reference}: there is none.", release.plan));
                }
            }
        }
    }
    verdict(&findings)?;
    Ok(format!("{followed} names followed"))
}

#[derive(Debug)]
enum Reference {
    Named {
        kind: &'static str,
        name: String,
    },
    /// Pods, and the port of theirs that is meant.
    Pods {
        labels: Map<String, Value>,
        port: Option<String>,
    },
    /// A service, and its port.
    Service {
        name: String,
        port: String,
    },
}

impl std::fmt::Display for Reference {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named { kind, name } => write!(out, "names the {kind} {name}"),
            Self::Pods { labels, port: None } => {
                write!(out, "selects pods by {}", Value::from(labels.clone()))
            }
            Self::Pods { labels, port: Some(port) } => {
                write!(out, "sends to the port {port} of pods by {}", Value::from(labels.clone()))
            }
            Self::Service { name, port } => write!(out, "names the port {port} of the Service {name}"),
        }
    }
}

impl Reference {
    fn is_met(&self, release: &Release, from: &Object) -> Outcome<bool> {
        let mut beside = release.objects.iter().filter(|object| object.namespace() == from.namespace());
        Ok(match self {
            Self::Named { kind: "Secret", name } => is_secret(name)?,
            Self::Named { kind: "ClusterSecretStore", name } => is_store(name, from.namespace())?,
            Self::Named { kind, name } => beside.any(|object| object.is(kind, name)),
            Self::Pods { labels, port } => beside.filter_map(Pods::of).any(|pods| {
                selects(labels, pods.labels) && port.as_ref().is_none_or(|port| pods.port(port).is_some())
            }),
            Self::Service { name, port } => beside.any(|object| {
                let mut ports = object::list(&object.value, "/spec/ports").iter();
                object.is("Service", name) && ports.any(|one| object::text(one, "/name") == port)
            }),
        })
    }
}

/// Secrets are made by External Secrets or, on kind, by another chart: somebody must.
fn is_secret(name: &str) -> Outcome<bool> {
    Ok(release::all()?.iter().flat_map(|release| &release.objects).any(|object| {
        object.is("Secret", name)
            || (object.kind() == "ExternalSecret" && object::text(&object.value, "/spec/target/name") == name)
    }))
}

/// A store belongs to the cluster, and says whose secrets it serves.
fn is_store(name: &str, namespace: &str) -> Outcome<bool> {
    let everything = release::all()?.iter().flat_map(|release| &release.objects);
    Ok(everything.filter(|object| object.is("ClusterSecretStore", name)).any(|store| {
        let conditions = object::list(&store.value, "/spec/conditions").iter();
        conditions.flat_map(|one| object::list(one, "/namespaces")).any(|one| one == namespace)
    }))
}

fn references(object: &Object) -> Vec<Reference> {
    let spec = |pointer: &str| object::text(&object.value, &format!("/spec{pointer}")).to_owned();
    let labels = |pointer: &str| object::map(&object.value, &format!("/spec{pointer}")).clone();
    match object.kind() {
        "Service" => object::list(&object.value, "/spec/ports")
            .iter()
            .map(|port| Reference::Pods {
                labels: labels("/selector"),
                port: Some(object::text(port, "/targetPort").to_owned()),
            })
            .collect(),
        "PodDisruptionBudget" => {
            vec![Reference::Pods { labels: labels("/selector/matchLabels"), port: None }]
        }
        "HorizontalPodAutoscaler" => {
            vec![Reference::Named { kind: "Deployment", name: spec("/scaleTargetRef/name") }]
        }
        "ExternalSecret" => {
            vec![Reference::Named { kind: "ClusterSecretStore", name: spec("/secretStoreRef/name") }]
        }
        "TargetGroupBinding" => {
            vec![Reference::Service { name: spec("/serviceRef/name"), port: spec("/serviceRef/port") }]
        }
        "Ingress" => {
            let to = "/rules/0/http/paths/0/backend/service";
            vec![Reference::Service {
                name: spec(&format!("{to}/name")),
                port: spec(&format!("{to}/port/name")),
            }]
        }
        // Its endpoints are ports of a Service with these labels; ours has those of its pods.
        "ServiceMonitor" => vec![Reference::Pods {
            labels: labels("/selector/matchLabels"),
            port: Some(spec("/endpoints/0/port")),
        }],
        _ => Pods::of(object).map(|pods| of_pods(&pods)).unwrap_or_default(),
    }
}

fn of_pods(pods: &Pods) -> Vec<Reference> {
    let named = |kind, name: &str| Reference::Named { kind, name: name.to_owned() };
    let mut references = Vec::new();
    match object::text(pods.spec, "/serviceAccountName") {
        "" => {}
        account => references.push(named("ServiceAccount", account)),
    }
    for volume in object::list(pods.spec, "/volumes") {
        if let Some(secret) = volume.pointer("/secret/secretName").and_then(Value::as_str) {
            references.push(named("Secret", secret));
        }
    }
    for container in pods.containers() {
        for from in object::list(container, "/envFrom") {
            references.push(named("ConfigMap", object::text(from, "/configMapRef/name")));
        }
        for variable in object::list(container, "/env") {
            if let Some(secret) = variable.pointer("/valueFrom/secretKeyRef/name").and_then(Value::as_str) {
                references.push(named("Secret", secret));
            }
        }
    }
    references
}
