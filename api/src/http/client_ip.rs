//! Who is asking: the address of the client, believed only as far as trusted proxies tell it.

use std::net::IpAddr;

use actix_web::HttpRequest;

use crate::state::AppState;

/// The client's address. With `n` trusted proxies in front, the `n`-th entry of `X-Forwarded-For` from the right:
/// whatever stands left of it was written by the client itself.
pub fn client_ip(request: &HttpRequest, state: &AppState) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |address| address.ip());
    let hops = state.config.server.trusted_proxy_hops;
    if hops == 0 {
        return peer;
    }
    let entries = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect::<Vec<_>>();
    believed(peer, &entries, hops)
}

fn believed(peer: IpAddr, forwarded: &[&str], hops: usize) -> IpAddr {
    forwarded
        .len()
        .checked_sub(hops)
        .filter(|_| hops > 0)
        .and_then(|index| forwarded.get(index))
        .and_then(|entry| address(entry.trim()))
        .unwrap_or(peer)
}

/// An entry may carry a port: `203.0.113.7:4711`, `[2001:db8::1]:4711`.
fn address(entry: &str) -> Option<IpAddr> {
    entry
        .parse()
        .ok()
        .or_else(|| entry.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn without_trusted_proxies_nothing_is_believed() {
        assert_eq!(believed(ip("10.0.0.1"), &["1.2.3.4"], 0), ip("10.0.0.1"));
    }

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        let spoofed = ["6.6.6.6", "203.0.113.7", "10.9.9.9"];
        assert_eq!(believed(ip("10.0.0.1"), &spoofed, 2), ip("203.0.113.7"));
        assert_eq!(believed(ip("10.0.0.1"), &spoofed, 1), ip("10.9.9.9"));
    }

    #[test]
    fn too_few_entries_and_garbage_fall_back_to_the_peer() {
        assert_eq!(believed(ip("10.0.0.1"), &["1.2.3.4"], 2), ip("10.0.0.1"));
        assert_eq!(believed(ip("10.0.0.1"), &["unknown"], 1), ip("10.0.0.1"));
    }

    #[test]
    fn entries_may_carry_ports() {
        assert_eq!(believed(ip("10.0.0.1"), &["203.0.113.7:4711"], 1), ip("203.0.113.7"));
        assert_eq!(believed(ip("10.0.0.1"), &[" [2001:db8::1]:4711"], 1), ip("2001:db8::1"));
        assert_eq!(believed(ip("10.0.0.1"), &["[2001:db8::1]"], 1), ip("2001:db8::1"));
    }
}
