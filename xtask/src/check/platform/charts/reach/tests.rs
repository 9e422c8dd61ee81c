use serde_json::{Value, json};

use super::policy::passes;
use super::world::{End, Port};
use crate::check::platform::charts::object::Object;

fn policy(spec: &Value) -> Object {
    Object::new(
        json!({ "kind": "NetworkPolicy", "metadata": { "name": "p", "namespace": "shop" }, "spec": spec }),
        "shop",
    )
}

fn pod(namespace: &str, app: &str, address: &str) -> End {
    serde_json::from_value(json!({
        "namespace": namespace, "labels": { "app": app }, "address": address, "ports": { "http": 4000 },
    }))
    .unwrap()
}

fn outside(address: &str) -> End {
    serde_json::from_value(json!({ "address": address })).unwrap()
}

fn reaches(policies: &[&Value], from: &End, to: &End, port: &str) -> bool {
    let policies: Vec<Object> = policies.iter().map(|spec| policy(spec)).collect();
    passes(&policies.iter().collect::<Vec<_>>(), from, to, &Port::parse(port).unwrap())
}

fn deny() -> Value {
    json!({ "podSelector": {}, "policyTypes": ["Ingress", "Egress"] })
}

#[test]
fn without_policies_everything_passes_and_with_a_denial_nothing() {
    let (shop, other) = (pod("shop", "shop", "10.0.0.1"), pod("other", "other", "10.0.0.2"));
    assert!(reaches(&[], &other, &shop, "TCP/4000"));
    for (from, to) in [(&other, &shop), (&shop, &other), (&shop, &outside("203.0.113.1"))] {
        assert!(!reaches(&[&deny()], from, to, "TCP/4000"));
    }
    assert!(reaches(&[&deny()], &other, &outside("203.0.113.1"), "TCP/443"), "another namespace's affair");
}

#[test]
fn a_rule_about_pods_alone_means_pods_of_its_own_namespace() {
    // The predecessor's: its tracing daemon ran in another namespace, and no trace ever arrived.
    let by_pods = json!({ "podSelector": {}, "policyTypes": ["Egress"], "egress": [
        { "to": [{ "podSelector": { "matchLabels": { "app": "xray" } } }], "ports": [{ "protocol": "UDP", "port": 2000 }] },
    ] });
    let shop = pod("shop", "shop", "10.0.0.1");
    let daemon = pod("xray", "xray", "10.0.0.2");
    assert!(!reaches(&[&deny(), &by_pods], &shop, &daemon, "UDP/2000"));

    let mut by_namespace = by_pods;
    by_namespace["egress"][0]["to"][0]["namespaceSelector"] =
        json!({ "matchLabels": { "kubernetes.io/metadata.name": "xray" } });
    assert!(reaches(&[&deny(), &by_namespace], &shop, &daemon, "UDP/2000"));
    assert!(!reaches(&[&deny(), &by_namespace], &shop, &daemon, "TCP/2000"), "another protocol");
    let stranger = pod("xray", "stranger", "10.0.0.3");
    assert!(!reaches(&[&deny(), &by_namespace], &shop, &stranger, "UDP/2000"), "both selectors must choose");
}

#[test]
fn ranges_their_exceptions_ports_by_name_and_ranges_of_ports() {
    let rules = json!({ "podSelector": { "matchExpressions": [{ "key": "app", "operator": "In", "values": ["shop"] }] },
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [{ "from": [{ "ipBlock": { "cidr": "10.0.64.0/20" } }], "ports": [{ "port": "http" }] }],
        "egress": [{ "to": [{ "ipBlock": { "cidr": "0.0.0.0/0", "except": ["10.0.0.0/16"] } }],
            "ports": [{ "port": 440, "endPort": 443 }] }],
    });
    let shop = pod("shop", "shop", "10.0.0.1");
    assert!(reaches(&[&rules], &outside("10.0.64.5"), &shop, "TCP/4000"));
    assert!(!reaches(&[&rules], &outside("10.0.64.5"), &shop, "TCP/9090"));
    assert!(!reaches(&[&rules], &outside("10.0.80.5"), &shop, "TCP/4000"));
    assert!(reaches(&[&rules], &shop, &outside("203.0.113.1"), "TCP/443"));
    assert!(!reaches(&[&rules], &shop, &outside("203.0.113.1"), "TCP/444"));
    assert!(!reaches(&[&rules], &shop, &outside("10.0.3.1"), "TCP/443"), "an exception");
}

#[test]
fn a_policy_without_types_denies_what_comes_in() {
    let bare = json!({ "podSelector": {} });
    let (shop, other) = (pod("shop", "shop", "10.0.0.1"), pod("other", "other", "10.0.0.2"));
    assert!(!reaches(&[&bare], &other, &shop, "TCP/1"));
    assert!(reaches(&[&bare], &shop, &other, "TCP/1"));
}

#[test]
fn both_ends_are_asked() {
    let listens =
        json!({ "podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{ "ports": [{ "port": 1 }] }] });
    let silent = json!({ "podSelector": { "matchLabels": { "app": "shop" } }, "policyTypes": ["Egress"] });
    let (shop, db) = (pod("shop", "shop", "10.0.0.1"), pod("shop", "db", "10.0.0.2"));
    assert!(reaches(&[&listens], &shop, &db, "TCP/1"));
    assert!(!reaches(&[&listens, &silent], &shop, &db, "TCP/1"));
}
