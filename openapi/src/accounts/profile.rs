//! An account, and what its owner may change about it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    Locale,
    change::{given, not_null},
    rules,
};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum UserRole {
    Customer,
    Admin,
}

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "ada@example.com"))]
    pub email: String,
    /// Whether its owner has followed the link we sent to this address.
    pub email_verified: bool,
    #[cfg_attr(feature = "schema", schema(required, example = "Ada"))]
    pub first_name: Option<String>,
    #[cfg_attr(feature = "schema", schema(required, example = "Lovelace"))]
    pub last_name: Option<String>,
    pub role: UserRole,
    /// The language of mails.
    #[cfg_attr(feature = "schema", schema(required))]
    pub locale: Option<Locale>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub updated_at: DateTime<Utc>,
}

/// What to change about one's account. What is left out stays as it is; null clears.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileChange {
    /// Another address asks for `currentPassword`, and has to be verified anew.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::email"))]
    #[cfg_attr(
        feature = "schema",
        schema(value_type = String, min_length = 3, max_length = 254, format = "email", example = "ada@example.com")
    )]
    pub email: Option<String>,
    /// Needed when `email` changes.
    #[serde(default, deserialize_with = "not_null", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::given_password"))]
    #[cfg_attr(
        feature = "schema",
        schema(value_type = String,
            min_length = 1,
            max_length = 128,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            format = "password",
            example = "a kettle full of pelicans"
        )
    )]
    pub current_password: Option<String>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Ada"))]
    pub first_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::name"))]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, min_length = 1, max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$", example = "Lovelace"))]
    pub last_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Locale>))]
    pub locale: Option<Option<Locale>>,
}

impl std::fmt::Debug for ProfileChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProfileChange(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_out_and_null_are_two_things() {
        let change: ProfileChange = serde_json::from_str(r#"{"firstName": null}"#).unwrap();
        assert_eq!((change.first_name, change.last_name), (Some(None), None));
    }

    #[test]
    fn a_changed_name_keeps_the_rules_of_a_new_one() {
        let change = |name: &str| ProfileChange { first_name: Some(Some(name.into())), ..Default::default() };
        assert!(change("Ada").validate().is_ok());
        assert!(change("  ").validate().is_err());
    }
}
