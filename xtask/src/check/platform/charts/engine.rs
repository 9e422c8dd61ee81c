//! Helm: the program where there is one, else its engine from the Python package index.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::program;
use super::release::Plan;
use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process;
use crate::scratch::Scratch;
use crate::tools::python::Environment;

/// The version the cluster has; charts are rendered for it.
pub(super) const KUBERNETES: &str = "1.35";

#[derive(Debug, Serialize)]
struct Job<'a> {
    r#do: &'static str,
    chart: &'a Path,
    values: &'a [String],
    name: &'a str,
    namespace: &'a str,
}

/// What became of a rendering: the manifests, or why there are none.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rendered {
    Ok(String),
    Error(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Linted {
    Ok(Vec<String>),
    Error(String),
}

/// What Helm objects to, for each plan.
pub(super) fn lint(plans: &[Plan]) -> Outcome<Vec<Vec<String>>> {
    if let Some(helm) = process::on_path("helm") {
        return plans.iter().map(|plan| program_lints(&helm, plan)).collect();
    }
    let answers: Vec<Linted> = ask("lint", plans)?;
    let findings = |answer| match answer {
        Linted::Ok(findings) => findings,
        Linted::Error(error) => vec![error],
    };
    Ok(answers.into_iter().map(findings).collect())
}

/// What Helm makes of each plan.
pub(super) fn render(plans: &[Plan]) -> Outcome<Vec<Rendered>> {
    if let Some(helm) = process::on_path("helm") {
        return plans.iter().map(|plan| program_renders(&helm, plan)).collect();
    }
    ask("render", plans)
}

fn ask<T: for<'de> Deserialize<'de>>(what: &'static str, plans: &[Plan]) -> Outcome<Vec<T>> {
    let jobs: Vec<Job> = plans
        .iter()
        .map(|plan| Job {
            r#do: what,
            chart: &plan.home,
            values: &plan.values,
            name: &plan.chart,
            namespace: &plan.namespace,
        })
        .collect();
    let mut python = Environment::obtain("charts")?.python();
    program::ask(python.arg(members::in_root("xtask/tools/charts/helm.py")), "Helm's engine", &jobs)
}

fn program_lints(helm: &Path, plan: &Plan) -> Outcome<Vec<String>> {
    let output = run(helm, plan, &["lint", "--strict", "--quiet"], |command| {
        command.arg(&plan.home).args(["--kube-version", &format!("{KUBERNETES}.0")]);
    })?;
    Ok(match output {
        Rendered::Ok(_) => Vec::new(),
        Rendered::Error(error) => vec![error],
    })
}

fn program_renders(helm: &Path, plan: &Plan) -> Outcome<Rendered> {
    run(helm, plan, &["template"], |command| {
        command.arg(&plan.chart).arg(&plan.home);
        command.args(["--kube-version", &format!("{KUBERNETES}.0")]);
    })
}

fn run(helm: &Path, plan: &Plan, words: &[&str], what: impl FnOnce(&mut Command)) -> Outcome<Rendered> {
    let scratch = Scratch::new("values")?;
    let mut command = Command::new(helm);
    command.args(words).args(["--namespace", &plan.namespace]);
    what(&mut command);
    for (place, values) in plan.values.iter().enumerate() {
        let file = scratch.join(&format!("{place}.yaml"));
        fs::write(&file, values).while_trying("write down values")?;
        command.arg("--values").arg(file);
    }
    let output = command.output().while_trying("start helm")?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(Rendered::Ok(text(&output.stdout)));
    }
    Ok(Rendered::Error(text(&output.stdout) + &text(&output.stderr)))
}

/// The manifests, or a failure that names the plan.
pub(super) fn manifests(plan: &Plan, rendered: Rendered) -> Outcome<String> {
    match rendered {
        Rendered::Ok(manifests) => Ok(manifests),
        Rendered::Error(error) => failure::because(format!("{plan} is not rendered: {error}")),
    }
}
