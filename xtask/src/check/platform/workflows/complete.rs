//! What a developer's machine judges, GitHub judges too: each check is among those that a pull request has to pass.

use super::document::Document;
use crate::members::text;

/// What no workflow calls, and what it does instead.
const OTHERWISE: [(&str, &str); 1] = [(
    "image: built, and run as in production",
    "ci has Docker build the image, starts and weighs it: here it takes root and a Debian",
)];

const COMMAND: &str = "cargo xtask check";

/// A sentence for each check that nothing runs, and for each word that names none. `choose` answers which checks some words
/// choose.
pub(super) fn findings(
    workflows: &[Document],
    all: &[&str],
    choose: impl Fn(&[String]) -> Vec<&'static str>,
) -> Vec<String> {
    let mut findings = Vec::new();
    let mut run = Vec::new();
    for (document, words) in commands(workflows) {
        for word in &words {
            if choose(std::slice::from_ref(word)).is_empty() {
                findings.push(format!("{}: no check is called `{word}`.", document.name));
            }
        }
        run.extend(choose(&words));
    }
    let is_otherwise = |name: &&&str| OTHERWISE.iter().any(|(otherwise, _)| otherwise == *name);
    for missing in all.iter().filter(|name| !run.contains(*name)).filter(|name| !is_otherwise(name)) {
        findings.push(format!("No workflow that judges pull requests runs the check `{missing}`."));
    }
    findings
}

/// The words of each call in a workflow that pull requests start.
fn commands(workflows: &[Document]) -> Vec<(&Document, Vec<String>)> {
    let judging = workflows.iter().filter(|document| {
        document.value["on"].as_object().is_some_and(|starts| starts.contains_key("pull_request"))
    });
    let calls = judging.flat_map(|document| {
        let commands =
            document.steps().into_iter().filter_map(|step| text(step, "run").strip_prefix(COMMAND));
        commands.map(move |words| (document, words.split_whitespace().map(str::to_owned).collect()))
    });
    calls.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&str; 3] = ["code: lints", "charts: lint", OTHERWISE[0].0];

    fn found(start: &str, words: &str) -> Vec<String> {
        let text =
            format!("on:\n  {start}:\njobs:\n  x:\n    steps:\n      - run: cargo xtask check {words}\n");
        let document = Document::of("ci.yml", &text).unwrap();
        findings(&[document], &ALL, |words| {
            let holds = |name: &&str| words.iter().any(|word| name.contains(word.as_str()));
            ALL.into_iter().filter(holds).collect()
        })
    }

    #[test]
    fn each_check_is_run_or_done_otherwise() {
        assert_eq!(found("pull_request", "code charts"), [""; 0]);
        let missing = "No workflow that judges pull requests runs the check `charts: lint`.";
        assert_eq!(found("pull_request", "code"), [missing]);
        assert_eq!(found("workflow_dispatch", "code charts").len(), 2);
        assert_eq!(found("pull_request", "code charts chart-s"), ["ci.yml: no check is called `chart-s`."]);
    }
}
