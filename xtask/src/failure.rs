//! One way to fail: a sentence that says what to do.

use std::fmt;

/// What every command and helper returns.
pub(crate) type Outcome<T> = Result<T, Failure>;

/// A sentence for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// `Err` with a sentence.
pub(crate) fn because<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(Failure::new(sentence))
}

/// Names what was being done when the system said no.
pub(crate) trait While<T> {
    fn while_trying(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn while_trying(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("Cannot {what}: {error}.")))
    }
}
