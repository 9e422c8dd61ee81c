//! wasm-opt, which makes the shipped browser build small. Debian's is too old; npm carries a current one.

use std::path::PathBuf;
use std::process::Command;

use super::Tool;
use crate::debian;
use crate::failure::{self, Outcome};
use crate::process;

/// The npm package `binaryen`.
const PACKAGE: &str = "binaryen@132.0.0";
/// What its wasm-opt calls itself.
const VERSION: &str = "132";

/// The folder of wasm-opt, for PATH.
pub(crate) fn wasm_opt() -> Outcome<PathBuf> {
    let tool = Tool {
        name: "binaryen",
        version: VERSION.to_owned(),
        program: "node_modules/.bin/wasm-opt",
        version_arguments: &["--version"],
    };
    tool.obtain(|_, _, home| {
        if process::on_path("npm").is_none() {
            return failure::because(format!(
                "The shipped browser build needs wasm-opt {VERSION}, which comes from npm, and npm is missing: {}, \
                 or put wasm-opt {VERSION} on PATH.",
                debian::advice(&["npm"])
            ));
        }
        let mut npm = Command::new("npm");
        npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
            .arg(home)
            .arg(PACKAGE);
        process::run(&mut npm, "Installing binaryen")
    })
}
