//! Between which prices products are looked for.

use openapi::{Currency, Money};

use super::CatalogError;

/// Between which prices products are looked for, in minor units, both ends included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PriceRange {
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
}

impl PriceRange {
    /// Reads `minPrice` and `maxPrice`.
    pub(crate) fn parse(
        min: Option<&str>,
        max: Option<&str>,
        currency: Currency,
    ) -> Result<Self, CatalogError> {
        let price = |parameter, text: Option<&str>| {
            text.map(|text| Money::parse(text, currency).map(Money::minor))
                .transpose()
                .map_err(|error| CatalogError::Price { parameter, error })
        };
        let range = Self { min: price("minPrice", min)?, max: price("maxPrice", max)? };
        if range.min.zip(range.max).is_some_and(|(min, max)| min > max) {
            return Err(CatalogError::PriceRangeReversed);
        }
        Ok(range)
    }
}
