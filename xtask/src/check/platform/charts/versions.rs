//! Every image and every chart is of one exact version, and the autoscaler of nodes is of its cluster's.

use serde_json::Value;

use super::object;
use super::pods::Pods;
use super::{engine, release, source, terraform, verdict};
use crate::failure::Outcome;

const AUTOSCALER: &str = "charts/addons/third-party/cluster-autoscaler.yaml";
const COMPOSE: &str = "compose.yaml";
const LOCAL: &str = "charts/local/values.yaml";
const CLUSTER: &str = "tf/modules/eks/variables.tf";

pub(in super::super) fn check() -> Outcome<String> {
    let mut findings = Vec::new();
    let mut pinned = 0;
    for release in release::all()? {
        for pods in release.objects.iter().filter_map(Pods::of) {
            for image in pods.containers().map(|container| object::text(container, "/image")) {
                pinned += 1;
                if !is_pinned(image) {
                    findings
                        .push(format!("{}: {} runs {image}: name one version.", release.plan, pods.owner));
                }
            }
        }
        for application in release.of_kind("Application") {
            for source in object::list(&application.value, "/spec/sources") {
                let (chart, version) =
                    (object::text(source, "/chart"), object::text(source, "/targetRevision"));
                pinned += 1;
                if !chart.is_empty() && !is_exact(version) {
                    findings.push(format!(
                        "{application} takes the chart {chart} in {version}: name one version."
                    ));
                }
            }
        }
    }
    findings.extend(autoscaler()?);
    findings.extend(beside()?);
    verdict(&findings)?;
    Ok(format!("{pinned} pinned; the autoscaler is of Kubernetes {}", engine::KUBERNETES))
}

fn is_pinned(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    let tag = name.split_once('@').map_or(name, |(name, _)| name).split_once(':').map(|(_, tag)| tag);
    image.contains("@sha256:") || tag.is_some_and(|tag| !tag.is_empty() && tag != "latest")
}

/// Three numbers, no range.
fn is_exact(version: &str) -> bool {
    let numbers: Vec<&str> = version.split('.').collect();
    numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u32>().is_ok())
}

/// On kind the shop has the PostgreSQL and the Redis that Compose gives it.
fn beside() -> Outcome<Vec<String>> {
    let (compose, local): (Value, Value) = (source::yaml(COMPOSE)?, source::yaml(LOCAL)?);
    let image = |service| {
        let here = object::text(&local, &format!("/{service}Image"));
        let there = object::text(&compose, &format!("/services/{service}/image"));
        let sentence =
            || format!("{LOCAL} runs {here}, and {COMPOSE} {there}: one of them is what is tested.");
        (here != there).then(sentence)
    };
    Ok(["postgres", "redis"].into_iter().filter_map(image).collect())
}

/// Whether the cluster, its autoscaler and these checks speak of the same version.
fn autoscaler() -> Outcome<Option<String>> {
    let values: Value = source::yaml(AUTOSCALER)?;
    let tag = object::text(&values, "/image/tag");
    let minor = tag.trim_start_matches('v').rsplit_once('.').map_or("", |(minor, _)| minor);
    let cluster = terraform::default_of(CLUSTER, "kubernetes_version")?;
    if minor == cluster && cluster == engine::KUBERNETES {
        return Ok(None);
    }
    Ok(Some(format!(
        "The cluster is of Kubernetes {cluster} ({CLUSTER}), the autoscaler {tag} ({AUTOSCALER}), and charts are checked \
         for {}: bring them together.",
        engine::KUBERNETES
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_names_its_version() {
        for image in ["bottega:local", "registry:5000/a/b:1.2", "a@sha256:00"] {
            assert!(is_pinned(image), "{image}");
        }
        for image in ["bottega", "registry:5000/bottega", "bottega:latest", "bottega:"] {
            assert!(!is_pinned(image), "{image}");
        }
    }

    #[test]
    fn a_chart_names_one_version() {
        assert!(is_exact("10.10.2"));
        for version in ["10.10", "10.*.2", ">=1.2.3", "latest", ""] {
            assert!(!is_exact(version), "{version}");
        }
    }
}
