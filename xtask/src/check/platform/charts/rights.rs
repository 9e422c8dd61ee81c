//! What the operations ask of the cluster, the group that runs them may ask; and what it may change or run, it may not as it likes.

use std::fs;

use serde_json::Value;

use super::object::{self, Object};
use super::release::{self, Release};
use super::{terraform, verdict};
use crate::failure::{Outcome, While};
use crate::members;

const SCRIPTS: &str = "charts/ops";
const CLUSTER: &str = "tf/modules/eks/variables.tf";

/// How kubectl is asked in a script, where, and what that needs: API group, resource, verbs.
struct Need {
    asked: &'static str,
    namespace: &'static str,
    rights: &'static [(&'static str, &'static str, &'static [&'static str])],
}

const fn need(
    asked: &'static str,
    namespace: &'static str,
    rights: &'static [(&'static str, &'static str, &'static [&'static str])],
) -> Need {
    Need { asked, namespace, rights }
}

const NEEDS: &[Need] = &[
    need("read_json pods", "bottega", &[("", "pods", &["list"])]),
    need("read_json events", "bottega", &[("", "events", &["list"])]),
    need("read_json replicasets", "bottega", &[("apps", "replicasets", &["list"])]),
    need("read_json $DEPLOYMENT", "bottega", &[("apps", "deployments", &["get"])]),
    need("read_json $AUTOSCALER", "bottega", &[("autoscaling", "horizontalpodautoscalers", &["get"])]),
    need("in_namespace logs", "bottega", &[("", "pods", &["get"]), ("", "pods/log", &["get"])]),
    need("in_namespace exec", "bottega", &[("", "pods", &["get"]), ("", "pods/exec", &["get", "create"])]),
    need(
        "in_namespace port-forward",
        "bottega",
        &[("", "pods", &["get"]), ("", "pods/portforward", &["get", "create"])],
    ),
    need("in_namespace top pods", "bottega", &[("metrics.k8s.io", "pods", &["list"])]),
    // How much each node has, too, to tell percentages of it.
    need("kubectl top nodes", "", &[("metrics.k8s.io", "nodes", &["list"]), ("", "nodes", &["list"])]),
    need("in_namespace rollout restart", "bottega", &[("apps", "deployments", &["get", "patch"])]),
    need("in_namespace rollout status", "bottega", &[("apps", "deployments", &["get", "list", "watch"])]),
    need(
        "in_namespace patch $AUTOSCALER",
        "bottega",
        &[("autoscaling", "horizontalpodautoscalers", &["get", "patch"])],
    ),
    need("kubectl --namespace argocd get", "argocd", &[("argoproj.io", "applications", &["get"])]),
    need("argocd get", "argocd", &[("argoproj.io", "applications", &["get"])]),
    need("argocd annotate", "argocd", &[("argoproj.io", "applications", &["get", "patch"])]),
    need("argocd patch", "argocd", &[("argoproj.io", "applications", &["get", "patch"])]),
    // Everybody may ask who they are; and the functions that the others go through.
    need("kubectl --request-timeout=20s auth whoami", "", &[]),
    need("in_namespace get $@", "", &[]),
    need("kubectl --namespace $NAMESPACE $@", "", &[]),
    need("kubectl --namespace argocd $@", "", &[]),
];

pub(in super::super) fn check() -> Outcome<String> {
    let release = release::one("addons", "values-demo.yaml")?;
    let scripts = scripts()?;
    let mut findings = strangers(&scripts);
    for Need { asked, namespace, rights } in NEEDS {
        if !scripts.contains(asked) {
            findings.push(format!("Nobody in {SCRIPTS} asks `{asked}` any more: remove it here."));
        }
        for (group, resource, verbs) in *rights {
            let missing = verbs.iter().filter(|verb| !may(release, namespace, group, resource, verb));
            let place = if namespace.is_empty() { "the cluster" } else { namespace };
            findings.extend(missing.map(|verb| {
                format!("`{asked}` would be refused: operators may not {verb} {group}/{resource} in {place}.")
            }));
        }
    }
    findings.extend(unlimited(release));
    findings.extend(kept_from_running(release, &scripts));
    findings.extend(unknown_group(release)?);
    verdict(&findings)?;
    Ok(format!("{} ways of asking", NEEDS.len()))
}

/// All scripts, without what the shell puts around words.
fn scripts() -> Outcome<String> {
    let mut all = String::new();
    for entry in fs::read_dir(members::in_root(SCRIPTS)).while_trying(format!("read {SCRIPTS}"))? {
        let path = entry.while_trying(format!("read {SCRIPTS}"))?.path();
        all += &fs::read_to_string(&path).while_trying(format!("read {}", path.display()))?;
    }
    Ok(all.replace(['"', '\''], ""))
}

/// Ways of asking that the table does not know.
fn strangers(scripts: &str) -> Vec<String> {
    let calls = scripts.lines().map(str::trim).filter(|line| !line.starts_with('#')).flat_map(|line| {
        let anywhere = ["in_namespace ", "kubectl ", "read_json "];
        let anywhere = anywhere.into_iter().filter_map(|start| line.get(line.find(start)?..));
        anywhere.chain(line.starts_with("argocd ").then_some(line))
    });
    calls
        .filter(|call| !NEEDS.iter().any(|need| call.starts_with(need.asked)))
        .map(|call| format!("{SCRIPTS} asks `{call}`: say here what that needs."))
        .collect()
}

/// Whether operators may do this: nowhere in particular, or in this namespace.
fn may(release: &Release, namespace: &str, group: &str, resource: &str, verb: &str) -> bool {
    release.objects.iter().filter(|object| is_theirs(object, namespace)).any(|role| {
        object::list(&role.value, "/rules").iter().any(|rule| {
            let has = |field: &str, word: &str| object::list(rule, field).contains(&Value::from(word));
            // One that is named can be read and changed, but not found in a list.
            let by_name = rule.get("resourceNames").is_some() && ["list", "watch"].contains(&verb);
            has("/apiGroups", group) && has("/resources", resource) && has("/verbs", verb) && !by_name
        })
    })
}

fn is_theirs(object: &Object, namespace: &str) -> bool {
    match object.kind() {
        "Role" => object.name() == "operators" && object.namespace() == namespace,
        "ClusterRole" => object.name() == "bottega-operators",
        _ => false,
    }
}

/// What operators may patch or run as they like, because no policy says which part of it.
fn unlimited(release: &Release) -> Vec<String> {
    let rules = release
        .objects
        .iter()
        .filter(|object| ["Role", "ClusterRole"].contains(&object.kind()))
        .flat_map(|role| object::list(&role.value, "/rules"))
        .filter(|rule| {
            object::list(rule, "/verbs").iter().any(|verb| verb == "patch")
                || object::list(rule, "/resources").iter().any(|resource| resource == "pods/exec")
        });
    rules
        .filter(|rule| {
            !release.of_kind("ValidatingAdmissionPolicy").any(|policy| limits(release, policy, rule))
        })
        .map(|rule| {
            format!(
                "Operators may do what they like with {}: say in operators-limits.yaml what an operation does.",
                rule["resources"]
            )
        })
        .collect()
}

/// What operations run in pods, and the policy that is about that does not name.
fn kept_from_running(release: &Release, scripts: &str) -> Vec<String> {
    let rule = release
        .find("ValidatingAdmissionPolicy", "operators-diagnose-only")
        .map_or("", |policy| object::text(&policy.value, "/spec/validations/0/expression"));
    // `bottega_in POD doctor …`, `bottega_in_each doctor …`
    let words = scripts.split_whitespace().collect::<Vec<_>>();
    let run = words.windows(3).filter_map(|words| match words {
        [call, command, _] if call.ends_with("bottega_in_each") => Some(*command),
        [call, _pod, command] if call.ends_with("bottega_in") => Some(*command),
        _ => None,
    });
    run.filter(|command| command.chars().all(char::is_alphabetic) && !rule.contains(&format!("'{command}'")))
        .map(|command| {
            format!("Operators may not run `bottega {command}`, which a script in {SCRIPTS} does.")
        })
        .collect()
}

/// Whether a policy is about what a rule of a role lets operators change, and refuses.
fn limits(release: &Release, policy: &Object, rule: &Value) -> bool {
    let about = &policy.value["spec"]["matchConstraints"]["resourceRules"][0];
    let asked = object::text(&policy.value, "/spec/matchConditions/0/expression");
    let refuses = release.find("ValidatingAdmissionPolicyBinding", policy.name()).is_some_and(|binding| {
        object::text(&binding.value, "/spec/policyName") == policy.name()
            && object::list(&binding.value, "/spec/validationActions").iter().any(|action| action == "Deny")
    });
    let group = release.of_kind("RoleBinding").next().map(|one| object::text(&one.value, "/subjects/0/name"));
    about["apiGroups"] == rule["apiGroups"]
        && about["resources"] == rule["resources"]
        && group.is_some_and(|group| asked == format!("\"{group}\" in request.userInfo.groups"))
        && refuses
}

/// Bindings to a group that the cluster gives nobody.
fn unknown_group(release: &Release) -> Outcome<Vec<String>> {
    let group = terraform::default_of(CLUSTER, "operator_group")?;
    let bindings = release.of_kind("RoleBinding").chain(release.of_kind("ClusterRoleBinding"));
    let wrong = bindings.filter(|binding| object::text(&binding.value, "/subjects/0/name") != group);
    Ok(wrong.map(|binding| format!("{binding} is not for {group}, which {CLUSTER} lets in.")).collect())
}
