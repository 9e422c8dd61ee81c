//! checkov over workflows and Terraform.

use serde_json::Value;

use super::{Finding, accepted::Scanner, judge};
use crate::check::verdict;
use crate::failure::{self, Outcome, While};
use crate::members::{self, text};
use crate::process;
use crate::tools::python::Environment;

/// What it reads, and where.
const KINDS: [(&str, &str); 2] = [("github_actions", "."), ("terraform", "tf")];

pub(in crate::check::platform) fn check() -> Outcome<String> {
    let environment = Environment::obtain("checkov")?;
    let (mut found, mut unread, mut passed) = (Vec::new(), Vec::new(), 0);
    for (kind, folder) in KINDS {
        let mut checkov = environment.program("checkov");
        checkov
            .args(["--framework", kind, "--directory", folder, "--skip-path", "target", "--skip-path", "dist"])
            .args(["--skip-path", "/tests/", "--skip-download", "--soft-fail", "--compact", "--output", "json"])
            // It would ask the internet for its own newest version, and for nothing else.
            .env("BC_SKIP_MAPPING", "TRUE")
            .current_dir(members::root());
        let said = process::output(&mut checkov, "checkov")?;
        let said: Value = serde_json::from_str(&said).while_trying("read what checkov found")?;
        let count = said["summary"]["passed"].as_u64().unwrap_or(0);
        if count == 0 {
            return failure::because(format!(
                "checkov has judged nothing of {kind}: its messages above say why."
            ));
        }
        if said["summary"]["skipped"].as_u64() != Some(0) {
            return failure::because(format!(
                "A comment in {kind} has checkov skip something: accept it in accepted.rs, with its reason."
            ));
        }
        unread.extend(members::list(&said["results"], "parsing_errors").iter().map(|file| {
            let file = file.as_str().unwrap_or_default();
            let file = file.strip_prefix(&*members::root().to_string_lossy()).unwrap_or(file);
            format!("{}: checkov cannot read it, and passes it over: write it so that it can (a heredoc ends with EOT).", file.trim_start_matches('/'))
        }));
        passed += count;
        for finding in members::list(&said["results"], "failed_checks") {
            let file = text(finding, "file_path").trim_start_matches('/');
            let file = if folder == "." { file.to_owned() } else { format!("{folder}/{file}") };
            found.push(Finding {
                rule: text(finding, "check_id").to_owned(),
                file,
                what: format!("{} ({})", text(finding, "check_name").trim(), text(finding, "resource")),
            });
        }
    }
    verdict(&unread)?;
    verdict(&judge(Scanner::Checkov, found))?;
    Ok(format!("{passed} judgements"))
}
