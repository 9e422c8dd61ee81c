//! Every pod passes the restricted Pod Security Standard, and the namespaces have it enforced.

mod container;
mod pod;

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::object;
use super::pods::Pods;
use super::release;
use super::verdict;
use crate::failure::Outcome;

/// What is allowed in one namespace although the standard forbids it, and why.
const EXCEPTIONS: [Exception; 1] = [Exception {
    namespace: "xray-daemon",
    control: "host ports",
    reason: "applications ask the X-Ray daemon at a port of their node",
}];

#[derive(Debug)]
struct Exception {
    namespace: &'static str,
    control: &'static str,
    reason: &'static str,
}

/// One thing that a pod does and the standard forbids.
#[derive(Debug, PartialEq, Eq)]
struct Breach {
    control: &'static str,
    what: String,
}

/// What a pod does that the standard forbids.
fn breaches(pods: &Pods) -> Vec<Breach> {
    let mut breaches = pod::breaches(pods);
    for one in pods.containers() {
        breaches.extend(container::breaches(pods, one));
    }
    breaches
}

pub(in super::super) fn check() -> Outcome<String> {
    let mut findings = Vec::new();
    let mut used = [false; EXCEPTIONS.len()];
    let mut judged = 0;
    for release in release::all()? {
        for pods in release.objects.iter().filter_map(Pods::of) {
            judged += 1;
            findings.extend(unexcused(&pods, &mut used).map(|what| format!("{}: {what}", release.plan)));
        }
    }
    for (exception, used) in EXCEPTIONS.iter().zip(used) {
        if !used {
            let Exception { namespace, control, reason } = exception;
            findings.push(format!(
                "{namespace} needs no exception for {control} ({reason}) any more: remove it."
            ));
        }
    }
    findings.extend(unenforced()?);
    verdict(&findings)?;
    Ok(format!("{judged} kinds of pods, {} exception", EXCEPTIONS.len()))
}

fn unexcused<'a>(pods: &'a Pods, used: &'a mut [bool]) -> impl Iterator<Item = String> {
    breaches(pods).into_iter().filter_map(move |Breach { control, what }| {
        let namespace = pods.owner.namespace();
        let excuse = EXCEPTIONS.iter().position(|one| one.namespace == namespace && one.control == control);
        match excuse {
            Some(place) => {
                if let Some(used) = used.get_mut(place) {
                    *used = true;
                }
                None
            }
            None => Some(format!("{}: {what} ({control})", pods.owner)),
        }
    })
}

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// Namespaces of ours that do not have it enforced.
fn unenforced() -> Outcome<Vec<String>> {
    let mut findings = Vec::new();
    for release in release::all()? {
        for namespace in release.of_kind("Namespace") {
            let labels = object::map(&namespace.value, "/metadata/labels");
            let level = labels.get(ENFORCE).and_then(Value::as_str).unwrap_or("nothing");
            let excused = EXCEPTIONS.iter().any(|one| one.namespace == namespace.name());
            if level != "restricted" && !excused {
                findings.push(format!(
                    "{}: the namespace {} enforces {level}: label it {ENFORCE}=restricted.",
                    release.plan,
                    namespace.name()
                ));
            }
        }
    }
    Ok(findings)
}
