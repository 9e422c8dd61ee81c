//! Every object has the form that Kubernetes, or the operator it is for, wants; and every kind is known to somebody.

use std::collections::BTreeSet;
use std::process::Command;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{engine, program, release, verdict};
use crate::failure::Outcome;
use crate::members;
use crate::tools::npm;
use crate::tools::python::Environment;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Item {
    r#where: String,
    object: Value,
}

#[derive(Debug, Deserialize)]
struct Answer {
    wrong: Vec<String>,
    /// What the next one is to be asked about.
    unknown: Vec<Item>,
}

pub(in super::super) fn check() -> Outcome<String> {
    let items = items()?;
    let (objects, kinds) = (items.len(), kinds(&items));
    let kubernetes = kubernetes(&items)?;
    let operators = operators(&kubernetes.unknown)?;
    let strangers = operators
        .unknown
        .iter()
        .map(|item| format!("{}: nothing here knows the schema of this kind: add it.", item.r#where));
    let findings: Vec<String> =
        kubernetes.wrong.into_iter().chain(operators.wrong).chain(strangers).collect();
    verdict(&findings)?;
    Ok(format!("{objects} objects of {kinds} kinds, Kubernetes {}", engine::KUBERNETES))
}

fn items() -> Outcome<Vec<Item>> {
    let of_release = |release: &release::Release| {
        release
            .objects
            .iter()
            .map(|object| Item {
                r#where: format!("{}: {object}", release.plan),
                object: object.value.clone(),
            })
            .collect::<Vec<_>>()
    };
    Ok(release::all()?.iter().flat_map(of_release).collect())
}

fn kinds(items: &[Item]) -> usize {
    items.iter().map(|item| item.object["kind"].to_string()).collect::<BTreeSet<_>>().len()
}

fn kubernetes(items: &[Item]) -> Outcome<Answer> {
    let mut python = Environment::obtain("charts")?.python();
    python
        .arg(members::in_root("xtask/tools/charts/schemas.py"))
        .arg(engine::KUBERNETES)
        .arg(members::in_root("xtask/tools/charts/schemas"));
    program::ask(&mut python, "kubernetes-validate", &items)
}

fn operators(items: &[Item]) -> Outcome<Answer> {
    let home = npm::obtain("kubernetes-models")?;
    let mut node = Command::new("node");
    node.arg(members::in_root("xtask/tools/kubernetes-models/validate.mjs")).arg(home);
    program::ask(&mut node, "kubernetes-models", &items)
}
