//! Where the checkout is, and what Cargo knows about it.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use crate::failure::{Outcome, While};
use crate::process;

static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    // What Cargo says now comes first: with a shared target folder this binary may have been compiled in
    // another checkout of the same commit.
    let own =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map_or(own.clone(), Path::to_path_buf)
});

/// The root of this checkout.
pub(crate) fn root() -> &'static Path {
    &ROOT
}

/// A path inside the checkout.
pub(crate) fn in_root(relative: &str) -> PathBuf {
    ROOT.join(relative)
}

/// The answer of `cargo metadata`.
pub(crate) fn metadata(arguments: &[&str]) -> Outcome<Value> {
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--quiet", "--format-version", "1"]).args(arguments);
    let answer = process::output(&mut cargo, "cargo metadata")?;
    serde_json::from_str(&answer).while_trying("read the answer of `cargo metadata`")
}

/// Where Cargo puts what it builds.
pub(crate) fn target() -> Outcome<PathBuf> {
    Ok(text(&metadata(&["--no-deps"])?, "target_directory").into())
}

/// An array in a JSON answer; absent is empty.
pub(crate) fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

/// A string in a JSON answer; absent is empty.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// The version Cargo.lock holds for a package.
pub(crate) fn locked_version(package: &str) -> Outcome<String> {
    let lock = std::fs::read_to_string(in_root("Cargo.lock")).while_trying("read Cargo.lock")?;
    version_in(&lock, package).ok_or_else(|| {
        crate::failure::Failure::new(format!("Cargo.lock holds no `{package}`: restore it from git."))
    })
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let header = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != header).nth(1)?;
    Some(after.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lock_file_tells_a_version() {
        let lock = "[[package]]\nname = \"yew-router\"\nversion = \"0.20.0\"\n\n\
                    [[package]]\nname = \"yew\"\nversion = \"0.23.1\"\n";
        assert_eq!(super::version_in(lock, "yew").as_deref(), Some("0.23.1"));
        assert_eq!(super::version_in(lock, "leptos"), None);
    }
}
