//! No merge was committed before it was finished.

use std::process::Command;

use crate::failure::{self, Outcome};
use crate::members;
use crate::process;

/// How a file begins and ends what two sides have written in one place.
const MARKS: &str = "^(<{7}|>{7}) ";

pub(super) fn check() -> Outcome<String> {
    let mut git = Command::new("git");
    git.args(["grep", "--untracked", "--line-number", "--extended-regexp", MARKS])
        .current_dir(members::root());
    // Nothing found, and nothing to complain about.
    let (_, said) = process::quietly(&mut git, "git grep")?;
    if said.is_empty() {
        return Ok(String::new());
    }
    failure::because(format!("A merge was not finished: choose what is to stay.\n{}", said.trim_end()))
}
