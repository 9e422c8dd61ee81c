//! What a product's words must be for it to be found, and how each engine is told.

use std::collections::BTreeSet;

use super::words::{ROOT, root};

/// What must be among the words of a product, or of a category's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Word(String),
    /// A word that begins so.
    Beginning(String),
    All(Vec<Wanted>),
    Any(Vec<Wanted>),
}

impl Wanted {
    /// This word, in the singular or the plural.
    pub(super) fn whole(word: &str) -> Self {
        let root = root(word);
        Self::Any(vec![Self::Word(format!("{ROOT}{root}")), Self::Word(root)])
    }

    /// A word that begins so, or this word in the singular.
    pub(super) fn begun(word: &str) -> Self {
        let root = root(word);
        let mut any = vec![Self::Beginning(word.to_owned()), Self::Word(format!("{ROOT}{root}"))];
        if root != word {
            any.push(Self::Word(root));
        }
        Self::Any(any)
    }

    /// Whether it is among these words.
    pub(super) fn is_among(&self, words: &BTreeSet<String>) -> bool {
        match self {
            Self::Word(word) => words.contains(word),
            Self::Beginning(begun) => {
                words.range(begun.clone()..).next().is_some_and(|word| word.starts_with(begun))
            }
            Self::All(all) => all.iter().all(|wanted| wanted.is_among(words)),
            Self::Any(any) => any.iter().any(|wanted| wanted.is_among(words)),
        }
    }

    /// In the language of PostgreSQL's `tsquery`. Words are letters and digits, so that none of them says anything else.
    pub(super) fn tsquery(&self) -> String {
        match self {
            Self::Word(word) => format!("'{word}'"),
            Self::Beginning(begun) => format!("'{begun}':*"),
            Self::All(all) => joined(all, " & ", Self::tsquery),
            Self::Any(any) => joined(any, " | ", Self::tsquery),
        }
    }

    /// In the language of SQLite's FTS5.
    pub(super) fn fts5(&self) -> String {
        match self {
            Self::Word(word) => format!("\"{word}\""),
            Self::Beginning(begun) => format!("\"{begun}\" *"),
            Self::All(all) => joined(all, " AND ", Self::fts5),
            Self::Any(any) => joined(any, " OR ", Self::fts5),
        }
    }
}

fn joined(parts: &[Wanted], between: &str, told: impl Fn(&Wanted) -> String) -> String {
    format!("({})", parts.iter().map(told).collect::<Vec<_>>().join(between))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::findable;

    fn is_found(wanted: &Wanted, text: &str) -> bool {
        wanted.is_among(&findable(text))
    }

    #[test]
    fn a_word_is_found_in_singular_and_plural() {
        for (typed, text) in [("lamp", "Lamps"), ("lamps", "Lamp"), ("lamps", "Lamps"), ("lamp", "Lamp")] {
            assert!(is_found(&Wanted::whole(typed), text), "{typed} in {text}");
            assert!(is_found(&Wanted::begun(typed), text), "{typed} begun in {text}");
        }
        assert!(!is_found(&Wanted::whole("lam"), "Lamp"));
        assert!(is_found(&Wanted::begun("lam"), "Lamp"));
        assert!(!is_found(&Wanted::begun("lens"), "Lenovo"), "not by the root's beginning");
    }

    #[test]
    fn each_engine_is_told_in_its_own_words() {
        let wanted = Wanted::All(vec![Wanted::whole("desk"), Wanted::begun("lamps")]);
        assert_eq!(wanted.tsquery(), "(('·desk' | 'desk') & ('lamps':* | '·lamp' | 'lamp'))");
        assert_eq!(wanted.fts5(), r#"(("·desk" OR "desk") AND ("lamps" * OR "·lamp" OR "lamp"))"#);
    }
}
