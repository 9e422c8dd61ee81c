//! The address book.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    change::{given, not_null},
    rules,
};

/// An entry of the address book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub id: Uuid,
    /// What its owner calls it.
    #[cfg_attr(feature = "schema", schema(required, example = "Home"))]
    pub label: Option<String>,
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
    /// Written as in its country.
    #[cfg_attr(feature = "schema", schema(example = "00184"))]
    pub postal_code: String,
    /// Two letters (ISO 3166-1).
    #[cfg_attr(feature = "schema", schema(example = "IT"))]
    pub country: String,
    #[cfg_attr(feature = "schema", schema(required, example = "+39 06 1234567"))]
    pub phone: Option<String>,
    /// Whether checkout begins with it; one address of a book is.
    pub is_default: bool,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub updated_at: DateTime<Utc>,
}

/// A new entry of the address book.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewAddress {
    /// What its owner calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 100,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
            example = "Home"
        )
    )]
    pub label: Option<String>,
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
    /// The first address of a book is its default whatever this says.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(default = false))]
    pub is_default: bool,
}

/// What to change about an address. What is left out stays as it is; null clears.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddressChange {
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Home"))]
    pub label: Option<Option<String>>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Ada"))]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Lovelace"))]
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Via Appia 1"))]
    pub address1: Option<String>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, min_length = 1, max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Interno 4"))]
    pub address2: Option<Option<String>>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Roma"))]
    pub city: Option<String>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::address_line"))]
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "RM"))]
    pub state: Option<String>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::postal_code"))]
    #[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 20, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "00184"))]
    pub postal_code: Option<String>,
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::country_code"))]
    #[cfg_attr(feature = "schema", schema(schema_with = crate::country::schema))]
    pub country: Option<String>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::phone"))]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, min_length = 3, max_length = 30, pattern = r"^\+?[ ()./0-9-]*[0-9][ ()./0-9-]*$", example = "+39 06 1234567"))]
    pub phone: Option<Option<String>>,
    /// True makes it the default. To take that away, make another one the default.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = bool))]
    pub is_default: Option<bool>,
}
