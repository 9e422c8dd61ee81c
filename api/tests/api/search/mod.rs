//! `/api/search`, and the synonyms it knows.

mod facets;
mod index;
mod plans;
mod popular;
mod questions;
mod shop;
mod suggest;
mod synonyms;

use openapi::search::SearchPage;

use crate::support::TestApp;

/// The page a search answers with.
async fn search(app: &TestApp, parameters: &[(&str, &str)]) -> SearchPage {
    let path = reqwest::Url::parse_with_params("http://shop/api/search", parameters).unwrap();
    app.get(&format!("/api/search?{}", path.query().unwrap())).await.ok()
}

fn names(page: &SearchPage) -> Vec<&str> {
    page.data.products.iter().map(|product| product.name.as_str()).collect()
}
