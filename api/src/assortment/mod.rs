//! The catalogue in the hands of administrators: what they make, change and remove, shoppers see at once.

mod categories;
mod category_queries;
mod category_routes;
mod choices;
mod conclude;
mod drafts;
mod offer;
mod product_list;
mod product_queries;
mod product_routes;
mod product_rows;
mod products;
mod records;
mod replace_options;
mod slugs;
mod stock;
mod stock_queries;
mod stock_routes;
mod variant_routes;
mod variants;

use sea_orm::{DbErr, SqlErr};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    broken::BrokenRule,
    catalog::CatalogError,
    db::{Passing, paging::CursorError},
    idempotency::OnceError,
};

pub(crate) use product_rows::{Arrival, ProductDraft, ProductRows, VariantDraft};
pub(crate) use slugs::slug_of;

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
    #[error("the variant that is named is not the product's")]
    UnknownVariant,
    #[error("the category that is named is none")]
    UnknownCategory,
    #[error("{} rules are broken", .0.len())]
    Broken(Vec<BrokenRule>),
    #[error("{} names are taken", .0.len())]
    Taken(Vec<BrokenRule>),
    #[error("a SKU or a choice was taken in the meantime")]
    VariantTaken,
    #[error("{} variants do not fit the options", .skus.len())]
    VariantsDoNotFit { skus: Vec<String> },
    #[error("more variants than a product has")]
    TooManyVariants,
    #[error("the last variant")]
    LastVariant,
    #[error("the variant was ordered")]
    VariantWasOrdered,
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
    Once(#[from] OnceError),
    #[error(transparent)]
    Database(DbErr),
}

impl From<DbErr> for AssortmentError {
    fn from(error: DbErr) -> Self {
        // What was looked for beforehand, and came this very moment.
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) if text.contains("product_variants") => {
                Self::VariantTaken
            }
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::SlugTaken,
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::UnknownCategory,
            _ => Self::Database(error),
        }
    }
}

impl Passing for AssortmentError {
    fn is_passing(&self) -> bool {
        match self {
            Self::Database(error) | Self::Once(OnceError::Database(error)) => error.is_passing(),
            _ => false,
        }
    }
}

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    category_routes::configure(config);
    product_routes::configure(config);
    variant_routes::configure(config);
    stock_routes::configure(config);
}
