//! What needs a section: alarms as Terraform declares them, alerts of the chart, workflows for operators.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Outcome, While};

const ALARMS: &str = "tf/modules/observability";
const ALERTS: &str = "charts/bottega/files/alerts.yaml";
const WORKFLOWS: &str = ".github/workflows";

/// A workflow for operators.
#[derive(Debug)]
pub(super) struct Operation {
    /// The name of its file, which is its heading.
    pub(super) heading: String,
    /// What it is called in the list that operators choose from.
    pub(super) title: String,
}

/// The headings of all alarms.
pub(super) fn alarms(root: &Path) -> Outcome<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for file in files(&root.join(ALARMS), "tf")? {
        let source = read(&file)?;
        found.extend(in_maps(&source).chain(named(&source)).map(|name| format!("alarm-{name}")));
    }
    Ok(found)
}

/// The keys of every map that is called `…_alarms`.
fn in_maps(source: &str) -> impl Iterator<Item = &str> {
    let mut margin = None;
    source.lines().filter_map(move |line| {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        match margin {
            None if text.split(" = {").next().is_some_and(|name| name.ends_with("_alarms")) => {
                margin = Some(indent);
            }
            Some(outer) if indent == outer && text.starts_with('}') => margin = None,
            Some(outer) if indent == outer + 2 => return text.strip_suffix(" = {"),
            _ => {}
        }
        None
    })
}

/// The names of alarms that stand alone: where they send people.
fn named(source: &str) -> impl Iterator<Item = &str> {
    let rests = source.split("${local.runbook}").skip(1);
    rests.filter_map(|rest| rest.split('"').next()).filter(|name| !name.is_empty() && !name.contains('$'))
}

/// The alerts for Prometheus.
pub(super) fn alerts(root: &Path) -> Outcome<Vec<String>> {
    let source = read(&root.join(ALERTS))?;
    let names = source.lines().filter_map(|line| line.trim_start().strip_prefix("- alert: "));
    Ok(names.map(str::to_owned).collect())
}

pub(super) fn operations(root: &Path) -> Outcome<Vec<Operation>> {
    let mut found = Vec::new();
    for file in files(&root.join(WORKFLOWS), "yml")? {
        let Some(heading) =
            file.file_stem().and_then(|stem| stem.to_str()).filter(|name| name.starts_with("ops-"))
        else {
            continue;
        };
        let source = read(&file)?;
        let title = source.lines().find_map(|line| line.strip_prefix("name: ")).unwrap_or(heading);
        found.push(Operation {
            heading: heading.to_owned(),
            title: title.trim_matches(['\'', '"']).to_owned(),
        });
    }
    Ok(found)
}

fn files(folder: &Path, kind: &str) -> Outcome<Vec<PathBuf>> {
    let doing = || format!("list {}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).while_trying(doing())? {
        let path = entry.while_trying(doing())?.path();
        if path.extension().is_some_and(|ending| ending == kind) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).while_trying(format!("read {}", file.display()))
}
