//! The alerts are understood by Prometheus, fire when they should, stay silent when they should, and ask for metrics that
//! there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::object;
use super::{release, source, verdict};
use crate::debian;
use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process;
use crate::scratch::Scratch;

const TESTS: &str = "charts/bottega/tests/alerts.test.yaml";
/// What Prometheus itself, or the library that counts, brings.
const COMMON: [&str; 2] = ["up", "process_start_time_seconds"];
/// What Prometheus makes of one histogram.
const PARTS: [&str; 3] = ["_bucket", "_count", "_sum"];

pub(in super::super) fn check() -> Outcome<String> {
    let release = release::one("bottega", "values-everything.yaml")?;
    let Some(rules) = release.find("PrometheusRule", "bottega") else {
        return failure::because("charts/bottega renders no PrometheusRule with everything switched on.");
    };
    let scratch = Scratch::new("alerts")?;
    // JSON is YAML.
    fs::write(scratch.join("alerts.yaml"), rules.value["spec"].to_string())
        .while_trying("write the alerts down")?;
    fs::copy(members::in_root(TESTS), scratch.join("alerts.test.yaml"))
        .while_trying(format!("copy {TESTS}"))?;
    promtool(scratch.path(), &["check", "rules", "alerts.yaml"])?;
    promtool(scratch.path(), &["test", "rules", "alerts.test.yaml"])?;

    let rules: Vec<&Value> = object::list(&rules.value, "/spec/groups")
        .iter()
        .flat_map(|group| object::list(group, "/rules"))
        .collect();
    let alerts: Vec<&str> =
        rules.iter().map(|rule| object::text(rule, "/alert")).filter(|alert| !alert.is_empty()).collect();
    let mut findings = untested(&alerts)?;
    findings.extend(uncounted(&rules)?);
    verdict(&findings)?;
    Ok(format!("{} alerts", alerts.len()))
}

fn promtool(folder: &Path, arguments: &[&str]) -> Outcome<()> {
    if process::on_path("promtool").is_none() {
        debian::obtain("promtool", &["prometheus"])?;
    }
    let mut promtool = Command::new("promtool");
    let output = promtool.args(arguments).current_dir(folder).output().while_trying("start promtool")?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    failure::because(format!("promtool {}: {}", arguments.join(" "), String::from_utf8_lossy(&said)))
}

/// Alerts that no test sees firing.
fn untested(alerts: &[&str]) -> Outcome<Vec<String>> {
    let tests: Value = source::yaml(TESTS)?;
    let seen: BTreeSet<&str> = object::list(&tests, "/tests")
        .iter()
        .flat_map(|test| object::list(test, "/alert_rule_test"))
        .filter(|test| !object::list(test, "/exp_alerts").is_empty())
        .map(|test| object::text(test, "/alertname"))
        .collect();
    let unseen = alerts.iter().filter(|alert| !seen.contains(*alert));
    Ok(unseen.map(|alert| format!("{alert} is never seen firing: give it a test in {TESTS}.")).collect())
}

/// Metrics that are asked for and that no line of the server counts.
fn uncounted(rules: &[&Value]) -> Outcome<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["grep", "-h", "--untracked", "-oE", "\"[a-z_]+\"", "--", "api/src"])
        .current_dir(members::root());
    let words = process::output(&mut git, "git grep")?;
    let counted: BTreeSet<&str> = words.lines().map(|line| line.trim_matches('"')).collect();
    let asked: BTreeSet<&str> = rules.iter().flat_map(|rule| metrics(object::text(rule, "/expr"))).collect();
    let there = |metric: &str| {
        let whole = PARTS.iter().find_map(|part| metric.strip_suffix(part)).unwrap_or(metric);
        COMMON.contains(&metric) || counted.contains(metric) || counted.contains(whole)
    };
    let strangers = asked.into_iter().filter(|metric| !there(metric));
    Ok(strangers.map(|metric| format!("{metric} is asked for, and nothing in api/src counts it.")).collect())
}

/// The names before `{`: what our expressions ask of the shop carries its job there.
fn metrics(expression: &str) -> impl Iterator<Item = &str> {
    let mut pieces: Vec<&str> = expression.split('{').collect();
    pieces.pop();
    pieces.into_iter().map(|piece| {
        let start = piece
            .rfind(|letter: char| !(letter.is_ascii_lowercase() || letter == '_'))
            .map_or(0, |at| at + 1);
        piece.get(start..).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_named_before_their_labels() {
        let names: Vec<_> = metrics("sum(rate(a_total{x=\"1\"}[5m])) / (b{} or vector(0)) > 1").collect();
        assert_eq!(names, ["a_total", "b"]);
        assert_eq!(metrics("1 > 0").count(), 0);
    }
}
