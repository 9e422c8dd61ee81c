use std::fs;

use super::*;
use crate::scratch::Scratch;

const ALARMS: &str = "locals {\n  simple_alarms = {\n    api-down = {\n      what = \"x\"\n    }\n  }\n  other = {\n    no = {\n    }\n  }\n}\n\
                      resource {\n  alarm_description = \"Again. ${local.runbook}pod-restarts\"\n  \
                      more = \"${local.runbook}${each.key}\"\n}\n";
const SCRIPT: &str = "# Usage: charts/ops/pod-logs.sh [--lines 50|100]\n";
const CLI: &str =
    "#[derive(Debug, Subcommand)]\nenum Command {\n    /// Start.\n    Serve,\n    Admin(admin::Admin),\n}\n";
const ADMIN: &str =
    "#[derive(Subcommand)]\nenum Admin {\n    Create(Create),\n    ResetPassword(Named),\n}\n";
const GOOD: &str = "# Operations\n### alarm-api-down\n### alarm-pod-restarts\nor `BottegaAway`\n### ops-pod-logs\n\
                    *Operations: pod logs*, `charts/ops/pod-logs.sh --lines 50`\n\
                    ```sh\ncharts/ops/pod-logs.sh \\\n    --lines 100   # many\n\
                    kubectl --namespace bottega exec deployment/bottega -- /usr/local/bin/bottega admin reset-password --email a@example.com\n\
                    KEY=1 bottega serve\ncargo xtask check platform\n```\n";

/// A repository of which everything is said on both pages.
fn repository() -> Scratch {
    let root = Scratch::new("runbooks").unwrap();
    let files = [
        ("tf/modules/observability/main.tf", ALARMS),
        ("charts/bottega/files/alerts.yaml", "      - alert: BottegaAway\n"),
        (".github/workflows/ops-pod-logs.yml", "# Why\nname: 'Operations: pod logs'\n"),
        (".github/workflows/ci.yml", "name: ci\n"),
        ("charts/ops/pod-logs.sh", SCRIPT),
        ("api/src/cli/mod.rs", CLI),
        ("api/src/cli/admin.rs", ADMIN),
        ("xtask/src/main.rs", "        \"check\" => check::run(options),\n"),
        (PAGES[0], GOOD),
        (PAGES[1], GOOD),
    ];
    for (path, content) in files {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), content).unwrap();
    }
    root
}

/// What is found when this stands on the English page instead of that.
fn found(that: &str, this: &str) -> Vec<String> {
    let root = repository();
    assert!(GOOD.contains(that), "{that}");
    fs::write(root.join(PAGES[0]), GOOD.replace(that, this)).unwrap();
    judge(root.path()).unwrap().0
}

#[test]
fn pages_that_say_everything_are_right() {
    let (findings, fact) = judge(repository().path()).unwrap();
    assert_eq!(findings, [""; 0]);
    assert_eq!(fact, "2 alarms, 1 operations, 4 commands");
}

#[test]
fn what_has_no_section_is_named() {
    for name in ["alarm-api-down", "alarm-pod-restarts", "ops-pod-logs"] {
        let findings = found(&format!("### {name}\n"), "");
        assert_eq!(findings, [format!("docs/operations.md: the heading `### {name}` is missing.")]);
    }
    for name in ["BottegaAway", "Operations: pod logs"] {
        assert_eq!(found(name, ""), [format!("docs/operations.md: nothing is said of `{name}`.")]);
    }
}

#[test]
fn sections_about_nothing_are_named() {
    let findings = found("# Operations\n", "# Operations\n### alarm-of-yesterday\n");
    let sentence =
        "docs/operations.md: `### alarm-of-yesterday` is about something that is not there any more.";
    assert_eq!(findings, [sentence]);
}

#[test]
fn commands_that_cannot_be_typed_are_named() {
    let first = |that: &str, this: &str| found(that, this).remove(0);
    assert_eq!(
        first("`charts/ops/pod-logs.sh", "`charts/ops/logs.sh"),
        "docs/operations.md:6: `charts/ops/logs.sh` does not exist."
    );
    assert_eq!(
        first("--lines 100", "--all 100"),
        "docs/operations.md:8: `charts/ops/pod-logs.sh` knows no option `--all`."
    );
    assert_eq!(
        first("bottega serve", "bottega start"),
        "docs/operations.md:11: `bottega start` is no command."
    );
    assert_eq!(
        first("admin reset-password", "admin reset"),
        "docs/operations.md:10: `bottega admin reset --email a@example.com` is no command."
    );
    assert_eq!(
        first("xtask check", "xtask judge"),
        "docs/operations.md:12: `cargo xtask judge` is no command."
    );
}

#[test]
fn the_pages_have_people_type_the_same() {
    assert_eq!(
        found("KEY=1", "KEY=2"),
        [
            "docs/operations.md:11 says `KEY=2 bottega serve`, where docs/operations.it.md:11 says `KEY=1 bottega serve`."
        ]
    );
    assert_eq!(found("# many", "# viele"), [""; 0]);
}

#[test]
fn nothing_to_look_at_is_no_success() {
    let root = repository();
    fs::write(root.join("tf/modules/observability/main.tf"), "").unwrap();
    let findings = judge(root.path()).unwrap().0;
    assert!(findings[0].starts_with("Nothing called alarm-… is declared"), "{findings:?}");
}
