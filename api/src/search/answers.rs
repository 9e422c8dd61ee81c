//! The answers of search as they are kept: what each is the answer to, and what it depends on.

use openapi::{
    Data as One,
    search::{SearchQuery, SuggestQuery},
};

use super::{SearchError, TAG, popular, service};
use crate::{
    cache::{Answer, Family, Key},
    catalog::{PriceRange, tags},
    state::AppState,
};

pub(super) async fn search(state: &AppState, query: &SearchQuery) -> Result<Answer, SearchError> {
    let currency = state.config.shop.currency;
    let prices = PriceRange::parse(query.min_price.as_deref(), query.max_price.as_deref(), currency)?;
    let load = async || Ok((service::search(state, query, prices).await?, depends_on()));
    Ok(state.answers.get(Key::new(Family::Search, form(query)), load).await?)
}

pub(super) async fn suggest(state: &AppState, query: &SuggestQuery) -> Result<Answer, SearchError> {
    let load = async || Ok((One { data: service::suggest(state, query).await? }, depends_on()));
    Ok(state.answers.get(Key::new(Family::Suggest, form(query)), load).await?)
}

pub(super) async fn popular(state: &AppState) -> Result<Answer, SearchError> {
    let load = async || Ok((One { data: popular::popular(state).await? }, depends_on()));
    Ok(state.answers.get(Key::new(Family::Popular, ""), load).await?)
}

/// A struct of plain fields always has a query form.
fn form(query: &impl serde::Serialize) -> String {
    serde_urlencoded::to_string(query).unwrap_or_default()
}

fn depends_on() -> Vec<String> {
    [tags::CATALOG, tags::CATEGORIES, tags::ASSORTMENT, TAG].map(str::to_owned).into()
}
