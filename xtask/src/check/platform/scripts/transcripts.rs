//! Every script in every mood, held against what it printed and called when somebody last looked.

use std::env;
use std::fs;

use super::transcript::Transcript;
use crate::check::verdict;
use crate::failure::{self, Outcome, While};
use crate::members;

const FOLDER: &str = "tf/scripts/tests/transcripts";
/// Set to write down what the scripts do now; what that changes, Git shows.
const REWRITE: &str = "REWRITE_TRANSCRIPTS";

pub(in crate::check::platform) fn check() -> Outcome<String> {
    let transcripts = all()?;
    if transcripts.is_empty() {
        return failure::because(format!("There is no transcript in {FOLDER}."));
    }
    let mut findings = Vec::new();
    for transcript in &transcripts {
        let Some(now) = transcript.differs()? else { continue };
        if env::var_os(REWRITE).is_some() {
            fs::write(&transcript.file, now).while_trying(format!("write {}", transcript.file.display()))?;
            continue;
        }
        let name = transcript.file.file_stem().unwrap_or_default().display();
        findings.push(format!(
            "{name} is not what it was: look at the line, and if it is right, repeat with {REWRITE}=1.\n{}",
            transcript.first_difference(&now)
        ));
    }
    verdict(&findings)?;
    Ok(format!("{} runs", transcripts.len()))
}

fn all() -> Outcome<Vec<Transcript>> {
    let folder = members::in_root(FOLDER);
    let mut files = fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>())
        .while_trying(format!("read {FOLDER}"))?;
    files.sort();
    files.into_iter().map(Transcript::read).collect()
}
