//! The developer's commands: `cargo xtask <command>`; plain Rust, so that a checkout and Rust are enough.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its terminal")]

mod cache;
mod check;
mod contract;
mod debian;
mod failure;
mod held;
mod http;
mod infrastructure;
mod members;
mod openapi;
mod options;
mod process;
mod rehearse;
mod run;
mod scratch;
mod services;
mod storefront;
mod test;
mod tools;
mod watch;

use std::process::ExitCode;

use failure::Outcome;
use options::Options;

const HELP: &str = "\
cargo xtask <command>

  run [--release] [--port N]      build the storefront and the server, and open the shop on this machine
      [--watch]                   … and again whenever a source has changed
  test [filter…]                  every test on SQLite and on PostgreSQL + Redis, then in a browser
  check [code|platform] [word…]   formatting, lints, the committed spec, licences …; charts, Terraform, workflows …
  infrastructure                  write docs/infrastructure.md anew from the Terraform code
           [--schemas FILE]       … keep anew what of the providers' schemas the code uses
  openapi                         write openapi/openapi.json anew from the server's code
  contract [--examples N]         hold a running server to its OpenAPI document with schemathesis
           [--seed N]             … and repeat what an earlier run did
  rehearse --from REVISION        an earlier build gives way to this one while people shop, on PostgreSQL + Redis
  storefront [--tools]            build the storefront as it is shipped, into dist/; or only get what builds it
  services                        PostgreSQL and Redis for tests, until Ctrl-C; prints the TEST_ variables

What a command needs and does not find, it installs: build tools into ~/.cache/bottega (or $BOTTEGA_CACHE),
servers and a browser through apt where it may. `cargo test -p api` alone is the quick loop, on SQLite.";

fn main() -> ExitCode {
    match held::watch_signals().and_then(|()| dispatch()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let options = Options::new(&command, words.collect());
    match command.as_str() {
        "run" => run::run(options),
        "test" => test::run(options),
        "check" => check::run(options),
        "infrastructure" => infrastructure::run(options),
        "openapi" => openapi::regenerate(options),
        "contract" => contract::run(options),
        "storefront" => storefront::run(options),
        "services" => services::run(options),
        "rehearse" => rehearse::run(options),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => failure::because(format!("There is no command `{other}`: `cargo xtask` alone lists them.")),
    }
}
