//! Secrets come before the migration and the migration before the pods, under Argo CD and under Helm.

use super::object::Object;
use super::release::{self, Release};
use super::verdict;
use crate::failure::Outcome;

const WAVE: &str = "argocd.argoproj.io/sync-wave";
const HOOK: &str = "argocd.argoproj.io/hook";
const HELM_HOOK: &str = "helm.sh/hook";
const HELM_WEIGHT: &str = "helm.sh/hook-weight";

pub(in super::super) fn check() -> Outcome<String> {
    let mut findings = Vec::new();
    let mut releases = 0;
    for release in release::all()?.iter().filter(|release| release.plan.chart == "bottega") {
        releases += 1;
        let by_argocd = release.objects.iter().any(|object| !object.annotation(WAVE).is_empty());
        let wrong = if by_argocd { under_argocd(release) } else { under_helm(release) };
        findings.extend(wrong.into_iter().map(|what| format!("{}: {what}", release.plan)));
    }
    verdict(&findings)?;
    Ok(format!("{releases} releases"))
}

fn number(text: &str) -> i64 {
    text.parse().unwrap_or_default()
}

/// Whether an object is something the migration cannot do without.
fn serves_migration(object: &Object) -> bool {
    match object.kind() {
        "NetworkPolicy" => object.name() == "migration",
        "ServiceAccount" | "ExternalSecret" => object.name() == "bottega-migration",
        _ => false,
    }
}

fn under_argocd(release: &Release) -> Vec<String> {
    let mut findings = Vec::new();
    for object in &release.objects {
        let wave = number(object.annotation(WAVE));
        let is_hook = !object.annotation(HOOK).is_empty();
        let right = match object.kind() {
            "ExternalSecret" => wave == -2 && !is_hook,
            // Not PreSync: that would come before every wave, and so before its secrets.
            "Job" => wave == -1 && object.annotation(HOOK) == "Sync",
            "Deployment" => wave == 0 && !is_hook,
            // A pod that is made before it is not told to wait for the load balancer.
            "TargetGroupBinding" => wave < 0 && !is_hook,
            _ => !is_hook && (!serves_migration(object) || wave < -1),
        };
        if !right {
            findings.push(format!("{object} comes in wave {wave}, or as a hook of the wrong kind."));
        }
        // Argo CD would take them for hooks before the sync.
        if !object.annotation(HELM_HOOK).is_empty() {
            findings.push(format!("{object} is a hook of Helm, where Argo CD deploys."));
        }
    }
    findings
}

fn under_helm(release: &Release) -> Vec<String> {
    let mut findings = Vec::new();
    let before = "pre-install,pre-upgrade";
    for object in &release.objects {
        let (hook, weight) = (object.annotation(HELM_HOOK), number(object.annotation(HELM_WEIGHT)));
        let right = match object.kind() {
            "Job" => hook == before && weight == -1,
            _ if serves_migration(object) => hook == before && weight < -1,
            _ => hook.is_empty(),
        };
        if !right {
            findings.push(format!("{object} has the weight {weight} and is {hook:?} as a hook."));
        }
        // What is kept from the last time would stand in the way.
        if !hook.is_empty()
            && !object.annotation("helm.sh/hook-delete-policy").contains("before-hook-creation")
        {
            findings.push(format!("{object} is not removed before it is made again."));
        }
    }
    findings
}
