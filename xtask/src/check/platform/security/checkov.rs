//! checkov over workflows and Terraform.

use std::fs;

use serde_json::Value;

use super::{Finding, accepted::Scanner, judge};
use crate::check::verdict;
use crate::failure::{self, Outcome, While};
use crate::members::{self, text};
use crate::process;
use crate::scratch::Scratch;
use crate::tools::python::Environment;

/// What it reads, and where.
const KINDS: [(&str, &str); 2] = [("github_actions", "."), ("terraform", "tf")];
const WORKFLOWS: &str = ".github/workflows";
/// A line it does not know yet, for which it would pass over a whole workflow without a word.
const UNKNOWN: &str = "queue: max";

pub(in crate::check::platform) fn check() -> Outcome<String> {
    let environment = Environment::obtain("checkov")?;
    let (readable, workflows) = workflows()?;
    let (mut found, mut unread, mut passed) = (Vec::new(), Vec::new(), 0);
    for (kind, folder) in KINDS {
        let mut checkov = environment.program("checkov");
        checkov
            .args(["--framework", kind, "--directory", folder, "--skip-path", "target", "--skip-path", "dist"])
            .args(["--skip-path", "/tests/", "--skip-download", "--soft-fail", "--compact", "--output", "json"])
            // It would ask the internet for its own newest version, and for nothing else.
            .env("BC_SKIP_MAPPING", "TRUE")
            .current_dir(if folder == "." { readable.path() } else { members::root() });
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
        let judged = |file: &String| {
            let of = |kind| members::list(&said["results"], kind).iter();
            of("passed_checks")
                .chain(of("failed_checks"))
                .any(|check| text(check, "file_path").ends_with(file))
        };
        if folder == "." {
            unread.extend(workflows.iter().filter(|file| !judged(file)).map(|file| {
                format!("{file}: checkov passes it over: see which line it does not know, and leave that out as UNKNOWN is.")
            }));
        }
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

/// The workflows as checkov can read them, and their names.
fn workflows() -> Outcome<(Scratch, Vec<String>)> {
    let scratch = Scratch::new("workflows")?;
    fs::create_dir_all(scratch.join(WORKFLOWS)).while_trying("copy the workflows")?;
    let mut names = Vec::new();
    for file in fs::read_dir(members::in_root(WORKFLOWS)).while_trying("list the workflows")?.flatten() {
        let name = format!("{WORKFLOWS}/{}", file.file_name().to_string_lossy());
        let source = fs::read_to_string(file.path()).while_trying(format!("read {name}"))?;
        let lines: Vec<&str> = source.lines().filter(|line| line.trim() != UNKNOWN).collect();
        fs::write(scratch.join(&name), lines.join("\n")).while_trying("copy the workflows")?;
        names.push(name);
    }
    Ok((scratch, names))
}
