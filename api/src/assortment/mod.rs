//! The catalogue in the hands of administrators: what they make, change and remove, shoppers see at once.

mod categories;
mod category_queries;
mod category_routes;
mod product_routes;
mod products;
mod stock;
mod stock_queries;

use sea_orm::{DbErr, SqlErr};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{catalog::CatalogError, db::paging::CursorError};

/// What can go wrong with the assortment.
#[derive(Debug, thiserror::Error)]
pub enum AssortmentError {
    #[error("no such category")]
    NoSuchCategory,
    #[error("the parent is no category")]
    NoSuchParent,
    #[error("a category would hang below itself")]
    Cycle,
    #[error("the slug is taken")]
    SlugTaken,
    #[error("the category has products")]
    HasProducts,
    #[error("no such product")]
    NoSuchProduct,
    #[error("the product has no such variant")]
    NoSuchVariant,
    #[error("{left} are left")]
    TooFew { left: i32 },
    #[error("more than are counted")]
    TooMany,
    #[error("cursor {0}")]
    Cursor(#[from] CursorError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error("changed in the meantime")]
    Outdated,
    #[error(transparent)]
    Database(DbErr),
}

impl From<DbErr> for AssortmentError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::SlugTaken,
            _ => Self::Database(error),
        }
    }
}

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    category_routes::configure(config);
    product_routes::configure(config);
}
