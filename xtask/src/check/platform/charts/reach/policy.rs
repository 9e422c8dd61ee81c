//! What network policies let through. Both ends are asked: the one that speaks, whether it may; the one spoken to, whether
//! it listens. A pod that no policy is about may do everything in that direction; addresses outside are asked nothing.

use serde_json::{Map, Value};

use super::world::{End, Pod, Port, holds};
use crate::check::platform::charts::object::{self, Object};
use crate::check::platform::charts::pods::selects;

const NAME_OF_NAMESPACE: &str = "kubernetes.io/metadata.name";

#[derive(Debug, Clone, Copy)]
pub(super) enum Direction {
    In,
    Out,
}

/// Whether something gets from one end to the other.
pub(super) fn passes(policies: &[&Object], from: &End, to: &End, port: &Port) -> bool {
    let out = from.pod.as_ref().is_none_or(|pod| lets(policies, Direction::Out, (from, pod), to, to, port));
    let into = to.pod.as_ref().is_none_or(|pod| lets(policies, Direction::In, (to, pod), from, to, port));
    out && into
}

/// Whether the policies about a pod let it deal with the other end in this direction.
fn lets(
    policies: &[&Object],
    direction: Direction,
    (_, pod): (&End, &Pod),
    other: &End,
    target: &End,
    port: &Port,
) -> bool {
    let mut about = policies.iter().filter(|policy| is_about(policy, pod, direction)).peekable();
    if about.peek().is_none() {
        return true;
    }
    let (rules, peers) = match direction {
        Direction::In => ("/spec/ingress", "/from"),
        Direction::Out => ("/spec/egress", "/to"),
    };
    about.any(|policy| {
        object::list(&policy.value, rules).iter().any(|rule| {
            fits(object::list(rule, peers), |peer| is_peer(peer, policy.namespace(), other))
                && fits(object::list(rule, "/ports"), |wanted| is_port(wanted, target, port))
        })
    })
}

/// An absent list fits everything.
fn fits(list: &[Value], fits: impl Fn(&Value) -> bool) -> bool {
    list.is_empty() || list.iter().any(fits)
}

fn is_about(policy: &Object, pod: &Pod, direction: Direction) -> bool {
    policy.namespace() == pod.namespace
        && chosen(policy.value.pointer("/spec/podSelector"), &pod.labels)
        && has_type(&policy.value, direction)
}

fn has_type(policy: &Value, direction: Direction) -> bool {
    let types = object::list(policy, "/spec/policyTypes");
    match direction {
        // Kubernetes' own defaults where a policy names no types.
        Direction::In => types.is_empty() || types.iter().any(|one| one == "Ingress"),
        Direction::Out if types.is_empty() => policy.pointer("/spec/egress").is_some(),
        Direction::Out => types.iter().any(|one| one == "Egress"),
    }
}

/// Ranges are held against the addresses of pods too: so does the network of EKS.
fn is_peer(peer: &Value, namespace: &str, other: &End) -> bool {
    if let Some(block) = peer.get("ipBlock") {
        return holds(object::text(block, "/cidr"), other.address)
            && !object::list(block, "/except")
                .iter()
                .any(|range| holds(range.as_str().unwrap_or_default(), other.address));
    }
    let Some(pod) = &other.pod else { return false };
    let right_namespace = match peer.get("namespaceSelector") {
        Some(selector) => chosen(Some(selector), &labels_of_namespace(&pod.namespace)),
        // Without one, only pods of the policy's own namespace are meant.
        None => pod.namespace == namespace,
    };
    right_namespace && peer.get("podSelector").is_none_or(|selector| chosen(Some(selector), &pod.labels))
}

/// Of other namespaces nothing is known but what Kubernetes gives each: its name.
fn labels_of_namespace(name: &str) -> Map<String, Value> {
    [(NAME_OF_NAMESPACE.to_owned(), Value::from(name))].into_iter().collect()
}

fn chosen(selector: Option<&Value>, labels: &Map<String, Value>) -> bool {
    let Some(selector) = selector else { return false };
    selects(object::map(selector, "/matchLabels"), labels)
        && object::list(selector, "/matchExpressions").iter().all(|expression| expressed(expression, labels))
}

fn expressed(expression: &Value, labels: &Map<String, Value>) -> bool {
    let label = labels.get(object::text(expression, "/key"));
    let listed = label.is_some_and(|label| object::list(expression, "/values").contains(label));
    match object::text(expression, "/operator") {
        "In" => listed,
        "NotIn" => !listed,
        "Exists" => label.is_some(),
        "DoesNotExist" => label.is_none(),
        _ => false,
    }
}

fn is_port(wanted: &Value, target: &End, port: &Port) -> bool {
    let protocol = match object::text(wanted, "/protocol") {
        "" => "TCP",
        named => named,
    };
    protocol == port.protocol && is_number(wanted, target, u64::from(port.number))
}

fn is_number(wanted: &Value, target: &End, number: u64) -> bool {
    match &wanted["port"] {
        Value::Null => true,
        Value::String(name) => target
            .pod
            .as_ref()
            .and_then(|pod| pod.ports.get(name))
            .is_some_and(|port| u64::from(*port) == number),
        first => {
            let first = first.as_u64().unwrap_or_default();
            (first..=object::number(wanted, "/endPort").unwrap_or(first)).contains(&number)
        }
    }
}
