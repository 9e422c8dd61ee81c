//! What is declared twice, in the server and in Terraform, is the same.

use crate::stand_ins::terraform::module;

/// The number after this text in the server's own source.
fn number(source: &str, before: &str) -> u32 {
    let rest = source.split_once(before).unwrap_or_else(|| panic!("{before} is not there any more")).1;
    rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

#[test]
fn the_edge_keeps_what_the_server_calls_public() {
    let roots = module("cdn").list("public_roots");
    assert!(include_str!("../../../src/http/public.rs").contains(&format!("{roots:?}")), "{roots:?}");
}

/// Whoever sends requests lets go of an idle connection before whoever answers them does: else a request meets a
/// connection that is being closed.
#[test]
fn idle_connections_are_let_go_from_the_outside_in() {
    let cloudfront: u32 = module("cdn").value("origin_keepalive_timeout").parse().unwrap();
    let balancer: u32 = module("edge").value("idle_timeout").parse().unwrap();
    let server = number(include_str!("../../../src/app.rs"), "KEEP_ALIVE: Duration = Duration::from_secs(");
    assert!(cloudfront < balancer && balancer < server, "{cloudfront}, {balancer}, {server}");
}

#[test]
fn the_edge_waits_longer_than_the_server_takes_to_give_up() {
    let cloudfront: u32 = module("cdn").value("origin_read_timeout").parse().unwrap();
    let variables = include_str!("../../../../docs/configuration.md");
    assert!(cloudfront > number(variables, "| `REQUEST_TIMEOUT_SECONDS` | `"));
}
