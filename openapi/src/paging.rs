//! Where a page lies in its list.

use serde::{Deserialize, Serialize};
use validator::ValidationError;

/// The shortest page.
pub const MIN_LIMIT: u32 = 1;
/// The longest page.
pub const MAX_LIMIT: u32 = 100;
/// The length of a page that nobody asked another length for.
pub const DEFAULT_LIMIT: u32 = 20;
/// The last page that may be asked for by number; whoever reads further follows the cursor.
pub const MAX_PAGE: u32 = 100_000;
/// The longest cursor that is looked at.
pub const MAX_CURSOR_LENGTH: u64 = 1_000;

/// Which page this is: by number (with a total), or by cursor (at constant cost, however deep).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Meta {
    /// The list was asked for by `page`.
    Numbered(NumberedMeta),
    /// The list was asked for by `cursor`.
    Cursor(CursorMeta),
}

/// A page by number, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NumberedMeta {
    /// The number of this page; the first is 1.
    #[cfg_attr(feature = "schema", schema(minimum = 1, example = 1))]
    pub page: u32,
    /// How many entries a page has at most.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 100, example = 20))]
    pub limit: u32,
    /// How many entries there are on all pages.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 16))]
    pub total: u64,
    /// How many pages there are.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1))]
    pub total_pages: u64,
}

/// A page by cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CursorMeta {
    /// How many entries a page has at most.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 100, example = 20))]
    pub limit: u32,
    /// Send it back as `cursor` for the page that follows; null on the last page.
    #[cfg_attr(feature = "schema", schema(required, example = "eyJzIjoiLWNyZWF0ZWRBdCJ9"))]
    pub next_cursor: Option<String>,
}

/// A list is paged by number or by cursor, never by both at once.
pub(crate) fn one_kind(page: Option<u32>, cursor: Option<&str>) -> Result<(), ValidationError> {
    if page.is_some() && cursor.is_some() {
        return Err(
            ValidationError::new("pageAndCursor").with_message("page and cursor exclude each other".into())
        );
    }
    Ok(())
}

impl NumberedMeta {
    /// The meta of page `page` of a list with `total` entries.
    pub fn new(page: u32, limit: u32, total: u64) -> Self {
        Self { page, limit, total, total_pages: total.div_ceil(u64::from(limit.max(1))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_two_kinds_are_told_apart_by_their_fields() {
        let numbered = Meta::Numbered(NumberedMeta::new(2, 20, 41));
        let json = serde_json::json!({"page": 2, "limit": 20, "total": 41, "totalPages": 3});
        assert_eq!(serde_json::to_value(&numbered).unwrap(), json);
        assert_eq!(serde_json::from_value::<Meta>(json).unwrap(), numbered);

        let last = Meta::Cursor(CursorMeta { limit: 20, next_cursor: None });
        let json = serde_json::json!({"limit": 20, "nextCursor": null});
        assert_eq!(serde_json::to_value(&last).unwrap(), json);
        assert_eq!(serde_json::from_value::<Meta>(json).unwrap(), last);
    }

    proptest! {
        #[test]
        fn the_pages_hold_all_entries_and_none_is_empty(limit in 1..=MAX_LIMIT, total in 0..1_000_000_u64) {
            let pages = NumberedMeta::new(1, limit, total).total_pages;
            prop_assert!(pages * u64::from(limit) >= total);
            prop_assert!(pages == 0 || (pages - 1) * u64::from(limit) < total);
        }
    }
}
