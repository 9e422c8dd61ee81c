//! What can be judged of the scripts without AWS: what shellcheck thinks of them, and what they do where every program they
//! call is a stand-in.

mod edge_functions;
mod ground;
mod shellcheck;
mod transcript;
mod transcripts;

use std::process::Command;

use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process;

pub(super) use edge_functions::check as edge_functions;
pub(super) use shellcheck::check as shellcheck;
pub(super) use transcripts::check as transcripts;

/// The committed page is what the script prints.
pub(super) fn costs() -> Outcome<String> {
    let mut script = Command::new(members::in_root("tf/scripts/costs"));
    let printed = process::output(&mut script, "Reckoning the costs")?;
    let page = members::in_root("docs/costs.md");
    if std::fs::read_to_string(&page).while_trying("read docs/costs.md")? == printed {
        return Ok(String::new());
    }
    failure::because("docs/costs.md is not what the script reckons: run `tf/scripts/costs > docs/costs.md`.")
}
