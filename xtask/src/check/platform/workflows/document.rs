//! A workflow, or an action of this repository, as text and as what it says.

use std::fs;

use serde_json::Value;

use crate::failure::{Outcome, While};
use crate::members::{self, list};

#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Its path in the checkout.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) value: Value,
}

impl Document {
    pub(super) fn of(name: &str, text: &str) -> Outcome<Self> {
        let value = yaml_serde::from_str(text).while_trying(format!("read {name}"))?;
        Ok(Self { name: name.to_owned(), text: text.to_owned(), value })
    }

    pub(super) fn is_workflow(&self) -> bool {
        self.name.starts_with(".github/workflows/")
    }

    pub(super) fn jobs(&self) -> Vec<(&str, &Value)> {
        let jobs = self.value["jobs"].as_object();
        jobs.map(|jobs| jobs.iter().map(|(name, job)| (name.as_str(), job)).collect()).unwrap_or_default()
    }

    pub(super) fn steps(&self) -> Vec<&Value> {
        let own = list(&self.value["runs"], "steps").iter();
        self.jobs().into_iter().flat_map(|(_, job)| list(job, "steps")).chain(own).collect()
    }

    /// What a person who starts it is asked.
    pub(super) fn inputs(&self) -> Vec<(&str, &Value)> {
        let inputs = self.value["on"]["workflow_dispatch"]["inputs"].as_object();
        inputs
            .map(|inputs| inputs.iter().map(|(name, input)| (name.as_str(), input)).collect())
            .unwrap_or_default()
    }
}

pub(super) fn workflows() -> Outcome<Vec<Document>> {
    in_folder(".github/workflows", |name| Some(name.to_owned()))
}

pub(super) fn actions() -> Outcome<Vec<Document>> {
    in_folder(".github/actions", |name| Some(format!("{name}/action.yml")))
}

pub(super) fn read(name: &str) -> Outcome<String> {
    fs::read_to_string(members::in_root(name)).while_trying(format!("read {name}"))
}

fn in_folder(folder: &str, file: impl Fn(&str) -> Option<String>) -> Outcome<Vec<Document>> {
    let entries = fs::read_dir(members::in_root(folder)).while_trying(format!("list {folder}"))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| file(entry.ok()?.file_name().to_str()?))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    names.iter().map(|name| Document::of(name, &read(name)?)).collect()
}
