//! The two shapes of a successful answer: one thing, or one page of many.

use serde::{Deserialize, Serialize};

use crate::paging::Meta;

/// One thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Data<T> {
    pub data: T,
}

/// One page of a list, and where it lies in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub data: Vec<T>,
    pub meta: Meta,
}
