//! The rules of this house for workflows: what runs in them is pinned, has no more rights than it needs and no more time, and
//! nothing that somebody typed becomes a command.

use serde_json::Value;

use super::document::Document;
use crate::members::text;

/// Rights a job may have, and in which workflow if not in each.
const RIGHTS: [(&str, &str, Option<&str>); 4] = [
    ("contents", "read", None),
    ("id-token", "write", None),
    // It asks whether the commit was found right, and says in Git what is deployed.
    ("actions", "read", Some("cd-app.yml")),
    ("contents", "write", Some("cd-app.yml")),
];
/// What is typed, not chosen: a script refuses anything but a commit.
const TYPED: [(&str, &str); 1] = [("cd-app.yml", "commit")];
/// What begins a command, beside the scripts of this repository.
const COMMANDS: [&str; 1] = ["cargo xtask "];
/// In minutes.
const LONGEST: u64 = 120;
/// What runs a job; and one that reaches the cluster, which lets in only addresses it knows.
const RUNNER: &str = "ubuntu-24.04";
const CLUSTER_RUNNER: &str = "${{ vars.CLUSTER_RUNNER || 'ubuntu-24.04' }}";

/// A sentence for each rule that is broken.
pub(super) fn findings(document: &Document, page: &str, is_program: impl Fn(&str) -> bool) -> Vec<String> {
    let mut findings = Vec::new();
    if document.is_workflow() {
        whole(document, &mut findings);
        for (name, job) in document.jobs() {
            rights(document, name, job, &mut findings);
            time(name, job, &mut findings);
            runner(name, job, &mut findings);
        }
    }
    for step in document.steps() {
        if let Some(action) = step["uses"].as_str() {
            pin(document, action, page, &mut findings);
            token(document, action, step, &mut findings);
        }
        if let Some(command) = step["run"].as_str() {
            run(command, &is_program, &mut findings);
        }
    }
    findings.into_iter().map(|finding| format!("{}: {finding}", document.name)).collect()
}

fn file(document: &Document) -> &str {
    document.name.rsplit('/').next().unwrap_or_default()
}

fn whole(document: &Document, findings: &mut Vec<String>) {
    if document.value["permissions"].as_object().is_none_or(|rights| !rights.is_empty()) {
        findings
            .push("the workflow must begin without rights (`permissions: {}`): jobs ask for theirs.".into());
    }
    if document.value["concurrency"]["group"].as_str().is_none() {
        findings.push("the workflow needs `concurrency` with a group, so that two runs do not meet.".into());
    }
    let concurrency = &document.value["concurrency"];
    if concurrency["group"] == "production" && concurrency["queue"] != "max" {
        findings
            .push("runs on production need `queue: max`: by default a third one cancels the second.".into());
    }
    for word in ["pull_request_target", "aws-access-key-id", "AWS_SECRET_ACCESS_KEY", "secrets: inherit"] {
        if document.text.contains(word) {
            findings.push(format!("`{word}` has no place here: strangers' code and lasting keys stay out."));
        }
    }
    for (name, input) in document.inputs() {
        if text(input, "type") != "choice" && !TYPED.contains(&(file(document), name)) {
            findings.push(format!("the input `{name}` must be a choice."));
        }
    }
}

fn rights(document: &Document, name: &str, job: &Value, findings: &mut Vec<String>) {
    let Some(asked) = job["permissions"].as_object() else {
        findings.push(format!("the job `{name}` does not say which `permissions` it needs."));
        return;
    };
    for (what, right) in asked {
        let right = right.as_str().unwrap_or_default();
        let is_allowed = RIGHTS.iter().any(|(known, allowed, only)| {
            (what.as_str(), right) == (*known, *allowed) && only.is_none_or(|only| only == file(document))
        });
        if !is_allowed {
            findings.push(format!("the job `{name}` asks for `{what}: {right}`, which nothing here needs."));
        }
    }
    let enters_cloud = list_text(job).contains("./.github/actions/cluster")
        || list_text(job).contains("configure-aws-credentials");
    if enters_cloud != asked.contains_key("id-token") {
        findings.push(format!("the job `{name}` needs `id-token: write` if it enters AWS, and only then."));
    }
}

fn list_text(job: &Value) -> String {
    job["steps"].to_string()
}

fn time(name: &str, job: &Value, findings: &mut Vec<String>) {
    if job["timeout-minutes"].as_u64().is_none_or(|minutes| minutes == 0 || minutes > LONGEST) {
        findings.push(format!("the job `{name}` needs `timeout-minutes` of {LONGEST} at most."));
    }
}

fn runner(name: &str, job: &Value, findings: &mut Vec<String>) {
    let enters_cluster = list_text(job).contains("./.github/actions/cluster");
    let wanted = if enters_cluster { CLUSTER_RUNNER } else { RUNNER };
    if text(job, "runs-on") != wanted {
        findings.push(format!("the job `{name}` must run on `{wanted}`."));
    }
}

