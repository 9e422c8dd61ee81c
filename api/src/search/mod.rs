//! Finding products and categories by what people type: words, prefixes, typing errors, synonyms; suggesting while they
//! type; what is popular. The words of products are kept by [`reindex`], called by whoever writes products.

mod answers;
mod bands;
mod categories;
mod engine;
mod fold;
mod found;
mod index;
mod popular;
mod question;
mod routes;
mod service;
mod spelling;
mod synonyms;
pub(crate) mod tally;
mod upkeep;
mod vocabulary;
mod wanted;
mod words;

use sea_orm::DbErr;

use crate::catalog::CatalogError;

pub use fold::fold;
pub(crate) use index::note_availability;
pub use index::reindex;
pub(crate) use routes::configure;
pub(crate) use synonyms::{SynonymError, configure as configure_synonyms};
pub(crate) use tally::Tally;
pub(crate) use upkeep::{reindex_everything, start};

/// What all that search answers depends on, beside the products: synonyms, which every search looks at.
pub(crate) const TAG: &str = "search";

/// What can go wrong with searching.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Database(#[from] DbErr),
}
