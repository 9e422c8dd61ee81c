//! What proves who somebody is, and what they get for it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::User;
use crate::{Locale, cart::CartNotice, rules};

/// A new account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterRequest {
    #[validate(custom(function = "rules::email"))]
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 3, max_length = 254, format = "email", example = "ada@example.com")
    )]
    pub email: String,
    /// 8 to 128 characters of any script; not one of the most common passwords.
    #[validate(custom(function = "rules::new_password"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 8,
            max_length = 128,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            format = "password",
            example = "a kettle full of pelicans"
        )
    )]
    pub password: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    pub first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    pub last_name: Option<String>,
    /// The language of mails; that of `Accept-Language` unless told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

/// Signing in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoginRequest {
    #[validate(custom(function = "rules::email"))]
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 3, max_length = 254, format = "email", example = "ada@example.com")
    )]
    pub email: String,
    #[validate(custom(function = "rules::given_password"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 128,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            format = "password",
            example = "a kettle full of pelicans"
        )
    )]
    pub password: String,
}

/// Whoever signs in gets this, and the refresh token in a cookie.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    pub user: User,
    /// Send it as `Authorization: Bearer …`.
    #[cfg_attr(
        feature = "schema",
        schema(example = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6IjEyMzQ1Njc4In0.e30.c2lnbmF0dXJl")
    )]
    pub token: String,
    /// Until when the token is good; ask for another with `POST /api/auth/refresh`.
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:15:00.000Z"))]
    pub expires_at: DateTime<Utc>,
    /// What there is less of than was wanted, now that the guest's cart is the customer's.
    pub cart_notices: Vec<CartNotice>,
}

/// Another password for somebody who knows the present one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePasswordRequest {
    #[validate(custom(function = "rules::given_password"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 128,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            format = "password",
            example = "a kettle full of pelicans"
        )
    )]
    pub current_password: String,
    #[validate(custom(function = "rules::new_password"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 8,
            max_length = 128,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            format = "password",
            example = "two pelicans in a teapot"
        )
    )]
    pub new_password: String,
}

/// Asks for a link to set another password with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForgotPasswordRequest {
    #[validate(custom(function = "rules::email"))]
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 3, max_length = 254, format = "email", example = "ada@example.com")
    )]
    pub email: String,
}

/// Another password for somebody who has the link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResetPasswordRequest {
    /// What the link carries as `token`.
    #[validate(custom(function = "rules::link_token"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = "^[A-Za-z0-9_-]*$",
            example = "sD3dUNLJfMdqHBWQnrAg9LTc1bsQEFJuKUbNNhlZ1nE"
        )
    )]
    pub token: String,
    #[validate(custom(function = "rules::new_password"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 8,
            max_length = 128,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            format = "password",
            example = "two pelicans in a teapot"
        )
    )]
    pub password: String,
}

/// Proves that an e-mail address is one's own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyEmailRequest {
    /// What the link carries as `token`.
    #[validate(custom(function = "rules::link_token"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = "^[A-Za-z0-9_-]*$",
            example = "sD3dUNLJfMdqHBWQnrAg9LTc1bsQEFJuKUbNNhlZ1nE"
        )
    )]
    pub token: String,
}

/// Ends an account for good.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EraseRequest {
    /// The account's password: nobody else's hand must do this.
    #[validate(custom(function = "rules::given_password"))]
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 128,
            pattern = r"^[^\x00-\x1f\x7f-\x9f]*$",
            format = "password",
            example = "a kettle full of pelicans"
        )
    )]
    pub password: String,
}

/// Types that hold secrets print as their name alone, wherever they end up being printed.
macro_rules! prints_no_secret {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

prints_no_secret!(
    RegisterRequest,
    LoginRequest,
    SignedIn,
    ChangePasswordRequest,
    ResetPasswordRequest,
    VerifyEmailRequest,
    EraseRequest
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_printed() {
        let request = LoginRequest { email: "ada@example.com".into(), password: "hush, hush".into() };
        assert_eq!(format!("{request:?}"), "LoginRequest(…)");
    }

    #[test]
    fn an_account_needs_an_address_and_a_password_of_eight_characters() {
        let request = |email: &str, password: &str| RegisterRequest {
            email: email.into(),
            password: password.into(),
            first_name: None,
            last_name: None,
            locale: None,
        };
        assert!(request("ada@example.com", "pélican!").validate().is_ok());
        assert!(request("ada@example.com", "pelican").validate().is_err());
        assert!(request("ada", "pelicans").validate().is_err());
    }
}
