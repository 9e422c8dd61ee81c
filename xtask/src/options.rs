//! The words after a command's name.

use std::str::FromStr;

use crate::failure::{self, Outcome};

/// Taken apart piece by piece; what is left over at the end is refused.
#[derive(Debug)]
pub(crate) struct Options {
    command: String,
    words: Vec<String>,
}

impl Options {
    pub(crate) fn new(command: &str, words: Vec<String>) -> Self {
        Self { command: command.to_owned(), words }
    }

    /// `--name`, given or not.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    /// `--name VALUE` or `--name=VALUE`.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str) -> Outcome<Option<T>> {
        let prefix = format!("{name}=");
        let Some(at) = self.words.iter().position(|word| word == name || word.starts_with(&prefix)) else {
            return Ok(None);
        };
        let word = self.words.remove(at);
        let value = match word.strip_prefix(&prefix) {
            Some(value) => value.to_owned(),
            None if at < self.words.len() => self.words.remove(at),
            None => return failure::because(format!("{name} needs a value after it.")),
        };
        match value.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => failure::because(format!("{name} cannot be `{value}`: give it a number.")),
        }
    }

    /// Everything left, for commands that take names.
    pub(crate) fn names(self) -> Outcome<Vec<String>> {
        match self.words.iter().find(|word| word.starts_with('-')) {
            Some(option) => self.refuse(option),
            None => Ok(self.words),
        }
    }

    /// Nothing may be left.
    pub(crate) fn end(self) -> Outcome<()> {
        match self.words.first() {
            Some(word) => self.refuse(word),
            None => Ok(()),
        }
    }

    fn refuse<T>(&self, word: &str) -> Outcome<T> {
        let command = &self.command;
        failure::because(format!(
            "`{command}` does not know `{word}`: `cargo xtask` alone shows what it takes."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(words: &[&str]) -> Options {
        Options::new("run", words.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn flags_and_values_come_in_any_order() {
        let mut given = options(&["--port", "4100", "--release"]);
        assert!(given.flag("--release"));
        assert!(!given.flag("--release"));
        assert_eq!(given.value::<u16>("--port").unwrap(), Some(4100));
        given.end().unwrap();
        assert_eq!(options(&["--port=7"]).value::<u16>("--port").unwrap(), Some(7));
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        assert!(options(&["--porto"]).end().unwrap_err().to_string().contains("--porto"));
        assert!(options(&["cart", "-x"]).names().unwrap_err().to_string().contains("-x"));
        assert!(options(&["--port", "many"]).value::<u16>("--port").is_err());
        assert!(options(&["--port"]).value::<u16>("--port").is_err());
    }
}
