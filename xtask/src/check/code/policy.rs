//! What this program needs of deny.toml: arrays of strings, and arrays of inline tables with strings in them.
//!
//! The file itself is cargo-deny's, which reads all of it where it is installed.

/// One entry of an array: a plain string, or the strings of an inline table under their names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Entry(Vec<(String, String)>);

impl Entry {
    /// A value by its name; a plain string has none.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn plain(&self) -> Option<&str> {
        self.named("")
    }
}

/// The entries of `key` in `[section]`; an absent array is empty.
pub(super) fn entries(source: &str, section: &str, key: &str) -> Vec<Entry> {
    let mut lines = source.lines().map(without_comment);
    let header = format!("[{section}]");
    lines.by_ref().find(|line| line.trim() == header);
    let inside = lines.take_while(|line| !is_header(line));
    let body: String = inside.flat_map(|line| [line, "\n"]).collect();
    let assignment = body.lines().scan(0, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let start = assignment.into_iter().find(|(_, line)| line.split('=').next().map(str::trim) == Some(key));
    start.map_or_else(Vec::new, |(start, _)| array(&body[start..]))
}

/// A line such as `[bans]`; entries of arrays do not start with a bracket in the first column.
fn is_header(line: &str) -> bool {
    line.starts_with('[')
}

fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let end = line.find(|letter| {
        quoted ^= letter == '"';
        letter == '#' && !quoted
    });
    &line[..end.unwrap_or(line.len())]
}

/// Reads `key = [ … ]` up to its closing bracket.
fn array(source: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut table: Option<Entry> = None;
    let mut name = String::new();
    let mut rest = source.split_once('[').map_or("", |(_, rest)| rest).chars();
    let mut depth = 1;
    while let Some(letter) = rest.next() {
        match letter {
            '"' => {
                let value: String = rest.by_ref().take_while(|letter| *letter != '"').collect();
                match &mut table {
                    Some(table) => table.0.push((name.trim().to_owned(), value)),
                    None => entries.push(Entry(vec![(String::new(), value)])),
                }
            }
            '{' => table = Some(Entry::default()),
            '}' => entries.extend(table.take()),
            '[' => depth += 1,
            ']' => depth -= 1,
            // Within an inner array the name stays the array's.
            ',' if depth == 1 => name.clear(),
            '=' | ',' => {}
            other => name.push(other),
        }
        if depth == 0 {
            break;
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
[licenses]
# which may be linked
allow = [
    "MIT", # the # one
    "Apache-2.0 WITH LLVM-exception",
]
exceptions = [{ crate = "ring", allow = ["ISC"] }]

[bans]
allow = ["not this one"]
deny = [
    { crate = "openssl-sys", reason = "rustls, \ everywhere" },
    { crate = "actix-governor", reason = "GPL" },
]
"#;

    #[test]
    fn strings_and_tables_are_read_from_their_section() {
        let allow = entries(POLICY, "licenses", "allow");
        let allow: Vec<_> = allow.iter().filter_map(Entry::plain).collect();
        assert_eq!(allow, ["MIT", "Apache-2.0 WITH LLVM-exception"]);
        let deny = entries(POLICY, "bans", "deny");
        let deny: Vec<_> = deny.iter().filter_map(|entry| entry.named("crate")).collect();
        assert_eq!(deny, ["openssl-sys", "actix-governor"]);
        assert_eq!(entries(POLICY, "licenses", "exceptions")[0].named("allow"), Some("ISC"));
        assert!(entries(POLICY, "sources", "allow").is_empty());
    }
}
