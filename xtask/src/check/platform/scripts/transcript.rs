//! A transcript: a command as it was typed, what it printed, how it ended, and which programs it called with what.

use std::fs;
use std::path::PathBuf;

use super::ground::Ground;
use crate::failure::{self, Outcome, While};

const PROMPT: &str = "$ ";

/// One that is committed.
#[derive(Debug)]
pub(super) struct Transcript {
    pub(super) file: PathBuf,
    command: String,
    text: String,
}

impl Transcript {
    pub(super) fn read(file: PathBuf) -> Outcome<Self> {
        let text = fs::read_to_string(&file).while_trying(format!("read {}", file.display()))?;
        let Some(command) = text.lines().next().and_then(|line| line.strip_prefix(PROMPT)) else {
            return failure::because(format!(
                "{} does not begin with `{PROMPT}` and a command.",
                file.display()
            ));
        };
        Ok(Self { command: command.to_owned(), file, text })
    }

    /// Runs its command again; answers what is printed now where that is something else.
    pub(super) fn differs(&self) -> Outcome<Option<String>> {
        let run = Ground::prepare()?.run(&self.command)?;
        let now = format!("{PROMPT}{}\n{run}", self.command);
        Ok((now != self.text).then_some(now))
    }

    /// The first line that is another one.
    pub(super) fn first_difference(&self, now: &str) -> String {
        let (mut old, mut new) = (self.text.lines(), now.lines());
        loop {
            match (old.next(), new.next()) {
                (Some(old), Some(new)) if old == new => {}
                (old, new) => {
                    let shown = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                    return format!("  was: {}\n  now: {}", shown(old), shown(new));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        let transcript =
            Transcript { file: PathBuf::new(), command: String::new(), text: "$ a\nb\nc\n".to_owned() };
        assert_eq!(transcript.first_difference("$ a\nb\nd\n"), "  was: c\n  now: d");
        assert_eq!(transcript.first_difference("$ a\nb\n"), "  was: c\n  now: (the end)");
    }
}
