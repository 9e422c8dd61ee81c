//! Programs that are asked in JSON and answer in JSON.

use std::io::Write;
use std::process::{Command, Stdio};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::{self, Outcome, While};
use crate::process;

/// Gives a program a question on its standard input, and reads the answer from its standard output.
pub(super) fn ask<T: DeserializeOwned>(
    command: &mut Command,
    what: &str,
    question: &impl Serialize,
) -> Outcome<T> {
    let question = serde_json::to_vec(question).while_trying(format!("write down what to ask {what}"))?;
    let mut child = process::start(command.stdin(Stdio::piped()).stdout(Stdio::piped()), what)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(&question).while_trying(format!("ask {what}"))?;
    }
    let output = child.wait_with_output().while_trying(format!("wait for {what}"))?;
    if !output.status.success() {
        return failure::because(format!("{what} failed: its messages above say why."));
    }
    serde_json::from_slice(&output.stdout).while_trying(format!("read the answer of {what}"))
}
