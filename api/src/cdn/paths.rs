//! Which addresses show what depends on a tag. Wide ones: CloudFront counts what it is told by path, and lets no more than
//! 15 that end in `*` be in progress at a time. Of these a change never takes more than two.

use std::collections::BTreeSet;

/// Everything the CDN may keep of the API.
const ALL: &str = "/api/*";
const CATALOG: &str = "/api/catalog/*";
const PRODUCT_LISTS_AND_PAGES: &str = "/api/catalog/products*";
/// By id, slug or SKU, and what is related.
const PRODUCT_PAGES: &str = "/api/catalog/products/*";
const SEARCH: &str = "/api/search*";

/// The addresses under which anything that depends on one of these tags is seen, each once.
pub(super) fn seen_at<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    let all: BTreeSet<&str> = tags.flat_map(of_tag).copied().collect();
    let is_within = |path: &str, other: &str| path != other && path.starts_with(other.trim_end_matches('*'));
    all.iter().copied().filter(|path| !all.iter().any(|other| is_within(path, other))).collect()
}

fn of_tag(tag: &str) -> &'static [&'static str] {
    match tag.split(':').next().unwrap_or_default() {
        // What concerns one person is kept by nobody.
        "user" | "users" => &[],
        "product" => &[PRODUCT_PAGES],
        "category" => &[PRODUCT_LISTS_AND_PAGES],
        "catalog" => &[PRODUCT_LISTS_AND_PAGES, SEARCH],
        "categories" | "assortment" => &[CATALOG, SEARCH],
        "search" => &[SEARCH],
        _ => &[ALL],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(tags: &[&str]) -> Vec<&'static str> {
        seen_at(tags.iter().copied())
    }

    #[test]
    fn a_change_is_told_where_it_is_seen_and_once() {
        assert_eq!(seen(&["product:1", "product:2"]), [PRODUCT_PAGES]);
        assert_eq!(seen(&["product:1", "category:2", "catalog"]), [PRODUCT_LISTS_AND_PAGES, SEARCH]);
        assert_eq!(seen(&["search"]), [SEARCH]);
        assert_eq!(seen(&["categories", "product:1", "catalog"]), [CATALOG, SEARCH]);
        assert_eq!(seen(&["users", "user:1"]), [""; 0]);
        assert_eq!(seen(&["catalog", "everything"]), [ALL]);
        assert_eq!(seen(&["of a newer version"]), [ALL], "rather too much than too little");
    }

    #[test]
    fn whatever_changes_takes_two_paths_at_most() {
        let tags = [
            "product:1",
            "category:1",
            "catalog",
            "categories",
            "assortment",
            "search",
            "users",
            "everything",
        ];
        for chosen in 0..1 << tags.len() {
            let chosen: Vec<&str> = tags
                .iter()
                .enumerate()
                .filter(|(place, _)| chosen & (1 << place) != 0)
                .map(|(_, tag)| *tag)
                .collect();
            assert!(seen(&chosen).len() <= 2, "{chosen:?}");
        }
    }
}
