//! Trivy over Terraform, charts and manifests.

use serde_json::Value;

use super::{Finding, accepted::Scanner, judge};
use crate::check::verdict;
use crate::failure::{self, Outcome, While};
use crate::members::{self, list, text};
use crate::process;
use crate::tools::python::Environment;

const FOLDERS: [&str; 2] = ["charts", "tf"];

pub(in crate::check::platform) fn check() -> Outcome<String> {
    let environment = Environment::obtain("trivy")?;
    let (mut found, mut files) = (Vec::new(), 0);
    for folder in FOLDERS {
        let mut trivy = environment.program("trivy");
        trivy
            .args(["config", "--quiet", "--skip-check-update", "--format", "json", folder])
            .current_dir(members::root());
        let said = process::output(&mut trivy, "trivy")?;
        let said: Value = serde_json::from_str(&said).while_trying("read what trivy found")?;
        for result in list(&said, "Results") {
            files += 1;
            for finding in list(result, "Misconfigurations") {
                found.push(Finding {
                    rule: text(finding, "ID").to_owned(),
                    file: format!("{folder}/{}", text(result, "Target")),
                    what: format!("{} ({})", text(finding, "Title"), text(finding, "Severity")),
                });
            }
        }
    }
    if files == 0 {
        return failure::because("Trivy has read nothing: its messages above say why.");
    }
    verdict(&judge(Scanner::Trivy, found))?;
    Ok(format!("{files} files"))
}
