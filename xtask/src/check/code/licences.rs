//! Licences, banned crates and sources of all dependencies, held against deny.toml.
//!
//! cargo-deny takes minutes to compile, so this reads the few rules itself; where cargo-deny is installed it runs
//! too.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::policy::{self, Entry};
use super::{spdx, verdict};
use crate::failure::{Outcome, While};
use crate::members::{self, list, text};
use crate::process;

const FILE: &str = "deny.toml";

pub(super) fn check() -> Outcome<String> {
    let source = fs::read_to_string(members::in_root(FILE)).while_trying(format!("read {FILE}"))?;
    let metadata = members::metadata(&["--all-features"])?;
    let used = used()?;
    verdict(&Policy::read(&source).findings(&metadata, &used))?;
    if process::on_path("cargo-deny").is_some() {
        let mut deny = process::cargo();
        deny.args(["deny", "--offline", "check", "licenses", "bans", "sources"]);
        process::run(&mut deny, "cargo deny")?;
    }
    Ok(format!("{} packages", used.len()))
}

/// `name version` of every package that some build compiles. Cargo's metadata holds more: whatever a feature that
/// nobody switches on would bring.
fn used() -> Outcome<BTreeSet<String>> {
    let mut cargo = process::cargo();
    cargo.args(["tree", "--quiet", "--workspace", "--all-features", "--target", "all"]);
    cargo.args(["--edges", "normal,build,dev", "--prefix", "none", "--format", "{p}"]);
    Ok(packages_in(&process::output(&mut cargo, "cargo tree")?))
}

/// Lines such as `serde v1.0.2 (*)`.
fn packages_in(tree: &str) -> BTreeSet<String> {
    let package = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some(format!("{name} {}", rest.split(' ').next()?))
    };
    tree.lines().filter_map(package).collect()
}

#[derive(Debug)]
struct Policy {
    licences: Vec<Entry>,
    exceptions: Vec<Entry>,
    banned: Vec<Entry>,
}

impl Policy {
    fn read(source: &str) -> Self {
        Self {
            licences: policy::entries(source, "licenses", "allow"),
            exceptions: policy::entries(source, "licenses", "exceptions"),
            banned: policy::entries(source, "bans", "deny"),
        }
    }

    /// A sentence for each rule that a dependency breaks.
    fn findings(&self, metadata: &Value, used: &BTreeSet<String>) -> Vec<String> {
        let is_used = |package: &Value| {
            used.contains(&format!("{} {}", text(package, "name"), text(package, "version")))
        };
        let foreign = |package: &&Value| package["source"].is_string() && is_used(package);
        let foreign: Vec<&Value> = list(metadata, "packages").iter().filter(foreign).collect();
        let registries: BTreeSet<&str> = foreign.iter().map(|package| text(package, "source")).collect();
        let mut findings: Vec<String> =
            foreign.iter().flat_map(|package| self.findings_of(package)).collect();
        if registries.iter().filter(|source| source.starts_with("registry+")).count() > 1 {
            findings
                .push("Dependencies come from more than one registry: use the public one alone.".to_owned());
        }
        findings
    }

    fn findings_of(&self, package: &Value) -> Vec<String> {
        let mut findings = Vec::new();
        let name = text(package, "name");
        let crate_is = |entry: &&Entry| entry.named("crate") == Some(name);
        if let Some(ban) = self.banned.iter().find(crate_is) {
            let reason = ban.named("reason").unwrap_or("no reason given");
            findings.push(format!("`{name}` is banned in {FILE}: {reason}."));
        }
        if !text(package, "source").starts_with("registry+") {
            findings
                .push(format!("`{name}` does not come from the registry: publish it there or do without."));
        }
        let exception = self.exceptions.iter().find(crate_is);
        let allowed = |licence: &str| {
            self.licences.iter().any(|entry| entry.plain() == Some(licence))
                || exception.is_some_and(|entry| entry.named("allow") == Some(licence))
        };
        let expression = text(package, "license");
        match spdx::is_satisfied(expression, &allowed) {
            Some(true) => {}
            Some(false) => findings.push(format!(
                "`{name}` is under `{expression}`, which {FILE} does not allow: replace the crate, or allow the \
                 licence there."
            )),
            None => findings.push(format!(
                "`{name}` states no licence that can be read (`{expression}`): look at it and decide in \
                 {FILE}."
            )),
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const POLICY: &str = "[licenses]\nallow = [\"MIT\"]\nexceptions = [{ crate = \"ring\", allow = [\"ISC\"] }]\n\
                          [bans]\ndeny = [{ crate = \"openssl-sys\", reason = \"rustls it is\" }]\n";
    const REGISTRY: &str = "registry+https://example.org/index";

    fn findings(name: &str, licence: &str, source: &str) -> Vec<String> {
        let metadata = json!({
            "packages": [
                { "name": name, "version": "1.0.0", "license": licence, "source": source },
                { "name": "own", "version": "1.0.0", "license": null, "source": null },
                { "name": "optional", "version": "1.0.0", "license": "GPL-3.0-only", "source": REGISTRY },
            ],
        });
        let tree = format!("own v1.0.0 (/shop/own)\n{name} v1.0.0 (*)\n");
        Policy::read(POLICY).findings(&metadata, &packages_in(&tree))
    }

    #[test]
    fn what_the_policy_allows_passes() {
        assert!(findings("serde", "MIT OR Apache-2.0", REGISTRY).is_empty());
        assert!(findings("ring", "MIT AND ISC", REGISTRY).is_empty());
    }

    #[test]
    fn what_it_does_not_allow_is_named() {
        assert!(findings("cart", "ISC", REGISTRY)[0].contains("`cart` is under `ISC`"));
        assert!(findings("openssl-sys", "MIT", REGISTRY)[0].contains("rustls it is"));
        assert!(findings("serde", "MIT", "git+https://example.org/serde")[0].contains("registry"));
        assert!(findings("serde", "", REGISTRY)[0].contains("no licence"));
    }
}
