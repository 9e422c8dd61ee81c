//! Everything that is wrong with the types of a body, at once. A deserializer stops at the first fault; here each fault
//! is noted, mended with something that fits, and the body read again.

use openapi::{FieldError, problem::FieldLocation};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::broken::escaped;

/// More faults than this are not looked for.
const MOST: usize = 50;

/// Reads a body, and tells what is wrong with it. With faults the value is a mended one, good only for finding broken
/// rules in its other parts.
pub(super) fn read<T: DeserializeOwned>(text: &str, body: Value) -> (Option<T>, Vec<FieldError>) {
    if !body.is_object() {
        // A deserializer would take an array for an object with its fields in order.
        return (None, vec![body_error(String::new(), "type", "must be an object".into())]);
    }
    if let Ok(value) = serde_json::from_str(text) {
        return (Some(value), Vec::new());
    }
    let mut body = body;
    let mut faults: Vec<FieldError> = Vec::new();
    loop {
        match serde_path_to_error::deserialize::<_, T>(&body) {
            Ok(value) if faults.is_empty() => {
                // Only the text shows it: a field that stands there twice.
                faults.push(body_error(String::new(), "duplicate", "must not name a field twice".into()));
                return (Some(value), faults);
            }
            Ok(value) => return (Some(value), faults),
            Err(error) => {
                let fault = Fault::of(&error);
                // What is wrong within something mended is our own doing.
                let is_ours = faults.iter().filter_map(|known| known.pointer.as_deref()).any(|above| {
                    fault.pointer.strip_prefix(above).is_some_and(|below| below.starts_with('/'))
                });
                if !is_ours {
                    faults.push(body_error(fault.pointer.clone(), fault.code, fault.detail.clone()));
                }
                if faults.len() >= MOST || !mend::<T>(&mut body, &fault) {
                    return (None, faults);
                }
            }
        }
    }
}

pub(super) fn body_error(pointer: String, code: &str, detail: String) -> FieldError {
    FieldError {
        r#in: FieldLocation::Body,
        pointer: Some(pointer),
        parameter: None,
        code: code.to_owned(),
        detail,
    }
}

struct Fault {
    pointer: String,
    code: &'static str,
    detail: String,
    /// What might stand there instead, when the message names it.
    suggestion: Option<String>,
}

impl Fault {
    /// What the deserializer says, without the value it says it of.
    fn of(error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        let place = pointer(error.path());
        let text = error.inner().to_string();
        let quoted = |text: &str| text.split('`').nth(1).map(str::to_owned);
        if let Some(field) = text.strip_prefix("missing field ").and_then(quoted) {
            let pointer = format!("{place}/{}", escaped(&field));
            return Self { pointer, code: "required", detail: "is missing".into(), suggestion: None };
        }
        if text.starts_with("unknown field") {
            let detail = "is not a field of this request".into();
            return Self { pointer: place, code: "unknown", detail, suggestion: None };
        }
        let expected = text.rsplit_once("expected ").map(|(_, expected)| expected);
        Self {
            pointer: place,
            code: "type",
            detail: expected
                .map_or_else(|| "is of the wrong type".into(), |expected| format!("must be {expected}")),
            suggestion: expected.and_then(quoted),
        }
    }
}

/// Puts something else where the fault is, until the reader gets past it.
fn mend<T: DeserializeOwned>(body: &mut Value, fault: &Fault) -> bool {
    let (parent, name) = fault.pointer.rsplit_once('/').unwrap_or_default();
    let name = name.replace("~1", "/").replace("~0", "~");
    if fault.code == "unknown" {
        let object = body.pointer_mut(parent).and_then(Value::as_object_mut);
        return object.and_then(|object| object.remove(&name)).is_some();
    }
    let candidates = [
        fault.suggestion.as_ref().map_or(Value::Null, |text| json!(text)),
        json!(""),
        json!(1),
        json!(false),
        json!([]),
        json!({}),
        json!("00000000-0000-0000-0000-000000000000"),
        json!("1970-01-01T00:00:00Z"),
    ];
    for candidate in candidates {
        match body.pointer_mut(&fault.pointer) {
            Some(place) => *place = candidate,
            None => match body.pointer_mut(parent).and_then(Value::as_object_mut) {
                Some(object) => drop(object.insert(name.clone(), candidate)),
                None => return false,
            },
        }
        match serde_path_to_error::deserialize::<_, T>(&*body) {
            Ok(_) => return true,
            Err(error) if Fault::of(&error).pointer != fault.pointer => return true,
            Err(_) => {}
        }
    }
    false
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .map(|segment| format!("/{}", escaped(&segment)))
        .collect()
}
