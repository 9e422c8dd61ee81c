//! What can be chosen of a product, and whether a variant's choice is one of it.

use std::collections::{BTreeMap, HashSet};

use entity::product_option;
use openapi::{
    assortment::{Choice, MAX_OPTION_NAME, MAX_OPTION_VALUE, NewOption},
    text::clean_line,
};
use serde_json::Value;

use super::product_rows::OptionDraft;
use crate::broken::{BrokenRules, escaped};

/// The options of a product.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choices(pub(super) Vec<OptionDraft>);

impl Choices {
    /// Reads the options of a request. Each has a name of its own, and each of its values once.
    pub(super) fn read(options: Vec<NewOption>, broken: &mut BrokenRules) -> Self {
        let mut names = HashSet::new();
        let mut read = Vec::with_capacity(options.len());
        for (place, option) in options.into_iter().enumerate() {
            let name = line(&option.name, MAX_OPTION_NAME);
            if !names.insert(name.clone()) {
                broken.add(
                    format!("/options/{place}/name"),
                    "duplicate",
                    "is the name of an option before it",
                );
            }
            let mut values: Vec<String> = Vec::with_capacity(option.values.len());
            for (at, value) in option.values.iter().enumerate() {
                let value = line(&value.0, MAX_OPTION_VALUE);
                if values.contains(&value) {
                    let pointer = format!("/options/{place}/values/{at}");
                    broken.add(pointer, "duplicate", "is a value before it");
                }
                values.push(value);
            }
            read.push((name, values));
        }
        Self(read)
    }

    /// The options a product has, in their order.
    pub(super) fn of(rows: Vec<product_option::Model>) -> Self {
        let values = |json: Value| serde_json::from_value(json).unwrap_or_default();
        Self(rows.into_iter().map(|row| (row.name, values(row.values))).collect())
    }

    /// Reads a variant's choice: one value for each option, and nothing else.
    pub(super) fn choose(
        &self,
        choice: &Choice,
        at: &str,
        broken: &mut BrokenRules,
    ) -> BTreeMap<String, String> {
        let chosen: BTreeMap<String, String> = (choice.0.iter())
            .map(|(name, value)| (line(name, MAX_OPTION_NAME), line(value, MAX_OPTION_VALUE)))
            .collect();
        if chosen.len() < choice.0.len() {
            broken.add(at, "duplicate", "names an option twice");
        }
        for misfit in self.misfits(&chosen) {
            match misfit {
                Misfit::Missing(name) => broken.add(at, "missing", format!("must name a value of {name}")),
                Misfit::Unknown(name) => {
                    broken.add(
                        format!("{at}/{}", escaped(name)),
                        "unknown",
                        "is not an option of the product",
                    );
                }
                Misfit::Value(name) => {
                    broken.add(format!("{at}/{}", escaped(name)), "value", "is not a value of this option");
                }
            }
        }
        chosen
    }

    /// What a choice of other options becomes under these: it keeps its values, without those of options that are gone, and takes
    /// the value of a new option that has but one. Nothing if that leaves an option open, or has a value that is none.
    pub(super) fn adopt(&self, chosen: &BTreeMap<String, String>) -> Option<BTreeMap<String, String>> {
        let value = |(name, values): &OptionDraft| match (chosen.get(name), values.as_slice()) {
            (Some(value), _) if values.contains(value) => Some((name.clone(), value.clone())),
            (None, [only]) => Some((name.clone(), only.clone())),
            _ => None,
        };
        self.0.iter().map(value).collect()
    }

    fn misfits<'a>(&'a self, chosen: &'a BTreeMap<String, String>) -> Vec<Misfit<'a>> {
        let missing = self.0.iter().filter(|(name, _)| !chosen.contains_key(name));
        let missing = missing.map(|(name, _)| Misfit::Missing(name));
        let wrong =
            chosen.iter().filter_map(|(name, value)| match self.0.iter().find(|(known, _)| known == name) {
                None => Some(Misfit::Unknown(name)),
                Some((_, values)) if !values.contains(value) => Some(Misfit::Value(name)),
                Some(_) => None,
            });
        missing.chain(wrong).collect()
    }
}

/// How a choice does not fit.
enum Misfit<'a> {
    Missing(&'a str),
    Unknown(&'a str),
    Value(&'a str),
}

/// What was said, as it is kept. Its length was checked before.
fn line(text: &str, max: usize) -> String {
    clean_line(text, max).unwrap_or_default()
}
