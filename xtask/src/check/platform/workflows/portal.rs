//! The operations portal: each operation has a workflow, a script and a row of the documentation, and the three agree.

use serde_json::Value;

use super::document::Document;
use crate::members::{list, text};

pub(super) const OPERATIONS: [&str; 14] = [
    "argocd-sync",
    "clear-cache",
    "cloudfront-invalidate",
    "database-test",
    "deployment-info",
    "export-logs",
    "performance-snapshot",
    "pod-health",
    "pod-logs",
    "pod-restart",
    "recent-errors",
    "redis-status",
    "scale-replicas",
    "service-health",
];

/// A sentence for each thing that is missing, or said in two ways.
pub(super) fn findings(
    workflows: &[Document],
    page: &str,
    script: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut findings = Vec::new();
    for operation in OPERATIONS {
        let name = format!(".github/workflows/ops-{operation}.yml");
        match (workflows.iter().find(|document| document.name == name), script(operation)) {
            (Some(document), Some(script)) => one(operation, document, &script, page, &mut findings),
            (None, _) => findings.push(format!("{name} is missing.")),
            (_, None) => findings.push(format!("charts/ops/{operation}.sh is missing.")),
        }
    }
    for document in workflows.iter().filter(|document| document.name.contains("/ops-")) {
        if !OPERATIONS.iter().any(|operation| document.name.ends_with(&format!("/ops-{operation}.yml"))) {
            findings.push(format!("{} is no operation of the portal.", document.name));
        }
    }
    for variable in workflows.iter().flat_map(|document| variables(&document.text)) {
        let sentence = format!("docs/delivery.md does not say what the variable `{variable}` is.");
        if !page.contains(&format!("| `{variable}` |")) && !findings.contains(&sentence) {
            findings.push(sentence);
        }
    }
    findings
}

fn one(operation: &str, document: &Document, script: &str, page: &str, findings: &mut Vec<String>) {
    let name = &document.name;
    let call = format!("charts/ops/{operation}.sh");
    for (job, what) in document.jobs() {
        if text(what, "environment") != "production" {
            findings.push(format!("{name}: the job `{job}` must be in the environment `production`."));
        }
    }
    if !document.steps().iter().any(|step| text(step, "run").split(' ').next() == Some(&call)) {
        findings.push(format!("{name} does not call {call}."));
    }
    if !page.contains(&format!("| `ops-{operation}.yml` |")) {
        findings.push(format!("docs/delivery.md has no row for `ops-{operation}.yml`."));
    }
    for (input, what) in document.inputs() {
        let offered = words(what);
        let known = choices(script, input);
        if !known.is_empty() && offered != known {
            findings.push(format!("{name} offers {offered:?} for `{input}`, and {call} knows {known:?}."));
        }
        if !script.contains(&format!("--{input} ")) {
            findings.push(format!("{call} has no option `--{input}`, which {name} asks for."));
        }
    }
}

fn words(input: &Value) -> Vec<String> {
    list(input, "options").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What a script lets an option be: `one_of lines "$lines" 50 100`.
fn choices(script: &str, option: &str) -> Vec<String> {
    let beginning = format!("one_of {option} \"${option}\" ");
    let rest = script.lines().find_map(|line| line.strip_prefix(&beginning));
    rest.map(|rest| rest.split(' ').map(str::to_owned).collect()).unwrap_or_default()
}

/// What a workflow reads of its repository or environment: `${{ vars.NAME }}` and `${{ secrets.NAME }}`.
fn variables(text: &str) -> Vec<String> {
    let names = ["${{ vars.", "${{ secrets."].into_iter().flat_map(|kind| text.split(kind).skip(1));
    names.filter_map(|rest| rest.split(' ').next()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "# Usage: x [--lines 50|100]\none_of lines \"$lines\" 50 100\n";

    fn broken(from: &str, to: &str) -> Vec<String> {
        let documents: Vec<Document> = OPERATIONS
            .iter()
            .map(|operation| {
                let text = format!(
                    "on:\n  workflow_dispatch:\n    inputs:\n      lines:\n        options: ['50', '100']\njobs:\n  x:\n    \
                     environment: production\n    steps:\n      - run: charts/ops/{operation}.sh --lines \"$LINES\"\n        \
                     env:\n          A: ${{{{ vars.PUBLIC_URL }}}}\n"
                );
                Document::of(&format!(".github/workflows/ops-{operation}.yml"), &text.replace(from, to)).unwrap()
            })
            .collect();
        let rows = OPERATIONS.map(|operation| format!("| `ops-{operation}.yml` |"));
        let page = format!("| `PUBLIC_URL` |{}", rows.concat());
        findings(&documents, &page, |_| Some(SCRIPT.to_owned()))
    }

    #[test]
    fn what_agrees_has_no_findings() {
        assert_eq!(broken("jobs:", "jobs:"), Vec::<String>::new());
    }

    #[test]
    fn what_differs_is_named() {
        for (from, to, sentence) in [
            ("environment: production", "environment: demo", "must be in the environment `production`"),
            ("'100'", "'1000'", "offers [\"50\", \"1000\"] for `lines`"),
            ("charts/ops/", "charts/other/", "does not call charts/ops/"),
            ("      lines:", "      rows:", "has no option `--rows`"),
        ] {
            let findings = broken(from, to);
            assert!(findings.len() == OPERATIONS.len() && findings[0].contains(sentence), "{findings:?}");
        }
        for kind in ["vars", "secrets"] {
            assert_eq!(
                broken("vars.PUBLIC_URL", &format!("{kind}.KEY")),
                ["docs/delivery.md does not say what the variable `KEY` is."]
            );
        }
        let none = findings(&[], "", |_| None);
        assert_eq!(none[0], ".github/workflows/ops-argocd-sync.yml is missing.");
    }
}
