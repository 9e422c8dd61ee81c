//! Finding categories: a shop has few, and they are at hand.

use entity::category::Model;

use super::{
    question::Question,
    words::{findable, words},
};
use crate::catalog::CategoryTree;

/// The visible categories whose names have all that is wanted: first those that begin so, then by name.
pub(super) fn matching<'a>(tree: &'a CategoryTree, question: &Question) -> Vec<&'a Model> {
    let begun = question.words.join(" ");
    let mut found: Vec<(bool, &Model)> = tree
        .visible()
        .filter(|category| question.wanted.is_among(&findable(&category.name)))
        .map(|category| (!words(&category.name).join(" ").starts_with(&begun), category))
        .collect();
    found.sort_by_key(|(is_within, category)| (*is_within, category.name_folded.clone(), category.id));
    found.into_iter().map(|(_, category)| category).collect()
}
