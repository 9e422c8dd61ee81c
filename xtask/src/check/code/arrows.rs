//! Which member may depend on which: ARCHITECTURE.md, "The arrows".

use serde_json::Value;

use super::verdict;
use crate::failure::Outcome;
use crate::members::{self, list, text};

/// Dependencies of what is shipped.
const ARROWS: [(&str, &str); 5] =
    [("web", "openapi"), ("api", "openapi"), ("api", "entity"), ("api", "migration"), ("perf", "openapi")];
/// Dependencies of tests only: the migrated schema is compared with the entities.
const TEST_ARROWS: [(&str, &str); 1] = [("migration", "entity")];

pub(super) fn check() -> Outcome<String> {
    verdict(&forbidden(&members::metadata(&["--no-deps"])?))?;
    Ok(String::new())
}

/// A sentence for each arrow that nobody drew.
fn forbidden(metadata: &Value) -> Vec<String> {
    let packages = list(metadata, "packages");
    let members: Vec<&str> = packages.iter().map(|package| text(package, "name")).collect();
    let mut findings = Vec::new();
    for package in packages {
        let from = text(package, "name");
        for dependency in list(package, "dependencies") {
            let to = text(dependency, "name");
            if !members.contains(&to) {
                continue;
            }
            // Cargo tells a normal dependency by the absence of a kind.
            let kind = dependency["kind"].as_str().unwrap_or("normal");
            let allowed = match kind {
                "normal" => ARROWS.contains(&(from, to)),
                "dev" => ARROWS.contains(&(from, to)) || TEST_ARROWS.contains(&(from, to)),
                _ => false,
            };
            if !allowed {
                findings.push(format!(
                    "{from}/Cargo.toml: `{from}` may not have `{to}` as a {kind} dependency (ARCHITECTURE.md says \
                     which may)."
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn findings(from: &str, to: &str, kind: Option<&str>) -> Vec<String> {
        let package = |name: &str, dependencies: Value| json!({ "name": name, "dependencies": dependencies });
        let none = json!([]);
        let mut packages: Vec<Value> = ["web", "openapi", "api", "entity", "migration", "perf", "xtask"]
            .into_iter()
            .filter(|name| *name != from)
            .map(|name| package(name, none.clone()))
            .collect();
        packages
            .push(package(from, json!([{ "name": "serde", "kind": null }, { "name": to, "kind": kind }])));
        forbidden(&json!({ "packages": packages }))
    }

    #[test]
    fn drawn_arrows_and_foreign_crates_are_fine() {
        for (from, to) in ARROWS {
            assert!(findings(from, to, None).is_empty(), "{from} → {to}");
        }
        assert!(findings("migration", "entity", Some("dev")).is_empty());
    }

    #[test]
    fn any_other_arrow_is_named() {
        for (from, to, kind) in [
            ("openapi", "api", None),
            ("migration", "entity", None),
            ("web", "api", Some("dev")),
            ("entity", "openapi", None),
            ("perf", "api", None),
            ("xtask", "openapi", Some("build")),
        ] {
            let findings = findings(from, to, kind);
            assert_eq!(findings.len(), 1, "{from} → {to}");
            assert!(findings[0].contains(&format!("`{from}` may not have `{to}`")));
        }
    }
}
