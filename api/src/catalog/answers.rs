//! The catalogue's answers as they are kept: what each is the answer to, and what it depends on.

use openapi::{Data as One, catalog::ProductListQuery};
use sea_orm::DbErr;
use uuid::Uuid;

use super::{CatalogError, listing::Listing, service, tags};
use crate::{
    cache::{Answer, Family, Key, Loaded},
    state::AppState,
};

pub(super) async fn categories(state: &AppState) -> Result<Answer, CatalogError> {
    let load = async || Ok((One { data: service::categories(state).await? }, of_categories()));
    Ok(state.answers.get(Key::new(Family::Categories, "flat"), load).await?)
}

pub(super) async fn category_tree(state: &AppState) -> Result<Answer, CatalogError> {
    let load = async || Ok((One { data: service::category_tree(state).await? }, of_categories()));
    Ok(state.answers.get(Key::new(Family::Categories, "tree"), load).await?)
}

pub(super) async fn category(state: &AppState, key: &str) -> Result<Answer, CatalogError> {
    let load = async || {
        let value = service::category(state, key).await?.map(|data| One { data });
        Ok(Loaded { value, tags: of_categories() })
    };
    let answer = state.answers.find(Key::new(Family::Categories, format!("one:{key}")), load).await?;
    answer.ok_or(CatalogError::NoSuchCategory)
}

pub(super) async fn products(state: &AppState, query: &ProductListQuery) -> Result<Answer, CatalogError> {
    let listing = Listing::of_shoppers(query, state.config.shop.currency)?;
    // A struct of plain fields always has a query form.
    let question = serde_urlencoded::to_string(query).unwrap_or_default();
    Ok(state
        .answers
        .get(Key::new(Family::Products, question), async || service::products(state, query, &listing).await)
        .await?)
}

pub(super) async fn product(state: &AppState, key: &str) -> Result<Answer, CatalogError> {
    let load = async || Ok(one(service::product(state, key).await?));
    let answer = state.answers.find(Key::new(Family::Product, key), load).await?;
    answer.ok_or(CatalogError::NoSuchProduct)
}

pub(super) async fn related(state: &AppState, id: Uuid, limit: Option<u32>) -> Result<Answer, CatalogError> {
    let load = async || Ok::<_, DbErr>(one(service::related(state, id, limit).await?));
    let question = format!("{id}:{}", limit.unwrap_or_default());
    let answer = state.answers.find(Key::new(Family::Related, question), load).await?;
    answer.ok_or(CatalogError::NoSuchProduct)
}

/// In the envelope it is sent in.
fn one<T>(loaded: Loaded<T>) -> Loaded<One<T>> {
    Loaded { value: loaded.value.map(|data| One { data }), tags: loaded.tags }
}

fn of_categories() -> Vec<String> {
    vec![tags::CATEGORIES.to_owned(), tags::ASSORTMENT.to_owned()]
}
