//! The releases there can be: every chart with every file of values.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::engine;
use super::object::Object;
use crate::failure::{Failure, Outcome, While};
use crate::members;

/// Where each chart is installed.
const NAMESPACES: [(&str, &str); 4] =
    [("addons", "external-secrets"), ("argocd", "argocd"), ("bottega", "bottega"), ("local", "default")];

/// A chart, and the values it is given.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) chart: String,
    /// Its folder.
    pub(super) home: PathBuf,
    /// The name of the file, if there is one.
    pub(super) file: Option<String>,
    pub(super) values: Vec<String>,
    pub(super) namespace: String,
}

impl Plan {
    /// Whether it is this chart with this file of values.
    pub(super) fn is(&self, chart: &str, file: &str) -> bool {
        self.chart == chart && self.file.as_deref() == Some(file)
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(out, "{} with {file}", self.chart),
            None => out.write_str(&self.chart),
        }
    }
}

/// A plan, rendered.
#[derive(Debug)]
pub(super) struct Release {
    pub(super) plan: Plan,
    pub(super) objects: Vec<Object>,
}

impl Release {
    pub(super) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Object> {
        self.objects.iter().filter(move |object| object.kind() == kind)
    }

    pub(super) fn find(&self, kind: &str, name: &str) -> Option<&Object> {
        self.objects.iter().find(|object| object.is(kind, name))
    }
}

/// Every release. Rendered once, however many checks ask.
pub(super) fn all() -> Outcome<&'static [Release]> {
    static ALL: OnceLock<Result<Vec<Release>, String>> = OnceLock::new();
    ALL.get_or_init(|| render().map_err(|failure| failure.to_string()))
        .as_ref()
        .map(Vec::as_slice)
        .map_err(Failure::new)
}

/// One of them.
pub(super) fn one(chart: &str, file: &str) -> Outcome<&'static Release> {
    all()?
        .iter()
        .find(|release| release.plan.is(chart, file))
        .ok_or_else(|| Failure::new(format!("charts/{chart}/{file} is missing: the checks look at it.")))
}

/// The one of a chart that has no files of values beside its own.
pub(super) fn plain(chart: &str) -> Outcome<&'static Release> {
    all()?
        .iter()
        .find(|release| release.plan.chart == chart)
        .ok_or_else(|| Failure::new(format!("charts/{chart} is missing: the checks look at it.")))
}

fn render() -> Outcome<Vec<Release>> {
    let plans = plans()?;
    let rendered = engine::render(&plans)?;
    let release = |(plan, rendered): (Plan, _)| {
        let manifests = engine::manifests(&plan, rendered)?;
        Ok(Release { objects: Object::of_yaml(&manifests, &plan.namespace)?, plan })
    };
    plans.into_iter().zip(rendered).map(release).collect()
}

/// The folders under `charts/` that are charts.
pub(super) fn charts() -> Outcome<Vec<String>> {
    let names = names_in(&members::in_root("charts"))?;
    Ok(names
        .into_iter()
        .filter(|name| members::in_root(&format!("charts/{name}/Chart.yaml")).exists())
        .collect())
}

/// Each chart with each `values-*.yaml`, or by itself where it has none.
pub(super) fn plans() -> Outcome<Vec<Plan>> {
    let mut plans = Vec::new();
    for chart in charts()? {
        let folder = members::in_root("charts").join(&chart);
        let namespace = namespace_of(&chart)?;
        let files: Vec<String> = names_in(&folder)?
            .into_iter()
            .filter(|name| {
                name.starts_with("values-") && Path::new(name).extension().is_some_and(|end| end == "yaml")
            })
            .collect();
        let bare = Plan { chart, home: folder.clone(), file: None, values: Vec::new(), namespace };
        if files.is_empty() {
            plans.push(bare.clone());
        }
        for file in files {
            let path = folder.join(&file);
            let values = fs::read_to_string(&path).while_trying(format!("read {}", path.display()))?;
            plans.push(Plan { file: Some(file), values: vec![values], ..bare.clone() });
        }
    }
    Ok(plans)
}

fn namespace_of(chart: &str) -> Outcome<String> {
    NAMESPACES
        .iter()
        .find(|(name, _)| *name == chart)
        .map(|(_, namespace)| (*namespace).to_owned())
        .ok_or_else(|| {
            Failure::new(format!("charts/{chart} is new: say in {} where it is installed.", file!()))
        })
}

fn names_in(folder: &Path) -> Outcome<Vec<String>> {
    let entries = fs::read_dir(folder).while_trying(format!("read {}", folder.display()))?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}
