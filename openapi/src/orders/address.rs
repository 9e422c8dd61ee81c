//! Where an order goes, and who pays for it.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::rules;

/// An address as an order keeps it. Of an account that was erased only the country and the state are left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderAddress {
    #[cfg_attr(feature = "schema", schema(example = "Ada"))]
    pub first_name: String,
    #[cfg_attr(feature = "schema", schema(example = "Lovelace"))]
    pub last_name: String,
    #[cfg_attr(feature = "schema", schema(example = "Via Appia 1"))]
    pub address1: String,
    #[cfg_attr(feature = "schema", schema(required, example = "Interno 4"))]
    pub address2: Option<String>,
    #[cfg_attr(feature = "schema", schema(example = "Roma"))]
    pub city: String,
    /// State, province or county.
    #[cfg_attr(feature = "schema", schema(example = "RM"))]
    pub state: String,
    #[cfg_attr(feature = "schema", schema(example = "00184"))]
    pub postal_code: String,
    /// Two letters (ISO 3166-1).
    #[cfg_attr(feature = "schema", schema(example = "IT"))]
    pub country: String,
    #[cfg_attr(feature = "schema", schema(required, example = "+39 06 1234567"))]
    pub phone: Option<String>,
}

/// An address to send something to, or to write an invoice for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostalAddress {
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Ada"
        )
    )]
    pub first_name: String,
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Lovelace"
        )
    )]
    pub last_name: String,
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Via Appia 1"
        )
    )]
    pub address1: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Interno 4"
        )
    )]
    pub address2: Option<String>,
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Roma"
        )
    )]
    pub city: String,
    /// State, province or county.
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "RM"
        )
    )]
    pub state: String,
    /// Written as in its country.
    #[validate(custom(function = "rules::postal_code"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 20,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "00184"
        )
    )]
    pub postal_code: String,
    /// Two letters (ISO 3166-1).
    #[validate(custom(function = "rules::country_code"))]
    #[cfg_attr(feature = "schema", schema(schema_with = crate::country::schema))]
    pub country: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::phone"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 30,
            pattern = r"^\+?[ ()./0-9-]*[0-9][ ()./0-9-]*$",
            example = "+39 06 1234567"
        )
    )]
    pub phone: Option<String>,
}
