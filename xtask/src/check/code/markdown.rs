//! The little of Markdown that links need: where they are, and what headings are called.

use std::collections::BTreeMap;

/// A link and the line it stands on.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Link {
    pub(super) line: usize,
    pub(super) target: String,
}

/// Inline links and pictures, reference definitions, and `href`/`src` of HTML; code is left out.
pub(super) fn links(source: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for (number, line) in prose(source) {
        let line = without_code(line);
        let mut targets = inline_targets(&line);
        targets.extend(definition(&line));
        targets.extend(attributes(&line, &["href=\"", "src=\""]));
        found.extend(targets.into_iter().map(|target| Link { line: number, target: target.to_owned() }));
    }
    found
}

/// What links may name after `#`.
pub(super) fn anchors(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeMap::new();
    for (_, line) in prose(source) {
        found.extend(attributes(line, &["id=\"", "name=\""]).into_iter().map(str::to_owned));
        let Some(heading) = heading(line) else { continue };
        let name = anchor_of(heading);
        let times = seen.entry(name.clone()).or_insert(0);
        found.push(if *times == 0 { name } else { format!("{name}-{times}") });
        *times += 1;
    }
    found
}

/// Numbered lines outside fenced code.
fn prose(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<&str> = None;
    source.lines().enumerate().filter_map(move |(index, line)| {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => return Some((index + 1, line)),
            _ => {}
        }
        None
    })
}

/// The text with `code` blanked out.
fn without_code(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    // An even number of parts means that the last backtick opens nothing.
    let closed = if parts.len().is_multiple_of(2) { parts.len() - 1 } else { parts.len() };
    let kept = parts.iter().enumerate().filter(|(index, _)| index % 2 == 0 || *index >= closed);
    kept.map(|(_, part)| *part).collect::<Vec<_>>().join(" ")
}

fn inline_targets(line: &str) -> Vec<&str> {
    let starts = line.match_indices("](").map(|(at, mark)| at + mark.len());
    starts.filter_map(|start| target(&line[start..])).collect()
}

/// The target at the start of `target "title") …`.
fn target(rest: &str) -> Option<&str> {
    if let Some(rest) = rest.strip_prefix('<') {
        return Some(rest.split_once('>')?.0);
    }
    let mut depth = 0;
    let end = rest.find(|letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth < 0 || letter.is_whitespace()
    })?;
    (end > 0).then(|| &rest[..end])
}

fn definition(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix('[')?.split_once("]:")?;
    if name.contains(']') || name.starts_with('^') {
        return None;
    }
    rest.split_whitespace().next().map(|target| target.trim_matches(['<', '>']))
}

fn attributes<'a>(line: &'a str, names: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for name in names {
        let starts = line.match_indices(name).map(|(at, mark)| at + mark.len());
        found.extend(starts.filter_map(|start| line[start..].split('"').next()));
    }
    found
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim().trim_end_matches('#').trim_end())
}

/// As code hosts make them: lower case, spaces to hyphens, no punctuation.
fn anchor_of(heading: &str) -> String {
    let text = link_texts_only(heading).to_lowercase();
    let kept = text.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

fn link_texts_only(heading: &str) -> String {
    let mut text = String::new();
    let mut rest = heading;
    while let Some((before, after)) = rest.split_once("](") {
        text.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(source: &str) -> Vec<String> {
        links(source).into_iter().map(|link| link.target).collect()
    }

    #[test]
    fn links_are_found_in_all_their_forms() {
        assert_eq!(
            targets("see [a](one.md), ![b](two.png \"title\") and [c](<three four.md>)"),
            ["one.md", "two.png", "three four.md"]
        );
        assert_eq!(targets("[ref]: docs/four.md \"title\""), ["docs/four.md"]);
        assert_eq!(targets("<a href=\"five.md\"><img src=\"six.png\"></a>"), ["five.md", "six.png"]);
        assert_eq!(targets("[w](https://example.org/a_(b))"), ["https://example.org/a_(b)"]);
    }

    #[test]
    fn code_holds_no_links() {
        assert!(targets("`[a](b.md)` and\n```\n[c](d.md)\n```\n~~~sh\n[e](f)\n~~~").is_empty());
        assert_eq!(targets("```\n[c](d.md)\n```\n[e](f.md) ` [g](h.md)"), ["f.md", "h.md"]);
    }

    #[test]
    fn headings_become_anchors() {
        let source = "# The shop\n## Two engines, one suite\n## `run` & [test](t.md)\n# The shop\n\
                      ```\n# not me\n```\n<a id=\"own\">";
        assert_eq!(anchors(source), ["the-shop", "two-engines-one-suite", "run--test", "the-shop-1", "own"]);
    }
}
