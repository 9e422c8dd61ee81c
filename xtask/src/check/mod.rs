//! `cargo xtask check`: what can be judged without running the shop. Every check runs, whatever the others say.

mod code;
mod platform;

use std::time::Instant;

use crate::failure::{self, Outcome};
use crate::options::Options;
use crate::process;

/// One thing that is judged. Says in a few words what it found right (how many of what), or in sentences what is wrong.
#[derive(Debug)]
struct Check {
    name: &'static str,
    run: fn() -> Outcome<String>,
}

/// The groups, as they are called on the command line.
const GROUPS: [(&str, &[Check]); 2] = [("code", code::CHECKS), ("platform", platform::CHECKS)];

pub(crate) fn run(options: Options) -> Outcome<()> {
    let chosen = choose(&options.names()?)?;
    let started = Instant::now();
    let (mut lines, mut failed) = (Vec::new(), Vec::new());
    for check in &chosen {
        let (line, passed) = check.line();
        println!("{line}");
        lines.push(line);
        if !passed {
            failed.push(check.name);
        }
    }
    // Once more together: what tools have to say stands between them above.
    println!("\n{}", lines.join("\n"));
    let time = process::duration(started.elapsed());
    if !failed.is_empty() {
        return failure::because(format!("FAILED: {} in {time}", failed.join(", ")));
    }
    match chosen.len() {
        1 => println!("ok: 1 check passed in {time}"),
        many => println!("ok: {many} checks passed in {time}"),
    }
    Ok(())
}

/// Everything, a group, or the checks whose names hold one of the words.
fn choose(words: &[String]) -> Outcome<Vec<&'static Check>> {
    let (groups, words): (Vec<&String>, Vec<&String>) =
        words.iter().partition(|word| GROUPS.iter().any(|(group, _)| group == word));
    let in_groups =
        GROUPS.iter().filter(|(group, _)| groups.is_empty() || groups.iter().any(|word| word == group));
    let chosen: Vec<&Check> = in_groups
        .flat_map(|(_, checks)| *checks)
        .filter(|check| words.is_empty() || words.iter().any(|word| check.name.contains(word.as_str())))
        .collect();
    if chosen.is_empty() {
        return failure::because("No check is called so: `cargo xtask check` runs all, and names them.");
    }
    Ok(chosen)
}

impl Check {
    /// Runs it; answers the line that reports it, and whether it passed.
    fn line(&self) -> (String, bool) {
        let name = self.name;
        println!("==> {name} …");
        let started = Instant::now();
        let outcome = (self.run)();
        let time = process::duration(started.elapsed());
        match outcome {
            Ok(found) if found.is_empty() => (format!("ok      {name} ({time})"), true),
            Ok(found) => (format!("ok      {name}: {found} ({time})"), true),
            Err(failure) => {
                println!("{failure}");
                (format!("FAILED  {name} ({time})"), false)
            }
        }
    }
}

/// One sentence per finding, or nothing to say.
fn verdict(findings: &[String]) -> Outcome<()> {
    if findings.is_empty() { Ok(()) } else { failure::because(findings.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Vec<&'static str> {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        choose(&words).unwrap().iter().map(|check| check.name).collect()
    }

    #[test]
    fn checks_are_chosen_by_group_and_by_words_of_their_names() {
        let all = code::CHECKS.len() + platform::CHECKS.len();
        assert_eq!(names(&[]).len(), all);
        assert_eq!(names(&["code"]).len(), code::CHECKS.len());
        assert_eq!(names(&["lints"]), ["lints", "lints of the browser build"]);
        assert_eq!(names(&["code", "links"]), ["links in the documentation"]);
        assert!(choose(&["nonsense".to_owned()]).is_err());
    }
}
