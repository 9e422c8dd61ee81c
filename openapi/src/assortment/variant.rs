//! Making and changing what is sold of a product.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::Choice;
use crate::{
    change::{given, not_null},
    rules,
};

/// The most variants a product has.
pub const MAX_VARIANTS: usize = 2_000;

/// A new variant of a product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewVariant {
    /// No other variant's, of any product. Kept in upper case.
    #[validate(custom(function = "rules::sku"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 64,
            pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
            example = "MENS-CLASSIC-TEE-M"
        )
    )]
    pub sku: String,
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(feature = "schema", schema(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$", example = "29.99"))]
    pub price: String,
    /// What it cost before, or costs elsewhere. More than 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::positive_amount"))]
    #[cfg_attr(feature = "schema", schema(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$", example = "39.99"))]
    pub compare_at: Option<String>,
    /// How many there are, which begins its ledger; 0 unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 0, max = 1_000_000))]
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, default = 0))]
    pub stock: Option<i32>,
    /// One value for each of the product's options, as no other of its variants has them.
    #[serde(default)]
    #[validate(nested)]
    pub options: Choice,
    /// Whether it is the one that lists show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(default = false))]
    pub is_default: Option<bool>,
}

/// What to change about a variant. What is left out stays as it is. Its stock is put right through the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VariantChange {
    /// No other variant's, of any product. Kept in upper case.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::sku"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            value_type = String,
            min_length = 1,
            max_length = 64,
            pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
            example = "MENS-CLASSIC-TEE-M"
        )
    )]
    pub sku: Option<String>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(
        feature = "schema",
        schema(value_type = String, pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$", example = "29.99")
    )]
    pub price: Option<String>,
    /// What it cost before, or costs elsewhere. More than 0; null where there is nothing to compare.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::positive_amount"))]
    #[cfg_attr(
        feature = "schema",
        schema(value_type = Option<String>, pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$", example = "39.99")
    )]
    pub compare_at: Option<Option<String>>,
    /// One value for each of the product's options, as no other of its variants has them.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    #[cfg_attr(feature = "schema", schema(value_type = Choice))]
    pub options: Option<Choice>,
    /// True makes it the one that lists show, in the place of the one that was. That one cannot be told to be none.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = bool))]
    pub is_default: Option<bool>,
}
