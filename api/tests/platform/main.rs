//! What runs the shop on the platform, tried with the real program on PostgreSQL and Redis. `cargo xtask test` starts both;
//! by hand: `cargo xtask services`, and `cargo test -p api --features platform-tests --test platform`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    unreachable_pub,
    reason = "tests fail by panicking, may make ids of their own, and share their support with other test programs"
)]

#[expect(dead_code, reason = "the tests of orders use more of it")]
#[path = "../api/orders/books.rs"]
mod books;
mod edge;
mod operations;
#[expect(dead_code, reason = "the tests of the command line use more of it")]
#[path = "../api/cli/program.rs"]
mod program;
mod restore;
mod rolling;
mod rotation;
mod stand_ins;
#[expect(dead_code, unused_imports, reason = "the tests of the API use more of it")]
#[path = "../api/support/mod.rs"]
mod support;
