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

/// An application that makes every answer anew: tests write past it.
async fn forgetful() -> TestApp {
    TestApp::builder().with("CACHE_MEMORY_MB", 0).start().await
}

/// The page a search answers with.
async fn search(app: &TestApp, parameters: &[(&str, &str)]) -> SearchPage {
    let path = reqwest::Url::parse_with_params("http://shop/api/search", parameters).unwrap();
    app.get(&format!("/api/search?{}", path.query().unwrap())).await.ok()
}

fn names(page: &SearchPage) -> Vec<&str> {
    page.data.products.iter().map(|product| product.name.as_str()).collect()
}
