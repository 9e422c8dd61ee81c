//! What can be found.

use openapi::{
    Data,
    search::{Popular, SearchPage, SearchQuery, SuggestQuery, Suggestions},
};

use super::Resource;

/// One page of what is found.
pub(crate) fn find(query: &SearchQuery) -> Resource<SearchPage> {
    // A struct of plain fields always has a query form.
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    Resource::new(format!("/api/search?{query}"))
}

/// What somebody who has typed this may mean.
pub(crate) fn suggest(typed: &str) -> Resource<Data<Suggestions>> {
    let query = SuggestQuery { q: typed.to_owned(), ..SuggestQuery::default() };
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    Resource::new(format!("/api/search/suggest?{query}"))
}

/// What others buy and search for.
pub(crate) fn popular() -> Resource<Data<Popular>> {
    Resource::new("/api/search/popular")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_stays_one_parameter() {
        assert_eq!(suggest("caffè & tè").question().url(), "/api/search/suggest?q=caff%C3%A8+%26+t%C3%A8");
        let query = SearchQuery { q: "100% \"wool\"".to_owned(), page: Some(2), ..SearchQuery::default() };
        assert_eq!(find(&query).question().url(), "/api/search?q=100%25+%22wool%22&page=2");
    }
}
