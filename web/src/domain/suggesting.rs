//! What the search field offers: one list in groups, through which the arrow keys lead.

use openapi::search::{Popular, SuggestedProduct, Suggestions};

use super::listing::words;

/// From this many letters on something is suggested.
const MIN_LETTERS: usize = 2;
/// How much of what is popular finds room below an empty field.
const POPULAR_QUERIES: usize = 5;
const POPULAR_CATEGORIES: usize = 3;
const POPULAR_PRODUCTS: usize = 3;

/// Suggestions of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) kind: Kind,
    pub(crate) options: Vec<Suggestion>,
}

/// What suggestions are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Products, and what they were found by where that is not what was typed.
    Products {
        instead: Option<String>,
    },
    Categories,
    PopularSearches,
    /// The way to everything that is found.
    Everything,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Suggestion {
    Product(SuggestedProduct),
    Category { name: String, slug: String },
    Words(String),
}

/// What was typed, as soon as it is enough to suggest something.
pub(crate) fn begun(typed: &str) -> Option<String> {
    words(typed).filter(|words| words.chars().count() >= MIN_LETTERS)
}

/// What somebody who has typed this may mean, as far as it is known.
pub(crate) fn suggested(typed: &str, answer: Option<&Suggestions>) -> Vec<Group> {
    let Some(words) = begun(typed) else {
        return Vec::new();
    };
    let mut groups = answer.map(|answer| {
        let categories = answer.categories.iter().map(|category| (&category.name, &category.slug));
        [
            Group {
                kind: Kind::Products { instead: answer.corrected_query.clone() },
                options: answer.products.iter().cloned().map(Suggestion::Product).collect(),
            },
            Group { kind: Kind::Categories, options: categories.map(category).collect() },
        ]
    });
    let everything = Group { kind: Kind::Everything, options: vec![Suggestion::Words(words)] };
    let known = groups.take().into_iter().flatten().chain([everything]);
    known.filter(|group| !group.options.is_empty()).collect()
}

/// What others look for, for somebody who has typed nothing yet.
pub(crate) fn popular(answer: &Popular) -> Vec<Group> {
    let queries = answer.queries.iter().take(POPULAR_QUERIES).cloned();
    let categories = answer.categories.iter().map(|category| (&category.name, &category.slug));
    let products = answer.products.iter().take(POPULAR_PRODUCTS).cloned();
    let groups = [
        Group { kind: Kind::PopularSearches, options: queries.map(Suggestion::Words).collect() },
        Group {
            kind: Kind::Categories,
            options: categories.take(POPULAR_CATEGORIES).map(category).collect(),
        },
        Group {
            kind: Kind::Products { instead: None },
            options: products.map(Suggestion::Product).collect(),
        },
    ];
    groups.into_iter().filter(|group| !group.options.is_empty()).collect()
}

fn category((name, slug): (&String, &String)) -> Suggestion {
    Suggestion::Category { name: name.clone(), slug: slug.clone() }
}

/// Where an arrow key leads from here among `count` options. Past either end it leads back to the field.
pub(crate) fn step(from: Option<usize>, count: usize, is_forward: bool) -> Option<usize> {
    let next = match (from, is_forward) {
        (None, true) => Some(0),
        (None, false) => count.checked_sub(1),
        (Some(index), true) => index.checked_add(1),
        (Some(index), false) => index.checked_sub(1),
    };
    next.filter(|index| *index < count)
}

#[cfg(test)]
mod tests {
    use openapi::search::{PopularCategory, SuggestedCategory};
    use uuid::Uuid;

    use super::*;

    fn answer() -> Suggestions {
        let category = SuggestedCategory { id: Uuid::nil(), name: "Books".into(), slug: "books".into() };
        Suggestions { categories: vec![category], ..Suggestions::default() }
    }

    fn kinds(groups: &[Group]) -> Vec<&Kind> {
        groups.iter().map(|group| &group.kind).collect()
    }

    #[test]
    fn two_letters_begin_a_search() {
        assert_eq!(begun(" b "), None);
        assert_eq!(begun(" tè").as_deref(), Some("tè"));
        assert_eq!(suggested("b", Some(&answer())), []);
    }

    #[test]
    fn whatever_is_typed_can_be_searched_for_before_anything_is_known() {
        let everything = [Group { kind: Kind::Everything, options: vec![Suggestion::Words("bo".into())] }];
        assert_eq!(suggested("bo ", None), everything);
        assert_eq!(suggested("bo", Some(&Suggestions::default())), everything);
    }

    #[test]
    fn empty_groups_are_left_out() {
        assert_eq!(kinds(&suggested("bo", Some(&answer()))), [&Kind::Categories, &Kind::Everything]);
        assert_eq!(popular(&Popular::default()), []);
        let category =
            PopularCategory { id: Uuid::nil(), name: "Books".into(), slug: "books".into(), product_count: 2 };
        let much =
            Popular { categories: vec![category; 6], queries: vec!["mug".into(); 8], ..Popular::default() };
        let groups = popular(&much);
        assert_eq!(kinds(&groups), [&Kind::PopularSearches, &Kind::Categories]);
        assert_eq!(groups.iter().map(|group| group.options.len()).collect::<Vec<_>>(), [5, 3]);
    }

    #[test]
    fn arrows_go_round_through_the_field() {
        let walk = |is_forward| {
            let mut at = None;
            let mut seen = Vec::new();
            for _ in 0..4 {
                at = step(at, 2, is_forward);
                seen.push(at);
            }
            seen
        };
        assert_eq!(walk(true), [Some(0), Some(1), None, Some(0)]);
        assert_eq!(walk(false), [Some(1), Some(0), None, Some(1)]);
        assert_eq!(step(None, 0, true), None);
        assert_eq!(step(None, 0, false), None);
    }
}
