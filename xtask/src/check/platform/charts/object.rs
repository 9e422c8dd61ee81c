//! An object of Kubernetes, as it is rendered.

use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::failure::{Outcome, While};

#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) value: Value,
    /// Where it lands when it does not say.
    release_namespace: String,
}

impl Object {
    pub(super) fn new(value: Value, release_namespace: &str) -> Self {
        Self { value, release_namespace: release_namespace.to_owned() }
    }

    /// The objects of a text with several documents.
    pub(super) fn of_yaml(text: &str, release_namespace: &str) -> Outcome<Vec<Self>> {
        let mut objects = Vec::new();
        for document in yaml_serde::Deserializer::from_str(text) {
            let value = Value::deserialize(document).while_trying("read rendered YAML")?;
            // What a switched-off template leaves behind.
            if !value.is_null() {
                objects.push(Self::new(value, release_namespace));
            }
        }
        Ok(objects)
    }

    pub(super) fn kind(&self) -> &str {
        text(&self.value, "/kind")
    }

    pub(super) fn name(&self) -> &str {
        text(&self.value, "/metadata/name")
    }

    pub(super) fn namespace(&self) -> &str {
        match text(&self.value, "/metadata/namespace") {
            "" => &self.release_namespace,
            namespace => namespace,
        }
    }

    /// The part of `apiVersion` before the version: empty for Kubernetes' core.
    pub(super) fn group(&self) -> &str {
        text(&self.value, "/apiVersion").split_once('/').map_or("", |(group, _)| group)
    }

    pub(super) fn annotation(&self, name: &str) -> &str {
        map(&self.value, "/metadata/annotations").get(name).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn is(&self, kind: &str, name: &str) -> bool {
        self.kind() == kind && self.name() == name
    }
}

impl fmt::Display for Object {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}/{}", self.kind(), self.namespace(), self.name())
    }
}

/// The text at a place, or nothing.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The list at a place, or none.
pub(super) fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The map at a place, or an empty one.
pub(super) fn map<'a>(value: &'a Value, pointer: &str) -> &'a Map<String, Value> {
    static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    value.pointer(pointer).and_then(Value::as_object).unwrap_or(&EMPTY)
}

/// The whole number at a place.
pub(super) fn number(value: &Value, pointer: &str) -> Option<u64> {
    value.pointer(pointer).and_then(Value::as_u64)
}
