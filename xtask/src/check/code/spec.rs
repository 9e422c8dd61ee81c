//! Whether the committed OpenAPI document is what the server says now.

use std::fs;

use crate::failure::{self, Outcome, While};
use crate::members;
use crate::openapi;

/// Lines shown of a difference.
const SHOWN: usize = 5;

pub(super) fn check() -> Outcome<String> {
    let file = openapi::FILE;
    let now = openapi::document()?;
    let committed = fs::read_to_string(members::in_root(file))
        .while_trying(format!("read {file} (`cargo xtask openapi` writes it)"))?;
    match difference(&committed, &now) {
        None => Ok(String::new()),
        Some(difference) => failure::because(format!(
            "{difference}{file} is not what the code says: run `cargo xtask openapi`."
        )),
    }
}

/// The first lines that differ, `-` committed and `+` now.
fn difference(committed: &str, now: &str) -> Option<String> {
    if committed == now {
        return None;
    }
    let old: Vec<&str> = committed.lines().collect();
    let new: Vec<&str> = now.lines().collect();
    let first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let mut shown = format!("{}, line {}:\n", openapi::FILE, first + 1);
    for (sign, lines) in [("-", &old), ("+", &new)] {
        shown.extend(lines.iter().skip(first).take(SHOWN).flat_map(|line| [sign, " ", line, "\n"]));
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_starts_where_the_documents_part() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        let shown = difference("a\nb\nc\n", "a\nB\nc\n").unwrap();
        assert!(shown.contains("line 2:\n- b\n- c\n+ B\n"), "{shown}");
        assert!(difference("a\n", "a").is_some(), "a missing line break is a difference");
    }
}
