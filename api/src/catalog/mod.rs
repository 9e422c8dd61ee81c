//! Categories and products as shoppers see them: lists, pages, and the tree they hang in.

mod answers;
mod listing;
mod present;
mod prices;
mod queries;
mod routes;
mod service;
pub(crate) mod tags;
mod tree;

use openapi::money::MoneyError;
use sea_orm::DbErr;

use crate::db::paging::CursorError;

pub(crate) use listing::{Listing, flag};
pub(crate) use present::{category as present_category, status as present_status};
pub(crate) use prices::PriceRange;
pub(crate) use queries::product_with_sku;
pub(crate) use routes::configure;
pub(crate) use service::{detail, page, summaries, summaries_of};
pub(crate) use tree::CategoryTree;

/// What can go wrong in the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error("no such category")]
    NoSuchCategory,
    #[error("no such product")]
    NoSuchProduct,
    #[error("minPrice is above maxPrice")]
    PriceRangeReversed,
    #[error("{parameter} {error}")]
    Price { parameter: &'static str, error: MoneyError },
    #[error("cursor {0}")]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Database(#[from] DbErr),
}
