//! No file shows two versions of itself: what Git could not merge, somebody has.

use std::process::Command;

use super::verdict;
use crate::failure::{Outcome, While};
use crate::members;

/// What Git writes before and after what it leaves to people.
const MARKS: &str = "^(<<<<<<<|>>>>>>>) ";

pub(super) fn check() -> Outcome<String> {
    let mut git = Command::new("git");
    git.args(["grep", "--untracked", "--line-number", "-I", "-E", MARKS]).current_dir(members::root());
    // It fails where it finds nothing.
    let output = git.output().while_trying("look for what is left of a merge")?;
    let found = String::from_utf8_lossy(&output.stdout);
    let findings: Vec<String> = found
        .lines()
        .filter_map(|line| line.rsplit_once(':'))
        .map(|(place, _)| format!("{place}: left of a merge: make one text of the two."))
        .collect();
    verdict(&findings)?;
    Ok(String::new())
}
