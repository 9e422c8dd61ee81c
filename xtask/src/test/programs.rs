//! The test programs: compiled once, by one Cargo command, then run as often as there are engines.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::failure::{self, Outcome};
use crate::members;
use crate::process;

/// All members at once, so that every dependency is compiled with one set of features.
pub(super) const SELECTION: [&str; 3] = ["--workspace", "--features", "api/browser-tests,api/platform-tests"];

/// One compiled test program.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Program {
    pub(crate) package: String,
    pub(crate) target: String,
    kind: String,
    executable: PathBuf,
    folder: PathBuf,
}

impl Program {
    pub(crate) fn is_integration_test(&self) -> bool {
        self.kind == "test"
    }

    /// As Cargo would start it: in the package's folder. It ends when this program is killed.
    pub(crate) fn command(&self) -> Command {
        let mut command = process::dying_with_us(&self.executable, "TERM", None);
        process::without_own_cargo_variables(&mut command);
        command
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("CARGO_PKG_NAME", &self.package);
        command
    }

    #[cfg(test)]
    pub(crate) fn example(package: &str, kind: &str, target: &str) -> Self {
        Self {
            package: package.into(),
            target: target.into(),
            kind: kind.into(),
            executable: PathBuf::new(),
            folder: PathBuf::new(),
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({} {})", self.package, self.kind, self.target)
    }
}

/// Compiles every test program.
pub(super) fn compile() -> Outcome<Vec<Program>> {
    let mut cargo = process::cargo();
    cargo.args(["test", "--no-run", "--message-format", "json-render-diagnostics"]).args(SELECTION);
    let mut programs = Vec::new();
    let fine = process::run_lines(&mut cargo, "Compiling the tests", |line| {
        programs.extend(serde_json::from_str(line).ok().and_then(|message| program(&message)));
    })?;
    if !fine {
        return failure::because("FAILED: a test program does not compile; the compiler says above why.");
    }
    programs.sort_by(|one, other| (&one.package, &one.target).cmp(&(&other.package, &other.target)));
    Ok(programs)
}

/// A test program in one of Cargo's messages.
fn program(message: &Value) -> Option<Program> {
    if message["profile"]["test"].as_bool() != Some(true) {
        return None;
    }
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    Some(Program {
        package: folder.file_name()?.to_str()?.to_owned(),
        target: members::text(&message["target"], "name").to_owned(),
        kind: members::list(&message["target"], "kind").first()?.as_str()?.to_owned(),
        executable: message["executable"].as_str()?.into(),
        folder: folder.to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_programs_are_told_from_other_artifacts() {
        let message = |test: bool| {
            serde_json::json!({
                "reason": "compiler-artifact",
                "manifest_path": "/shop/api/Cargo.toml",
                "target": { "name": "browser", "kind": ["test"] },
                "profile": { "test": test },
                "executable": "/shop/target/debug/deps/browser-1",
            })
        };
        let found = program(&message(true)).unwrap();
        assert_eq!(found.to_string(), "api (test browser)");
        assert_eq!(found.folder, Path::new("/shop/api"));
        assert!(found.is_integration_test());
        assert_eq!(program(&message(false)), None);
        assert_eq!(program(&serde_json::json!({ "reason": "build-finished" })), None);
    }
}
