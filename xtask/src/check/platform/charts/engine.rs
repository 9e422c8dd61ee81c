//! Helm, and what it makes of the charts.

use std::fs;
use std::process::Command;

use super::release::Plan;
use crate::failure::{self, Outcome, While};
use crate::scratch::Scratch;
use crate::tools::helm;

/// The version the cluster has; charts are rendered for it.
pub(super) const KUBERNETES: &str = "1.35";

/// What became of a rendering: the manifests, or why there are none.
#[derive(Debug)]
pub(super) enum Rendered {
    Ok(String),
    Error(String),
}

/// What Helm objects to, for each plan.
pub(super) fn lint(plans: &[Plan]) -> Outcome<Vec<Option<String>>> {
    let answers = ask(plans, |helm, plan| {
        helm.args(["lint", "--strict", "--quiet"]).arg(&plan.home);
    })?;
    let finding = |answer| match answer {
        Rendered::Ok(_) => None,
        Rendered::Error(error) => Some(error),
    };
    Ok(answers.into_iter().map(finding).collect())
}

/// What Helm makes of each plan.
pub(super) fn render(plans: &[Plan]) -> Outcome<Vec<Rendered>> {
    ask(plans, |helm, plan| {
        helm.args(["template", &plan.chart]).arg(&plan.home);
    })
}

fn ask(plans: &[Plan], what: impl Fn(&mut Command, &Plan)) -> Outcome<Vec<Rendered>> {
    let (program, folder) = (helm::obtain()?, Scratch::new("values")?);
    let ask_one = |plan| {
        let mut helm = Command::new(&program);
        what(&mut helm, plan);
        helm.args(["--kube-version", &format!("{KUBERNETES}.0"), "--namespace", &plan.namespace]);
        for (place, values) in plan.values.iter().enumerate() {
            let file = folder.join(&format!("{place}.yaml"));
            fs::write(&file, values).while_trying("write down values")?;
            helm.arg("--values").arg(file);
        }
        let output = helm.output().while_trying("start helm")?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(if output.status.success() {
            Rendered::Ok(text(&output.stdout))
        } else {
            Rendered::Error(text(&output.stdout) + &text(&output.stderr))
        })
    };
    plans.iter().map(ask_one).collect()
}

/// The manifests, or a failure that names the plan.
pub(super) fn manifests(plan: &Plan, rendered: Rendered) -> Outcome<String> {
    match rendered {
        Rendered::Ok(manifests) => Ok(manifests),
        Rendered::Error(error) => failure::because(format!("{plan} is not rendered: {error}")),
    }
}
