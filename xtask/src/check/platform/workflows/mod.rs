//! The workflows of GitHub: that GitHub would take them, and that they keep the rules of this house.

mod actionlint;
mod complete;
mod document;
mod portal;
mod rules;

use std::path::Path;

use super::verdict;
use crate::check::{GROUPS, choose};
use crate::failure::Outcome;
use crate::members;
use crate::process;
use crate::tools::python::Environment;

pub(super) use actionlint::check as lint;

/// Where delivery is described: its workflows, what they need, and which actions they use.
const PAGE: &str = "docs/delivery.md";

/// Against the schemas that GitHub publishes.
pub(super) fn schema() -> Outcome<String> {
    let environment = Environment::obtain("check-jsonschema")?;
    let mut count = 0;
    for (schema, documents) in
        [("vendor.github-workflows", document::workflows()?), ("vendor.github-actions", document::actions()?)]
    {
        let mut command = environment.program("check-jsonschema");
        command.args(["--builtin-schema", schema]).args(documents.iter().map(|document| &document.name));
        process::run(command.current_dir(members::root()), "check-jsonschema")?;
        count += documents.len();
    }
    Ok(format!("{count} files"))
}

pub(super) fn rules() -> Outcome<String> {
    let page = document::read(PAGE)?;
    let documents = [document::workflows()?, document::actions()?].concat();
    let is_program = |path: &str| Path::new(&members::in_root(path)).is_file();
    let findings: Vec<String> =
        documents.iter().flat_map(|document| rules::findings(document, &page, is_program)).collect();
    verdict(&findings)?;
    let steps: usize = documents.iter().map(|document| document.steps().len()).sum();
    Ok(format!("{} files, {steps} steps", documents.len()))
}

pub(super) fn complete() -> Outcome<String> {
    let all: Vec<&str> = GROUPS.iter().flat_map(|(_, checks)| *checks).map(|check| check.name).collect();
    let chosen = |words: &[String]| {
        choose(words).map(|checks| checks.iter().map(|check| check.name).collect()).unwrap_or_default()
    };
    verdict(&complete::findings(&document::workflows()?, &all, chosen))?;
    Ok(format!("{} checks", all.len()))
}

pub(super) fn portal() -> Outcome<String> {
    let page = document::read(PAGE)?;
    let documents = document::workflows()?;
    let script = |operation: &str| document::read(&format!("charts/ops/{operation}.sh")).ok();
    verdict(&portal::findings(&documents, &page, script))?;
    Ok(format!("{} operations", portal::OPERATIONS.len()))
}
