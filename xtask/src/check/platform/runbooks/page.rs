//! A runbook as text: its headings, its commands, and what stands in it as code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::failure::{Outcome, While};

#[derive(Debug)]
pub(super) struct Page {
    pub(super) name: &'static str,
    pub(super) source: String,
}

/// What a line is part of.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Part {
    Prose,
    Shell,
    OtherCode,
}

impl Page {
    pub(super) fn read(root: &Path, name: &'static str) -> Outcome<Self> {
        let source = fs::read_to_string(root.join(name)).while_trying(format!("read {name}"))?;
        Ok(Self { name, source })
    }

    /// The third-level headings that begin so.
    pub(super) fn headings(&self, kind: &str) -> BTreeSet<String> {
        let headings = self.lines(Part::Prose).filter_map(|(_, line)| line.strip_prefix("### "));
        headings.filter(|heading| heading.starts_with(kind)).map(str::to_owned).collect()
    }

    /// What is to be typed, without what is remarked on it; each with the line it begins on.
    pub(super) fn commands(&self) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut goes_on = false;
        for (number, line) in self.lines(Part::Shell) {
            let line = without_remark(line).trim();
            let (text, continued) = line.strip_suffix('\\').map_or((line, false), |text| (text.trim(), true));
            match found.last_mut() {
                Some((_, begun)) if goes_on => *begun = format!("{begun} {text}"),
                _ if text.is_empty() => {}
                _ => found.push((number, text.to_owned())),
            }
            goes_on = continued;
        }
        found
    }

    /// What stands between backticks.
    pub(super) fn spans(&self) -> Vec<(usize, String)> {
        let parts = |(number, line): (usize, &str)| {
            let spans: Vec<_> =
                line.split('`').skip(1).step_by(2).map(|span| (number, span.to_owned())).collect();
            spans
        };
        self.lines(Part::Prose).flat_map(parts).collect()
    }

    fn lines(&self, wanted: Part) -> impl Iterator<Item = (usize, &str)> {
        let mut part = Part::Prose;
        self.source.lines().enumerate().filter_map(move |(index, line)| {
            match (line.trim_start().strip_prefix("```"), part) {
                (Some("sh"), Part::Prose) => part = Part::Shell,
                (Some(_), Part::Prose) => part = Part::OtherCode,
                (Some(_), _) => part = Part::Prose,
                (None, now) => return (now == wanted).then_some((index + 1, line)),
            }
            None
        })
    }
}

fn without_remark(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    line.split_once(" # ").map_or(line, |(command, _)| command)
}
