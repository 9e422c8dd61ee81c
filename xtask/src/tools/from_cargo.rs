//! Trunk and wasm-bindgen, compiled by Cargo.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Tool;
use crate::failure::Outcome;
use crate::members;
use crate::process;
use crate::scratch::Scratch;

/// The newest Trunk that the pinned toolchain compiles.
const TRUNK: &str = "0.21.14";

/// The folders of both, for PATH.
pub(crate) fn trunk_and_wasm_bindgen() -> Outcome<Vec<PathBuf>> {
    Ok(vec![trunk()?, wasm_bindgen()?])
}

fn trunk() -> Outcome<PathBuf> {
    let tool = Tool {
        name: "trunk",
        version: TRUNK.to_owned(),
        program: "bin/trunk",
        version_arguments: &["--version"],
    };
    // Without the features that let it download tools by itself.
    tool.obtain(|tool, scratch, home| {
        install(tool, "trunk", &["--locked", "--no-default-features"], scratch, home)
    })
}

fn wasm_bindgen() -> Outcome<PathBuf> {
    let tool = Tool {
        name: "wasm-bindgen",
        // It must be the version of the library, to the digit.
        version: members::locked_version("wasm-bindgen")?,
        program: "bin/wasm-bindgen",
        version_arguments: &["--version"],
    };
    // Not `--locked`: the lock file it is published with does not resolve.
    tool.obtain(|tool, scratch, home| install(tool, "wasm-bindgen-cli", &[], scratch, home))
}

fn install(tool: &Tool, package: &str, extra: &[&str], scratch: &Scratch, home: &Path) -> Outcome<()> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    process::without_own_cargo_variables(&mut cargo);
    cargo
        .args(["install", package, "--version", &tool.version, "--no-track"])
        .args(extra)
        .arg("--root")
        .arg(home)
        // Outside the checkout: its settings are none of the tool's business.
        .current_dir(scratch.path())
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        // Compile time matters here and the speed of the tool does not: a fifth of a default release build.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    process::run(&mut cargo, &format!("Installing {package}"))
}
