//! The words of a text, in the form in which they are kept and compared.

use std::collections::BTreeSet;

use super::fold;

/// Of a longer word only the beginning is looked at.
const LONGEST: usize = 64;
/// What a root begins with where it is kept beside the word it is the root of: no word has it.
pub(super) const ROOT: char = '·';

/// The words of a text in their order: its letters and digits. Everything else separates them, but for apostrophes, which
/// are as if they were not there ("women's" is "womens").
pub(super) fn words(text: &str) -> Vec<String> {
    fold(text)
        .replace(['\'', '’'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST).collect())
        .collect()
}

/// What a text is found by: its words, and the roots of those that are not their own.
pub(super) fn findable(text: &str) -> BTreeSet<String> {
    words(text)
        .into_iter()
        .flat_map(|word| {
            let root = root(&word);
            let kept = (root != word).then(|| format!("{ROOT}{root}"));
            std::iter::once(word).chain(kept)
        })
        .collect()
}

/// The singular of what looks like an English plural; any other word is its own root.
pub(super) fn root(word: &str) -> String {
    let is_plain = word.chars().all(char::is_alphabetic) && word.chars().count() > 3;
    let singular = |ending: &str| word.strip_suffix(ending).filter(|rest| rest.chars().count() > 1);
    if !is_plain || ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    if let Some(rest) = singular("ies") {
        return format!("{rest}y");
    }
    if ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending)) {
        return singular("es").unwrap_or(word).to_owned();
    }
    singular("s").unwrap_or(word).to_owned()
}

/// What a term is looked for by: the roots of its words.
pub(super) fn term(words: &[String]) -> String {
    words.iter().map(|word| root(word)).collect::<Vec<_>>().join(" ")
}

/// A word, its root, and the other words that have this root: in any of these forms it may be known.
pub(super) fn forms(word: &str) -> BTreeSet<String> {
    let root = root(word);
    let of_y = root.strip_suffix('y').map(|rest| format!("{rest}ies"));
    let plurals = [Some(format!("{root}s")), Some(format!("{root}es")), of_y];
    let others = plurals.into_iter().flatten().filter(|plural| self::root(plural) == root);
    let mut forms: BTreeSet<String> = others.collect();
    forms.extend([word.to_owned(), root]);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_no_letter_or_digit_separates_words() {
        for (text, expected) in [
            ("Women's T-Shirt", vec!["womens", "t", "shirt"]),
            ("50%_off \"lamp\" OR (desk*)", vec!["50", "off", "lamp", "or", "desk"]),
            ("  Café—Crème ", vec!["cafe", "creme"]),
            ("SYN-0000007", vec!["syn", "0000007"]),
            ("%_'\"", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_plural_has_the_root_of_its_singular() {
        for (word, expected) in [
            ("lamps", "lamp"),
            ("accessories", "accessory"),
            ("dresses", "dress"),
            ("watches", "watch"),
            ("boxes", "box"),
            ("shoes", "shoe"),
            ("glass", "glass"),
            ("tennis", "tennis"),
            ("bus", "bus"),
            ("15s", "15s"),
            ("ssss", "ssss"),
        ] {
            assert_eq!(root(word), expected, "{word}");
            assert!(forms(expected).contains(word) || root(word) == word, "{word}");
        }
    }

    #[test]
    fn roots_are_kept_beside_words_and_never_taken_for_them() {
        assert_eq!(findable("Desk Lamps").into_iter().collect::<Vec<_>>(), ["desk", "lamps", "·lamp"]);
        assert!(!words("·lamp").iter().any(|word| word.contains(ROOT)));
    }
}
