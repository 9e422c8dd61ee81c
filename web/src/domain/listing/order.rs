//! In which order a list stands.

use openapi::{catalog::ProductSort, search::SearchSort};

/// The orders a list of products is offered in, default first.
const BROWSING: [SearchSort; 5] = [
    SearchSort::Newest,
    SearchSort::PriceAscending,
    SearchSort::PriceDescending,
    SearchSort::NameAscending,
    SearchSort::NameDescending,
];

/// The orders findings are offered in, default first.
const SEARCHING: [SearchSort; 6] = [
    SearchSort::Relevance,
    SearchSort::Newest,
    SearchSort::PriceAscending,
    SearchSort::PriceDescending,
    SearchSort::NameAscending,
    SearchSort::NameDescending,
];

/// Every order on offer, default first.
pub(super) const fn sorts(is_search: bool) -> &'static [SearchSort] {
    if is_search { &SEARCHING } else { &BROWSING }
}

/// How the API and the URL write an order.
pub(crate) const fn sort_code(sort: SearchSort) -> &'static str {
    match sort {
        SearchSort::Relevance => "relevance",
        SearchSort::NameAscending => "name",
        SearchSort::NameDescending => "-name",
        SearchSort::PriceAscending => "price",
        SearchSort::PriceDescending => "-price",
        SearchSort::Oldest => "createdAt",
        SearchSort::Newest => "-createdAt",
    }
}

/// The same order of a list nobody searched for.
pub(super) const fn product_sort(sort: SearchSort) -> ProductSort {
    match sort {
        SearchSort::NameAscending => ProductSort::NameAscending,
        SearchSort::NameDescending => ProductSort::NameDescending,
        SearchSort::PriceAscending => ProductSort::PriceAscending,
        SearchSort::PriceDescending => ProductSort::PriceDescending,
        SearchSort::Oldest => ProductSort::Oldest,
        SearchSort::Relevance | SearchSort::Newest => ProductSort::Newest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_written_as_in_the_contract() {
        for sort in SEARCHING {
            assert_eq!(serde_json::to_value(sort).unwrap(), sort_code(sort));
        }
        for sort in BROWSING {
            assert_eq!(serde_json::to_value(product_sort(sort)).unwrap(), sort_code(sort));
        }
    }
}
