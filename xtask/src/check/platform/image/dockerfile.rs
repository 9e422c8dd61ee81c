//! How the image is made: hadolint and Trivy on the Dockerfile, and that it compiles with the compiler everybody uses.

use std::fs;

use serde_json::Value;

use super::verdict;
use crate::failure::{Outcome, While};
use crate::members;
use crate::process;
use crate::tools::python::Environment;

pub(super) const DOCKERFILE: &str = "api/Dockerfile";

/// Rules of hadolint that do not hold here, each with its reason.
const PASSED_OVER: [(&str, &str); 1] = [(
    "DL3008",
    "Debian's mirrors keep one version of a package: a pinned one is gone with its next security fix",
)];

pub(in super::super) fn check() -> Outcome<String> {
    let mut findings = lint()?;
    findings.extend(scan()?);
    findings.extend(other_compiler()?);
    verdict(&findings)?;
    Ok("hadolint and Trivy find nothing".to_owned())
}

fn lint() -> Outcome<Vec<String>> {
    let mut hadolint = Environment::obtain("hadolint")?.program("hadolint");
    hadolint.args(["--no-color", "--no-fail", "--format", "json"]).current_dir(members::root());
    for (rule, _) in PASSED_OVER {
        hadolint.args(["--ignore", rule]);
    }
    let said = process::output(hadolint.arg(DOCKERFILE), "hadolint")?;
    let found: Vec<Value> = serde_json::from_str(&said).while_trying("read what hadolint says")?;
    let sentence = |finding: &Value| {
        let (rule, message) = (members::text(finding, "code"), members::text(finding, "message"));
        format!("{DOCKERFILE}:{}: {rule} {message}", finding["line"])
    };
    Ok(found.iter().map(sentence).collect())
}

fn scan() -> Outcome<Vec<String>> {
    let mut trivy = Environment::obtain("trivy")?.program("trivy");
    trivy
        .args([
            "config",
            "--quiet",
            "--skip-check-update",
            "--skip-version-check",
            "--format",
            "json",
            DOCKERFILE,
        ])
        .current_dir(members::root());
    let said = process::output(&mut trivy, "Trivy")?;
    let report: Value = serde_json::from_str(&said).while_trying("read what Trivy says")?;
    let found =
        members::list(&report, "Results").iter().flat_map(|of| members::list(of, "Misconfigurations"));
    let sentence = |finding: &Value| {
        let (rule, message) = (members::text(finding, "ID"), members::text(finding, "Message"));
        format!("{DOCKERFILE}: {rule} {message}")
    };
    Ok(found.map(sentence).collect())
}

/// The image is compiled by the version that rust-toolchain.toml names.
fn other_compiler() -> Outcome<Option<String>> {
    let toolchain = members::in_root("rust-toolchain.toml");
    let toolchain = fs::read_to_string(toolchain).while_trying("read rust-toolchain.toml")?;
    let pinned = toolchain.lines().find_map(|line| line.strip_prefix("channel = ")).unwrap_or_default();
    let pinned = pinned.trim_matches('"');
    let used = rust_version()?;
    Ok((used != pinned).then(|| {
        format!(
            "{DOCKERFILE} compiles with Rust {used}, rust-toolchain.toml says {pinned}: make them the same."
        )
    }))
}

/// The version of the compiler, from `ARG RUST_VERSION=…`.
pub(super) fn rust_version() -> Outcome<String> {
    let dockerfile = fs::read_to_string(members::in_root(DOCKERFILE)).while_trying("read the Dockerfile")?;
    let version = dockerfile.lines().find_map(|line| line.strip_prefix("ARG RUST_VERSION="));
    Ok(version.unwrap_or_default().to_owned())
}
