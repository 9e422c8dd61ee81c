//! The blocks of a Terraform file: enough of its language for rules about files that `terraform fmt` has formatted.

/// A block at the margin, as in `resource "aws_vpc" "this" {`.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    pub(crate) kind: &'a str,
    pub(crate) labels: Vec<&'a str>,
    /// Lines inside, with their numbers counted from 1.
    pub(crate) lines: Vec<(usize, &'a str)>,
}

impl Block<'_> {
    /// Whether it is of this kind, and its first label is this one.
    pub(crate) fn is(&self, kind: &str, label: &str) -> bool {
        self.kind == kind && self.labels.first() == Some(&label)
    }

    /// Whether an attribute is set at all.
    pub(crate) fn sets(&self, attribute: &str) -> bool {
        self.lines.iter().any(|(_, line)| {
            line.trim().strip_prefix(attribute).is_some_and(|rest| rest.trim_start().starts_with('='))
        })
    }
}

/// All blocks at the margin.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (index, line) in text.lines().enumerate() {
        match &mut open {
            Some(_) if line == "}" => found.extend(open.take()),
            Some(block) => block.lines.push((index + 1, line)),
            None => match header(line) {
                Some(block) if line.ends_with('}') => found.push(block),
                block => open = block,
            },
        }
    }
    found
}

fn header(line: &str) -> Option<Block<'_>> {
    if !line.starts_with(|first: char| first.is_ascii_lowercase()) {
        return None;
    }
    let mut words = line.split('{').next()?.split_whitespace();
    let kind = words.next()?;
    let labels = words.map(|word| word.trim_matches('"')).collect();
    line.contains('{').then_some(Block { kind, labels, lines: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_with_their_labels_and_lines() {
        let text = "# words\ndata \"aws_region\" \"current\" {}\n\nresource \"aws_vpc\" \"this\" {\n  name = \"x\"\n  \
                    tags = {\n    A = 1\n  }\n}\nlocals {\n}\n";
        let found = blocks(text);
        let kinds: Vec<&str> = found.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, ["data", "resource", "locals"]);
        assert!(found[1].is("resource", "aws_vpc"));
        assert_eq!(found[1].labels, ["aws_vpc", "this"]);
        assert_eq!(found[1].lines[0], (5, "  name = \"x\""));
        assert!(found[1].sets("tags") && !found[1].sets("tag"));
    }
}
