//! What can be judged of the Terraform code without AWS: Terraform's own opinion, its tests, and the rules of the house.

mod doors;
mod layers;
mod policies;
mod shape;
mod states;
mod wildcards;

use super::verdict;
use crate::failure::{self, Outcome};
use crate::infrastructure::folders::{self, Folder};
use crate::infrastructure::{self, document};
use crate::members;

/// What fails is shown from here on: the runs before it passed.
const FIRST_FAILURE: &str = "... fail";

pub(super) fn formatting() -> Outcome<String> {
    // Needs no provider, and no registry.
    let mut format = std::process::Command::new("terraform");
    format.args(["fmt", "-check", "-recursive", "-diff", "tf"]).current_dir(members::root());
    let (fine, text) = crate::process::quietly(&mut format, "Checking the format of Terraform files")?;
    if fine {
        return Ok(String::new());
    }
    failure::because(format!("{text}Files are not formatted: run `terraform fmt -recursive tf`."))
}

pub(super) fn validate() -> Outcome<String> {
    let folders = folders::all()?;
    let terraform = infrastructure::terraform(&folders)?;
    let mut findings = Vec::new();
    for folder in &folders {
        terraform.init(&folder.path)?;
        let answer = terraform.ask(&folder.path, &["validate", "-no-color"])?;
        if !answer.fine {
            findings.push(format!("{}:\n{}", folder.name, answer.text.trim()));
        }
    }
    verdict(&findings)?;
    Ok(format!("{} folders", folders.len()))
}

pub(super) fn test() -> Outcome<String> {
    let folders = folders::all()?;
    let tested: Vec<&Folder> = folders.iter().filter(|folder| !folder.tests.is_empty()).collect();
    let terraform = infrastructure::terraform(&folders)?;
    let (mut findings, mut passed) = (Vec::new(), 0);
    for folder in &tested {
        terraform.init(&folder.path)?;
        let answer = terraform.ask(&folder.path, &["test", "-no-color"])?;
        passed += answer
            .text
            .lines()
            .filter(|line| line.trim().starts_with("run ") && line.ends_with("... pass"))
            .count();
        if !answer.fine {
            let from =
                answer.text.find(FIRST_FAILURE).and_then(|at| answer.text[..at].rfind('\n')).unwrap_or(0);
            findings.push(format!("{}:{}", folder.name, answer.text[from..].trim_end()));
        }
    }
    verdict(&findings)?;
    Ok(format!("{passed} runs in {} folders", tested.len()))
}

pub(super) fn rules() -> Outcome<String> {
    let folders = folders::all()?;
    let mut findings = wildcards::findings(&folders);
    findings.extend(doors::findings(&folders));
    findings.extend(layers::findings(&folders));
    findings.extend(policies::findings(&folders));
    findings.extend(states::findings(&folders));
    findings.extend(shape::findings(&folders));
    verdict(&findings)?;
    let reasons = wildcards::reasons(&folders);
    Ok(format!("{} asserts, {reasons} wildcards with their reasons", shape::asserts(&folders)))
}

pub(super) fn inventory() -> Outcome<String> {
    document::check(&folders::all()?)?;
    Ok(String::new())
}
