//! The browser build: Trunk, then compressed siblings for every file worth it.

mod compress;
mod stamp;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Outcome, While};
use crate::members;
use crate::options::Options;
use crate::process;
use crate::tools::{binaryen, from_cargo, wasm_target};

/// How the storefront is built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Build {
    /// For development and tests: compiled quickly, large.
    Quick,
    /// What is put on a server: small.
    Shipped,
}

/// `cargo xtask storefront`: what the image, CI and people put on a server is built in this one way.
pub(crate) fn run(mut options: Options) -> Outcome<()> {
    let only_tools = options.flag("--tools");
    options.end()?;
    if only_tools {
        return obtain_tools(Build::Shipped).map(drop);
    }
    build(Build::Shipped)
}

/// Where the storefront is built into.
pub(crate) fn dist() -> PathBuf {
    members::in_root("dist")
}

/// Builds the storefront, unless it stands there already.
pub(crate) fn build(build: Build) -> Outcome<()> {
    let dist = dist();
    let inputs = stamp::fingerprint(members::root()).while_trying("read the storefront's sources")?;
    if stamp::is_current(&dist, build, &inputs) {
        println!("==> the storefront is up to date");
        return Ok(());
    }
    let tools = obtain_tools(build)?;
    process::step("building the storefront", || {
        run_trunk(build, &tools)?;
        compress::folder(&dist, build).while_trying("compress the storefront's files")?;
        stamp::write(&dist, build, &inputs).while_trying("write dist/.stamp")
    })
}

/// The folders of the programs a build needs, for PATH.
fn obtain_tools(build: Build) -> Outcome<Vec<PathBuf>> {
    wasm_target::obtain()?;
    let mut tools = from_cargo::trunk_and_wasm_bindgen()?;
    if build == Build::Shipped {
        tools.push(binaryen::wasm_opt()?);
    }
    Ok(tools)
}

fn run_trunk(build: Build, tools: &[PathBuf]) -> Outcome<()> {
    fetch_crates()?;
    let mut trunk = Command::new(program(tools, "trunk"));
    process::without_own_cargo_variables(&mut trunk);
    // Offline: it would rather download tools than take those on PATH.
    trunk.args(["build", "--offline", "--skip-version-check", "--log", "warn"]);
    if build == Build::Shipped {
        trunk.arg("--release");
    }
    trunk
        .current_dir(members::root())
        .env("PATH", process::path_with(tools)?)
        // Trunk takes `NO_COLOR=1` for a mistake.
        .env_remove("NO_COLOR");
    process::run(&mut trunk, "Trunk")
}

/// Trunk hands its `--offline` on to Cargo, so the crates must be there.
fn fetch_crates() -> Outcome<()> {
    let mut fetch = process::cargo();
    fetch.args(["fetch", "--quiet", "--target", wasm_target::NAME]);
    process::run(&mut fetch, "Fetching the storefront's crates")
}

fn program(folders: &[PathBuf], name: &str) -> PathBuf {
    let found = folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| Path::new(name).to_path_buf())
}
