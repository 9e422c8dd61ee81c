//! What can be judged of the code without running the shop.

mod arrows;
mod licences;
mod links;
mod markdown;
mod policy;
mod spdx;
mod spec;

use super::{Check, verdict};
use crate::failure::{self, Outcome};
use crate::process;
use crate::tools::wasm_target;

pub(super) const CHECKS: &[Check] = &[
    Check { name: "formatting", run: formatting },
    Check { name: "arrows between crates", run: arrows::check },
    Check { name: "links in the documentation", run: links::check },
    Check { name: "licences, bans and sources", run: licences::check },
    Check { name: "lints", run: lints },
    Check { name: "lints of the browser build", run: browser_lints },
    Check { name: "the committed OpenAPI document", run: spec::check },
];

fn formatting() -> Outcome<String> {
    // Names of files: what is wrong in them, `cargo fmt` puts right by itself.
    let mut fmt = process::cargo();
    fmt.args(["fmt", "--all", "--check", "--", "-l"]);
    if process::run(&mut fmt, "cargo fmt").is_ok() {
        return Ok(String::new());
    }
    failure::because("Files are not formatted: run `cargo fmt --all`.")
}

fn lints() -> Outcome<String> {
    clippy(&["--workspace", "--all-targets", "--all-features"])
}

fn browser_lints() -> Outcome<String> {
    wasm_target::obtain()?;
    clippy(&["-p", "web", "--target", wasm_target::NAME])
}

fn clippy(what: &[&str]) -> Outcome<String> {
    let mut clippy = process::cargo();
    clippy.arg("clippy").args(what).args(["--", "-D", "warnings"]);
    process::run(&mut clippy, "cargo clippy")?;
    Ok(String::new())
}
