//! gitleaks over every commit there is, and over what is not committed yet.

use crate::check::verdict;
use crate::failure::{Outcome, While};
use crate::members::{self, list, text};
use crate::process;
use crate::scratch::Scratch;
use crate::tools::python::Environment;

const CONFIG: &str = "xtask/tools/gitleaks.toml";

pub(in crate::check::platform) fn check() -> Outcome<String> {
    let environment = Environment::obtain("gitleaks")?;
    let scratch = Scratch::new("gitleaks")?;
    let mut findings = Vec::new();
    for what in [&["git"][..], &["git", "--pre-commit"]] {
        let report = scratch.join("report.json");
        let mut gitleaks = environment.program("gitleaks");
        gitleaks
            .args(what)
            .args([
                "--no-banner",
                "--log-level",
                "error",
                "--exit-code",
                "0",
                "--redact",
                "--report-format",
                "json",
            ])
            .args(["--config".as_ref(), members::in_root(CONFIG).as_os_str()])
            .args(["--report-path".as_ref(), report.as_os_str()])
            .current_dir(members::root());
        process::run(&mut gitleaks, "gitleaks")?;
        let said = std::fs::read_to_string(&report).while_trying("read what gitleaks found")?;
        let said = serde_json::json!({ "leaks": serde_json::from_str::<serde_json::Value>(&said).while_trying("read what gitleaks found")? });
        for leak in list(&said, "leaks") {
            let commit = text(leak, "Commit");
            findings.push(format!(
                "{}:{}: what looks like a secret ({}), {}: change it wherever it is used, for it is known now.",
                text(leak, "File"),
                leak["StartLine"],
                text(leak, "RuleID"),
                if commit.is_empty() { "not committed yet".to_owned() } else { format!("in commit {commit}") },
            ));
        }
    }
    verdict(&findings)?;
    let mut git = std::process::Command::new("git");
    git.args(["rev-list", "--count", "HEAD"]).current_dir(members::root());
    Ok(format!("{} commits", process::output(&mut git, "git rev-list")?.trim()))
}
