//! Which known word somebody meant who mistyped it.
//!
//! Leaving out letters makes misspellings meet: "iphnoe" without its n and "iphone" without its n are one text. So each
//! known word is kept under all that is left of its beginning when letters are left out, and a mistyped word is looked
//! for under all that is left of its own. However many words are known, that is a few dozen look-ups in an index; which
//! of the words that are met are near enough, and which one is nearest, is decided here.

use std::{cmp::Reverse, collections::BTreeSet};

/// Letters are left out of this many at the beginning of a word: what follows cannot be nearer than the beginning is.
const BEGINNING: usize = 7;
/// Shorter words are not kept: nothing as short is forgiven an error.
const SHORTEST_KEPT: usize = 3;

/// How many errors a word may have to be taken for another.
pub(super) fn errors_forgiven(word: &str) -> usize {
    match letters(word) {
        Some(4..=7) => 1,
        Some(8..) => 2,
        _ => 0,
    }
}

/// What a known word is kept under.
pub(super) fn kept_under(word: &str) -> BTreeSet<String> {
    match letters(word) {
        // From six letters on somebody may type eight or more for it.
        Some(6..) => beginnings(word, 2),
        Some(SHORTEST_KEPT..) => beginnings(word, 1),
        _ => BTreeSet::new(),
    }
}

/// What a mistyped word is looked for under.
pub(super) fn looked_for_under(word: &str) -> BTreeSet<String> {
    match errors_forgiven(word) {
        0 => BTreeSet::new(),
        errors => beginnings(word, errors),
    }
}

/// The known word that was meant, of these with their frequencies: the nearest, of those the most frequent.
pub(super) fn meant<'a>(word: &str, known: impl Iterator<Item = (&'a str, i64)>) -> Option<&'a str> {
    let forgiven = errors_forgiven(word);
    known
        .filter(|(candidate, _)| letters(candidate).is_some_and(|count| count >= SHORTEST_KEPT))
        .map(|(candidate, frequency)| (errors(word, candidate), Reverse(frequency), candidate))
        .filter(|(errors, ..)| *errors <= forgiven)
        .min()
        .map(|(.., candidate)| candidate)
}

/// How many letters a word has, unless it has anything else, too: numbers and models are never misspelt words.
fn letters(word: &str) -> Option<usize> {
    word.chars().all(char::is_alphabetic).then(|| word.chars().count())
}

/// The beginning of a word, and what is left of it without some of its letters.
fn beginnings(word: &str, left_out: usize) -> BTreeSet<String> {
    let whole: String = word.chars().take(BEGINNING).collect();
    let mut all = BTreeSet::from([whole.clone()]);
    let mut last = BTreeSet::from([whole]);
    for _ in 0..left_out {
        last = last.iter().flat_map(|text| without_a_letter(text)).collect();
        all.extend(last.iter().cloned());
    }
    all
}

fn without_a_letter(text: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).map(move |gap| {
        let kept = letters.iter().enumerate().filter(|(place, _)| *place != gap);
        kept.map(|(_, letter)| *letter).collect()
    })
}

/// How many letters must be put in, taken out, changed, or swapped with their neighbour (each letter once).
fn errors(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            let changed = last[j] + usize::from(a != b);
            let swapped =
                (i > 0 && j > 0 && one[i - 1] == *b && *a == other[j - 1]).then(|| before_last[j - 1] + 1);
            row[j + 1] = changed.min(last[j + 1] + 1).min(row[j] + 1).min(swapped.unwrap_or(usize::MAX));
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn errors_are_counted() {
        for (one, other, count) in [
            ("lamp", "lamp", 0),
            ("iphnoe", "iphone", 1),
            ("headpones", "headphones", 1),
            ("keybord", "keyboard", 1),
            ("kitten", "sitting", 3),
            ("", "abc", 3),
            ("ca", "abc", 3),
        ] {
            assert_eq!((errors(one, other), errors(other, one)), (count, count), "{one}, {other}");
        }
    }

    #[test]
    fn short_words_and_numbers_are_taken_as_they_are() {
        for (word, forgiven) in [("tee", 0), ("lamp", 1), ("headset", 1), ("keyboard", 2), ("x1carbon", 0)] {
            assert_eq!(errors_forgiven(word), forgiven, "{word}");
        }
    }

    #[test]
    fn the_nearest_word_is_meant_then_the_most_frequent_then_the_first() {
        let known = [("lamb", 9), ("lams", 9), ("camp", 9), ("lumps", 99), ("15pro", 99)];
        assert_eq!(meant("lamp", known.into_iter()), Some("camp"));
        assert_eq!(meant("lamx", known.into_iter()), Some("lamb"));
        assert_eq!(meant("lamx", [("lamb", 1), ("lams", 2)].into_iter()), Some("lams"));
        assert_eq!(meant("sofa", known.into_iter()), None);
    }

    proptest! {
        /// Whatever is near enough to be meant is met in the index.
        #[test]
        fn a_word_is_met_by_every_misspelling_it_is_forgiven(
            word in "[a-e]{3,11}",
            edits in prop::collection::vec((0_u8..4, 0_usize..12, "[a-e]"), 1..3),
        ) {
            let mut typed: Vec<char> = word.chars().collect();
            for (kind, place, letter) in edits {
                let place = place % (typed.len() + 1);
                let letter = letter.chars().next().unwrap();
                match kind {
                    0 => typed.insert(place, letter),
                    1 if place < typed.len() => { typed.remove(place); }
                    2 if place < typed.len() => typed[place] = letter,
                    _ if place + 1 < typed.len() => typed.swap(place, place + 1),
                    _ => {}
                }
            }
            let typed: String = typed.into_iter().collect();
            prop_assume!(errors_forgiven(&typed) > 0 && errors(&typed, &word) <= errors_forgiven(&typed));
            let (kept, looked_for) = (kept_under(&word), looked_for_under(&typed));
            prop_assert!(!kept.is_disjoint(&looked_for), "{word} is not met by {typed}");
        }
    }
}
