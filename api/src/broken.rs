//! What is wrong with a body whose every field is right by itself: how its parts go together.

/// More is not told of one request.
const MOST: usize = 50;

/// A rule that is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRule {
    /// Where in the body, as a JSON pointer.
    pub(crate) pointer: String,
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

/// The broken rules of a request, so that all of them are told at once.
#[derive(Debug, Default)]
pub(crate) struct BrokenRules(Vec<BrokenRule>);

impl BrokenRules {
    pub(crate) fn add(&mut self, pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) {
        if self.0.len() < MOST {
            self.0.push(BrokenRule { pointer: pointer.into(), code, detail: detail.into() });
        }
    }

    /// Refuses the request for them, if there are any.
    pub(crate) fn none_or<E>(self, refuse: impl FnOnce(Vec<BrokenRule>) -> E) -> Result<(), E> {
        if self.0.is_empty() { Ok(()) } else { Err(refuse(self.0)) }
    }
}

/// The name of a field, as it stands in a JSON pointer.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
