//! Files of this repository, read as what they are.

use std::fs;

use serde::de::DeserializeOwned;

use crate::failure::{Outcome, While};
use crate::members;

pub(super) fn read(file: &str) -> Outcome<String> {
    fs::read_to_string(members::in_root(file)).while_trying(format!("read {file}"))
}

pub(super) fn json<T: DeserializeOwned>(file: &str) -> Outcome<T> {
    serde_json::from_str(&read(file)?).while_trying(format!("understand {file}"))
}

pub(super) fn yaml<T: DeserializeOwned>(file: &str) -> Outcome<T> {
    yaml_serde::from_str(&read(file)?).while_trying(format!("understand {file}"))
}
