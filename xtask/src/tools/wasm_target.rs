//! The compiler's browser target.

use std::path::Path;
use std::process::Command;

use crate::failure::{self, Outcome};
use crate::process;

/// The target triple of the browser build.
pub(crate) const NAME: &str = "wasm32-unknown-unknown";

/// Makes sure that the pinned toolchain can compile for the browser.
pub(crate) fn obtain() -> Outcome<()> {
    if is_installed() {
        return Ok(());
    }
    if process::on_path("rustup").is_none() {
        return failure::because(format!(
            "The compiler's target {NAME} is missing and there is no rustup to add it: install Rust through \
             rustup, or your distribution's package of that target."
        ));
    }
    process::step(&format!("adding the compiler's target {NAME}"), || {
        let mut rustup = Command::new("rustup");
        rustup.args(["target", "add", NAME]).current_dir(crate::members::root());
        process::run(&mut rustup, "rustup target add")
    })
}

fn is_installed() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", NAME]).current_dir(crate::members::root());
    process::says(&mut rustc).is_some_and(|folder| Path::new(folder.trim()).exists())
}
