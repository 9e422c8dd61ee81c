//! `cargo xtask check`: what can be judged without running the shop. Every check runs, whatever the others say.

mod arrows;
mod licences;
mod links;
mod markdown;
mod policy;
mod spdx;
mod spec;

use std::time::Instant;

use crate::failure::{self, Outcome};
use crate::options::Options;
use crate::process;
use crate::tools::wasm_target;

type Check = (&'static str, fn() -> Outcome<()>);

const CHECKS: [Check; 7] = [
    ("formatting", formatting),
    ("arrows between crates", arrows::check),
    ("links in the documentation", links::check),
    ("licences, bans and sources", licences::check),
    ("lints", lints),
    ("lints of the browser build", browser_lints),
    ("the committed OpenAPI document", spec::check),
];

pub(crate) fn run(options: Options) -> Outcome<()> {
    options.end()?;
    let started = Instant::now();
    let failed: Vec<&str> = CHECKS.iter().filter(|check| !passes(check)).map(|(name, _)| *name).collect();
    let time = process::duration(started.elapsed());
    if !failed.is_empty() {
        return failure::because(format!("FAILED: {} in {time}", failed.join(", ")));
    }
    println!("ok: {} checks passed in {time}", CHECKS.len());
    Ok(())
}

fn passes((name, check): &Check) -> bool {
    println!("==> {name} …");
    let started = Instant::now();
    let outcome = check();
    let time = process::duration(started.elapsed());
    match outcome {
        Ok(()) => println!("ok      {name} ({time})"),
        Err(failure) => {
            println!("{failure}");
            println!("FAILED  {name} ({time})");
            return false;
        }
    }
    true
}

fn formatting() -> Outcome<()> {
    // Names of files: what is wrong in them, `cargo fmt` puts right by itself.
    let mut fmt = process::cargo();
    fmt.args(["fmt", "--all", "--check", "--", "-l"]);
    if process::run(&mut fmt, "cargo fmt").is_ok() {
        return Ok(());
    }
    failure::because("Files are not formatted: run `cargo fmt --all`.")
}

fn lints() -> Outcome<()> {
    clippy(&["--workspace", "--all-targets", "--all-features"])
}

fn browser_lints() -> Outcome<()> {
    wasm_target::obtain()?;
    clippy(&["-p", "web", "--target", wasm_target::NAME])
}

fn clippy(what: &[&str]) -> Outcome<()> {
    let mut clippy = process::cargo();
    clippy.arg("clippy").args(what).args(["--", "-D", "warnings"]);
    process::run(&mut clippy, "cargo clippy")
}

/// One sentence per finding, or nothing to say.
fn verdict(findings: &[String]) -> Outcome<()> {
    if findings.is_empty() { Ok(()) } else { failure::because(findings.join("\n")) }
}
