//! Whom a limit is about.

use std::net::{IpAddr, Ipv6Addr};

use sha2::{Digest, Sha256};

/// The addresses that count as one client. Whoever has one address of IPv6 has the 2⁶⁴ around it.
pub(super) fn group(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// A name for an account that tells nobody its address: it becomes a part of Redis' keys.
pub(super) fn account(folded_email: &str) -> String {
    Sha256::digest(folded_email.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_client_and_ipv4_is_itself() {
        let group = |text: &str| group(text.parse().unwrap()).to_string();
        assert_eq!(group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(group("2001:db8:1:2::9"), "2001:db8:1:2::");
        assert_ne!(group("2001:db8:1:3::9"), "2001:db8:1:2::");
        assert_eq!(group("203.0.113.7"), "203.0.113.7");
        assert_eq!(group("::ffff:203.0.113.7"), "203.0.113.7");
    }

    #[test]
    fn an_accounts_name_does_not_show_its_address() {
        let name = account("anna@shop.example");
        assert_eq!(name.len(), 32);
        assert!(name.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_ne!(name, account("anne@shop.example"));
    }
}
