//! Whether what a runbook has people type is there: files, options of scripts, sub-commands.

use std::fs;
use std::path::Path;

use super::page::Page;
use super::programs::Programs;
use crate::failure::{Outcome, While};

/// Where a word that begins so leads into the repository.
const FOLDERS: [&str; 5] = ["charts/", "tf/", ".github/", "api/", "xtask/"];
/// What a program's name may follow, where it does not begin the line.
const BEFORE_PROGRAMS: [&str; 6] = ["--", "|", "&&", "time", "do", "then"];

pub(super) fn wrong(root: &Path, page: &Page, programs: &Programs) -> Outcome<Vec<String>> {
    let mut findings = Vec::new();
    for (line, text) in page.commands().into_iter().chain(page.spans()) {
        let words: Vec<&str> = text.split_whitespace().map(bare).collect();
        for place in 0..words.len() {
            if let Some(problem) = problem(root, &words, place, programs)? {
                findings.push(format!("{}:{line}: {problem}", page.name));
            }
        }
    }
    Ok(findings)
}

/// A word without what the shell, or a sentence, puts around it.
fn bare(word: &str) -> &str {
    let word = word.trim_start_matches(['"', '\'', '(']);
    word.strip_prefix("-chdir=").unwrap_or(word).trim_end_matches(['"', '\'', ')', ';', ','])
}

fn problem(root: &Path, words: &[&str], place: usize, programs: &Programs) -> Outcome<Option<String>> {
    let (word, next, after) = (words[place], words.get(place + 1), words.get(place + 2));
    if FOLDERS.iter().any(|folder| word.starts_with(folder)) {
        return wrong_file(root, word, &words[place + 1..]);
    }
    let is_program =
        place == 0 || BEFORE_PROGRAMS.contains(&words[place - 1]) || words[place - 1].contains('=');
    let missing = match (word.trim_start_matches("/usr/local/bin/"), next) {
        ("bottega", Some(next)) if is_program && !programs.bottega(next, after.copied()) => {
            format!("`bottega {}` is no command.", words[place + 1..].join(" "))
        }
        ("xtask", Some(task)) if place > 0 && words[place - 1] == "cargo" && !programs.xtask(task) => {
            format!("`cargo xtask {task}` is no command.")
        }
        _ => return Ok(None),
    };
    Ok(Some(missing))
}

/// The file is there, and if it is a script it names the options it is given.
fn wrong_file(root: &Path, path: &str, rest: &[&str]) -> Outcome<Option<String>> {
    if path.contains(['*', '$', '<', '…', '{']) {
        return Ok(None);
    }
    let file = root.join(path);
    if !file.exists() {
        return Ok(Some(format!("`{path}` does not exist.")));
    }
    let options = rest.iter().take_while(|word| !["|", "&&", ";"].contains(*word));
    let options: Vec<&str> = options
        .filter(|word| word.starts_with("--"))
        .map(|word| word.split('=').next().unwrap_or(word))
        .collect();
    if options.is_empty() || !file.is_file() {
        return Ok(None);
    }
    let source = fs::read_to_string(&file).while_trying(format!("read {path}"))?;
    let unknown =
        options.into_iter().find(|option| !source.split([' ', '[', ']', '\n']).any(|word| word == *option));
    Ok(unknown.map(|option| format!("`{path}` knows no option `{option}`.")))
}
