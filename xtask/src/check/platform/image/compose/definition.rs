//! Reading compose files: anchors, variables, and one file laid over another, as far as these files use them.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::failure::{self, Failure, Outcome, While};
use crate::members;

/// What the files describe together.
#[derive(Debug)]
pub(super) struct Definition(Value);

/// One service.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
}

/// Reads the files, each laid over those before it, with these variables set.
pub(super) fn read(files: &[&str], variables: &[(&str, &str)]) -> Outcome<Definition> {
    let mut all = Value::Null;
    for file in files {
        let text = fs::read_to_string(members::in_root(file)).while_trying(format!("read {file}"))?;
        let mut yaml: yaml_serde::Value = yaml_serde::from_str(&text).while_trying(format!("read {file}"))?;
        yaml.apply_merge().while_trying(format!("read {file}"))?;
        let mut value = serde_json::to_value(yaml).while_trying(format!("read {file}"))?;
        interpolate(&mut value, variables).map_err(|message| Failure::new(format!("{file}: {message}")))?;
        lay_over(&mut all, value);
    }
    Ok(Definition(all))
}

impl Definition {
    /// The services that a plain `up` starts, each after those it depends on.
    pub(super) fn in_order(&self) -> Outcome<Vec<Service<'_>>> {
        let mut waiting: Vec<Service> = self.services().filter(Service::is_started_by_up).collect();
        let started: Vec<&str> = waiting.iter().map(|service| service.name).collect();
        let mut ordered: Vec<Service> = Vec::new();
        while !waiting.is_empty() {
            let before = waiting.len();
            for service in std::mem::take(&mut waiting) {
                let is_there = |name: &String| ordered.iter().any(|before| before.name == name);
                let is_absent =
                    |name: &String| service.does_without(name) && !started.contains(&name.as_str());
                if service.depends_on().keys().all(|name| is_there(name) || is_absent(name)) {
                    ordered.push(service);
                } else {
                    waiting.push(service);
                }
            }
            if waiting.len() == before {
                return failure::because(format!(
                    "{} waits for a service that never comes.",
                    waiting[0].name
                ));
            }
        }
        Ok(ordered)
    }

    pub(super) fn services(&self) -> impl Iterator<Item = Service<'_>> {
        let services = self.0["services"].as_object().into_iter().flatten();
        services.map(|(name, value)| Service { name, value })
    }

    pub(super) fn volumes(&self) -> impl Iterator<Item = &String> {
        self.0["volumes"].as_object().into_iter().flatten().map(|(name, _)| name)
    }
}

impl<'a> Service<'a> {
    /// What it waits for, and for what of it.
    pub(super) fn depends_on(&self) -> BTreeMap<String, &'a str> {
        let named = self.value["depends_on"].as_object().into_iter().flatten();
        named.map(|(name, about)| (name.clone(), members::text(about, "condition"))).collect()
    }

    /// Whether it starts even where this one, which it depends on, is not started.
    fn does_without(&self, name: &str) -> bool {
        self.value["depends_on"][name]["required"] == false
    }

    /// Whether it is started without being asked for by a profile.
    pub(super) fn is_started_by_up(&self) -> bool {
        self.value["profiles"].is_null()
    }

    /// The texts of a list.
    pub(super) fn texts(&self, field: &str) -> Vec<&'a str> {
        members::list(self.value, field).iter().filter_map(Value::as_str).collect()
    }

    pub(super) fn environment(&self) -> impl Iterator<Item = (&'a String, &'a str)> {
        let named = self.value["environment"].as_object().into_iter().flatten();
        named.map(|(name, value)| (name, value.as_str().unwrap_or_default()))
    }

    /// The command that tells whether it is well.
    pub(super) fn health(&self) -> Option<Vec<&'a str>> {
        let test = members::list(&self.value["healthcheck"], "test");
        let words: Vec<&str> = test.iter().filter_map(Value::as_str).collect();
        words.split_first().map(|(_, command)| command.to_vec())
    }

    /// Runs to its end instead of staying.
    pub(super) fn is_one_shot(&self) -> bool {
        self.value["restart"].is_null() && self.value["healthcheck"].is_null()
    }
}

fn lay_over(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (name, value) in above {
                lay_over(below.entry(name).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

fn interpolate(value: &mut Value, variables: &[(&str, &str)]) -> Result<(), String> {
    match value {
        Value::String(text) => *text = fill_in(text, variables)?,
        Value::Array(values) => values.iter_mut().try_for_each(|value| interpolate(value, variables))?,
        Value::Object(values) => values.values_mut().try_for_each(|value| interpolate(value, variables))?,
        _ => {}
    }
    Ok(())
}

/// `${NAME:-default}` and `${NAME:?message}`.
fn fill_in(text: &str, variables: &[(&str, &str)]) -> Result<String, String> {
    let Some((before, rest)) = text.split_once("${") else { return Ok(text.to_owned()) };
    let (inside, after) = rest.split_once('}').ok_or("a variable is not closed")?;
    let (name, otherwise) = inside.split_once(':').unwrap_or((inside, "-"));
    let set = variables.iter().find(|(known, value)| *known == name && !value.is_empty());
    let value = match (set, otherwise.split_at(1)) {
        (Some((_, value)), _) => value,
        (None, ("-", default)) => default,
        (None, (_, message)) => return Err(format!("{name} is not set: {message}")),
    };
    Ok(format!("{before}{value}{}", fill_in(after, variables)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_have_defaults_or_are_asked_for() {
        let fill = |text, variables| fill_in(text, variables);
        assert_eq!(fill("a ${B:-c} ${D:-}e", &[]).unwrap(), "a c e");
        assert_eq!(fill("a ${B:-c}", &[("B", "b")]).unwrap(), "a b");
        assert_eq!(fill("${B:?say it}", &[]).unwrap_err(), "B is not set: say it");
    }

    #[test]
    fn a_service_waits_for_what_is_started_and_does_without_the_rest() {
        let names = |profiles: Value, required: bool| {
            let definition = Definition(serde_json::json!({ "services": {
                "api": { "depends_on": { "demo": { "required": required }, "migrate": {} } },
                "demo": { "profiles": profiles, "depends_on": { "migrate": {} } },
                "migrate": {},
            } }));
            let order = definition.in_order();
            order.map(|order| order.iter().map(|service| service.name.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(names(Value::Null, false).unwrap(), ["migrate", "demo", "api"]);
        assert_eq!(names(serde_json::json!(["demo"]), false).unwrap(), ["migrate", "api"]);
        assert!(names(serde_json::json!(["demo"]), true).is_err());
    }

    #[test]
    fn what_is_laid_over_adds_and_replaces() {
        let mut below = serde_json::json!({ "a": { "b": 1, "c": [1] } });
        lay_over(&mut below, serde_json::json!({ "a": { "c": [2], "d": 3 } }));
        assert_eq!(below, serde_json::json!({ "a": { "b": 1, "c": [2], "d": 3 } }));
    }
}
