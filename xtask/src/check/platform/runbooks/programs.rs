//! The words that `bottega` and `cargo xtask` understand, as their sources name them: nothing is built to find out.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Outcome, While};

#[derive(Debug)]
pub(super) struct Programs {
    commands: Vec<String>,
    /// Where each command of `bottega` is, to look for words of its own.
    folder: PathBuf,
    tasks: String,
}

impl Programs {
    pub(super) fn read(root: &Path) -> Outcome<Self> {
        let folder = root.join("api/src/cli");
        let read = |file: PathBuf| fs::read_to_string(&file).while_trying(format!("read {}", file.display()));
        let commands = subcommands(&read(folder.join("mod.rs"))?);
        let tasks = read(root.join("xtask/src/main.rs"))?;
        Ok(Self { commands, folder, tasks })
    }

    /// Whether `bottega` takes these words, of which the second may be an option or nothing.
    pub(super) fn bottega(&self, command: &str, next: Option<&str>) -> bool {
        if !self.commands.iter().any(|known| known == command) {
            return false;
        }
        let source = fs::read_to_string(self.folder.join(format!("{command}.rs"))).unwrap_or_default();
        let own = subcommands(&source);
        own.is_empty() || next.is_some_and(|next| own.iter().any(|known| known == next))
    }

    pub(super) fn xtask(&self, task: &str) -> bool {
        self.tasks.contains(&format!("\"{task}\" =>"))
    }
}

/// The variants of the enum that clap reads, as it spells them.
fn subcommands(source: &str) -> Vec<String> {
    let Some((_, rest)) = source.split_once("Subcommand)]") else { return Vec::new() };
    let lines = rest.lines().take_while(|line| *line != "}");
    let names = lines.filter_map(|line| {
        let name = line.strip_prefix("    ")?.split(['(', ',', ' ']).next()?;
        name.starts_with(char::is_uppercase).then(|| kebab(name))
    });
    names.collect()
}

fn kebab(name: &str) -> String {
    let mut spelled = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !spelled.is_empty() {
            spelled.push('-');
        }
        spelled.extend(letter.to_lowercase());
    }
    spelled
}
