//! Who there is: pods with their labels and addresses, namespaces, and addresses outside.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Map, Value};

/// A pod, or an address that is no pod's.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct End {
    pub(super) address: Ipv4Addr,
    /// What makes it a pod.
    #[serde(flatten)]
    pub(super) pod: Option<Pod>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Pod {
    pub(super) namespace: String,
    pub(super) labels: Map<String, Value>,
    /// The ports its containers give names.
    #[serde(default)]
    pub(super) ports: BTreeMap<String, u16>,
}

/// A protocol and a port, like `TCP/5432`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Port {
    pub(super) protocol: String,
    pub(super) number: u16,
}

impl Port {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (protocol, number) = text.split_once('/')?;
        Some(Self { protocol: protocol.to_owned(), number: number.parse().ok()? })
    }
}

/// Whether an address is in a range like `10.0.0.0/16`. What is no range holds nothing.
pub(super) fn holds(range: &str, address: Ipv4Addr) -> bool {
    let parsed = range.split_once('/').and_then(|(base, length)| {
        Some((base.parse::<Ipv4Addr>().ok()?, length.parse::<u32>().ok().filter(|length| *length <= 32)?))
    });
    let Some((base, length)) = parsed else { return false };
    let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
    (u32::from(base) & mask) == (u32::from(address) & mask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_is_in_them() {
        let address = |text: &str| text.parse().unwrap();
        assert!(holds("10.0.64.0/20", address("10.0.79.255")));
        assert!(!holds("10.0.64.0/20", address("10.0.80.0")));
        assert!(holds("0.0.0.0/0", address("203.0.113.9")));
        assert!(holds("169.254.170.23/32", address("169.254.170.23")));
        assert!(!holds("169.254.170.23/32", address("169.254.170.24")));
        assert!(!holds("nonsense", address("10.0.0.1")));
    }
}