/// By its commit, which nobody can move; and the page says of which version that is.
fn pin(document: &Document, action: &str, page: &str, findings: &mut Vec<String>) {
    if action.starts_with("./") {
        return;
    }
    let (name, commit) = action.split_once('@').unwrap_or((action, ""));
    if commit.len() != 40 || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        findings.push(format!("`{action}` is not pinned to a commit of 40 digits."));
        return;
    }
    let version = document
        .text
        .lines()
        .find_map(|line| line.split_once(&format!("{action} # ")))
        .map(|(_, rest)| rest.trim());
    match version {
        Some(version) if page.contains(&format!("| `{name}` | {version} | `{commit}` |")) => {}
        Some(version) => {
            findings.push(format!(
                "docs/delivery.md does not list `{name}` {version} with the commit `{commit}`."
            ));
        }
        None => findings.push(format!("`{action}` does not say its version in a comment.")),
    }
}

/// Only who pushes keeps the token that a checkout leaves behind.
fn token(document: &Document, action: &str, step: &Value, findings: &mut Vec<String>) {
    let pushes = file(document) == "cd-app.yml";
    let is_dropped = step["with"]["persist-credentials"] == Value::Bool(false);
    if action.starts_with("actions/checkout@") && !is_dropped && !pushes {
        findings.push("a checkout must not leave its token behind: `persist-credentials: false`.".into());
    }
}

/// A call of a script or of xtask, on one line, without anything that GitHub would paste into it.
fn run(command: &str, is_program: impl Fn(&str) -> bool, findings: &mut Vec<String>) {
    if command.contains("${{") {
        findings.push(format!("`{command}` has something pasted into it: hand it over by `env`."));
    }
    let program = command.split(' ').next().unwrap_or_default();
    let is_known = COMMANDS.iter().any(|known| command.starts_with(known))
        || ((program.starts_with(".github/scripts/") || program.starts_with("charts/ops/"))
            && is_program(program));
    if command.trim_end().lines().count() != 1 || command.contains(['|', ';', '&', '`']) || !is_known {
        findings.push(format!(
            "`{}` is no call of a script or of xtask: logic is for what can be tested.",
            command.trim_end()
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA: &str = "3d3c42e5aac5ba805825da76410c181273ba90b1";

    fn workflow() -> String {
        format!(
            "name: x\non:\n  workflow_dispatch:\n    inputs:\n      lines:\n        type: choice\n        options: ['1']\n\
             permissions: {{}}\nconcurrency:\n  group: x\njobs:\n  x:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    \
             permissions:\n      contents: read\n    steps:\n      - uses: actions/checkout@{SHA} # v7.0.1\n        with:\n          \
             persist-credentials: false\n      - run: charts/ops/pod-logs.sh --lines \"$LINES\"\n"
        )
    }

    fn broken(from: &str, to: &str) -> Vec<String> {
        let text = workflow();
        assert!(text.contains(from), "{from}");
        let page = format!("| `actions/checkout` | v7.0.1 | `{SHA}` |");
        let document = Document::of(".github/workflows/x.yml", &text.replacen(from, to, 1)).unwrap();
        findings(&document, &page, |path| path == "charts/ops/pod-logs.sh")
    }

    #[test]
    fn a_workflow_that_keeps_the_rules_has_no_findings() {
        assert_eq!(broken("name: x", "name: x"), Vec::<String>::new());
    }

    #[test]
    fn each_rule_can_be_broken() {
        for (from, to, sentence) in [
            (SHA, "v7.0.1", "`actions/checkout@v7.0.1` is not pinned to a commit of 40 digits."),
            (" # v7.0.1", "", "does not say its version in a comment."),
            (" # v7.0.1", " # v7.0.0", "docs/delivery.md does not list `actions/checkout` v7.0.0"),
            ("    timeout-minutes: 5\n", "", "the job `x` needs `timeout-minutes`"),
            ("timeout-minutes: 5", "timeout-minutes: 600", "the job `x` needs `timeout-minutes`"),
            ("ubuntu-24.04", "ubuntu-latest", "the job `x` must run on `ubuntu-24.04`"),
            ("  group: x\n", "  group: production\n", "runs on production need `queue: max`"),
            ("permissions: {}\n", "", "the workflow must begin without rights"),
            ("    permissions:\n      contents: read\n", "", "the job `x` does not say which `permissions`"),
            ("contents: read", "contents: write", "asks for `contents: write`"),
            ("contents: read", "packages: write", "asks for `packages: write`"),
            ("contents: read", "id-token: write", "needs `id-token: write` if it enters AWS, and only then"),
            ("concurrency:\n  group: x\n", "", "needs `concurrency` with a group"),
            ("type: choice", "type: string", "the input `lines` must be a choice"),
            ("persist-credentials: false", "fetch-depth: 0", "must not leave its token behind"),
            ("\"$LINES\"", "${{ inputs.lines }}", "has something pasted into it"),
            ("pod-logs.sh", "nothing.sh", "is no call of a script or of xtask"),
            (
                "charts/ops/pod-logs.sh --lines \"$LINES\"",
                "kubectl get pods",
                "is no call of a script or of xtask",
            ),
            ("\"$LINES\"", "1; id", "is no call of a script or of xtask"),
            (
                "  workflow_dispatch:\n",
                "  pull_request_target:\n  workflow_dispatch:\n",
                "`pull_request_target` has no place",
            ),
        ] {
            let findings = broken(from, to);
            assert!(findings.len() == 1 && findings[0].contains(sentence), "{from} → {to}: {findings:?}");
        }
    }
}
