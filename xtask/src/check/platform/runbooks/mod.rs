//! The runbooks are about what there is: each alarm and each operation has its section, and each command can be typed.

mod declared;
mod page;
mod programs;
mod typed;

use std::collections::BTreeSet;
use std::path::Path;

use super::verdict;
use crate::failure::Outcome;
use crate::members;
use page::Page;
use programs::Programs;

/// The same page in two languages. Alarms name the first.
const PAGES: [&str; 2] = ["docs/operations.md", "docs/operations.it.md"];

pub(super) fn check() -> Outcome<String> {
    let (findings, fact) = judge(members::root())?;
    verdict(&findings)?;
    Ok(fact)
}

/// What is wrong under this root, and in a few words what was looked at.
fn judge(root: &Path) -> Outcome<(Vec<String>, String)> {
    let [english, italian] = [Page::read(root, PAGES[0])?, Page::read(root, PAGES[1])?];
    let (alarms, alerts) = (declared::alarms(root)?, declared::alerts(root)?);
    let operations = declared::operations(root)?;
    let programs = Programs::read(root)?;
    let headings = operations.iter().map(|operation| operation.heading.clone()).collect();

    let mut findings = Vec::new();
    for page in [&english, &italian] {
        sections(page, "alarm-", &alarms, &mut findings);
        sections(page, "ops-", &headings, &mut findings);
        let titles = operations.iter().map(|operation| &operation.title);
        for name in titles.chain(&alerts).filter(|name| !page.source.contains(*name)) {
            findings.push(format!("{}: nothing is said of `{name}`.", page.name));
        }
        findings.extend(typed::wrong(root, page, &programs)?);
    }
    findings.extend(told_apart(&english, &italian));
    let commands = english.commands().len();
    let fact = format!("{} alarms, {} operations, {commands} commands", alarms.len(), operations.len());
    Ok((findings, fact))
}

/// A heading for each name, and a name for each heading of this kind.
fn sections(page: &Page, kind: &str, names: &BTreeSet<String>, findings: &mut Vec<String>) {
    let headings = page.headings(kind);
    if names.is_empty() {
        findings
            .push(format!("Nothing called {kind}… is declared: does this check look in the right place?"));
    }
    for missing in names.difference(&headings) {
        findings.push(format!("{}: the heading `### {missing}` is missing.", page.name));
    }
    for left in headings.difference(names) {
        findings.push(format!("{}: `### {left}` is about something that is not there any more.", page.name));
    }
}

/// Where one page has typed other commands than the other.
fn told_apart(one: &Page, other: &Page) -> Option<String> {
    let (ours, theirs) = (one.commands(), other.commands());
    let place = (0..ours.len().max(theirs.len()))
        .find(|place| ours.get(*place).map(|(_, text)| text) != theirs.get(*place).map(|(_, text)| text))?;
    let tell = |page: &Page, commands: &[(usize, String)]| match commands.get(place) {
        Some((line, text)) => format!("{}:{line} says `{text}`", page.name),
        None => format!("{} says nothing", page.name),
    };
    Some(format!("{}, where {}.", tell(one, &ours), tell(other, &theirs)))
}

#[cfg(test)]
mod tests;
