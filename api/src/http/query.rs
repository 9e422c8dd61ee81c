//! Query strings: every parameter known, well-formed and within its bounds, or all the reasons why not at once.

use std::{
    collections::HashSet,
    future::{Ready, ready},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use openapi::{FieldError, problem::FieldLocation};
use serde::de::DeserializeOwned;
use validator::Validate;

use super::broken_rules::flatten;
use crate::error::ApiError;

/// A query string that keeps all of its type's rules. Every field of the type must be optional.
#[derive(Debug)]
pub(crate) struct ValidQuery<T>(pub(crate) T);

/// For operations without parameters: refuses any.
pub(crate) type NoQuery = ValidQuery<NoParameters>;

/// No parameters at all.
#[derive(Debug, serde::Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoParameters {}

impl<T: DeserializeOwned + Validate> FromRequest for ValidQuery<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self).map_err(ApiError::InvalidParameters))
    }
}

fn parse<T: DeserializeOwned + Validate>(query: &str) -> Result<T, Vec<FieldError>> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|_| vec![wrong("", "encoding", "is not readable")])?;
    if let Some((name, _)) = pairs.iter().find(|(name, value)| is_unprintable(name) || is_unprintable(value))
    {
        return Err(vec![wrong(&printable(name), "control", "must not contain control characters")]);
    }
    let value: T = serde_urlencoded::from_str(query).map_err(|_| misfits::<T>(&pairs))?;
    match value.validate() {
        Ok(()) => Ok(value),
        Err(errors) => Err(flatten(&errors, "")
            .into_iter()
            .map(|(place, code, detail)| wrong(place.trim_start_matches('/'), &code, &detail))
            .collect()),
    }
}

/// Reads the parameters one by one, to find all that do not fit.
fn misfits<T: DeserializeOwned>(pairs: &[(String, String)]) -> Vec<FieldError> {
    let mut seen = HashSet::new();
    let mut errors = Vec::new();
    for (name, value) in pairs {
        if !seen.insert(name) {
            errors.push(wrong(&printable(name), "duplicate", "must be given once"));
            continue;
        }
        let alone = serde_urlencoded::to_string([(name, value)]).unwrap_or_default();
        if let Err(error) = serde_urlencoded::from_str::<T>(&alone) {
            let unknown = error.to_string().starts_with("unknown field");
            let (code, detail) = if unknown {
                ("unknown", "is not a parameter of this operation")
            } else {
                ("type", "is not of the type this parameter has")
            };
            errors.push(wrong(&printable(name), code, detail));
        }
    }
    errors
}

fn is_unprintable(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// A client's own name for a parameter, made fit for an answer.
fn printable(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(64).collect()
}

fn wrong(parameter: &str, code: &str, detail: &str) -> FieldError {
    FieldError {
        r#in: FieldLocation::Query,
        pointer: None,
        parameter: Some(parameter.to_owned()),
        code: code.to_owned(),
        detail: detail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::catalog::ProductListQuery;

    fn refused(query: &str) -> Vec<(String, String)> {
        let errors = parse::<ProductListQuery>(query).unwrap_err();
        errors.into_iter().map(|error| (error.parameter.unwrap(), error.code)).collect()
    }

    fn pair(name: &str, code: &str) -> (String, String) {
        (name.into(), code.into())
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        assert_eq!(
            refused("page=x&colour=red&limit=5&featured=yes&limit=6"),
            [
                pair("page", "type"),
                pair("colour", "unknown"),
                pair("featured", "type"),
                pair("limit", "duplicate")
            ]
        );
        assert_eq!(
            refused("page=0&limit=101&minPrice=-1&category=No"),
            [
                pair("category", "slug"),
                pair("limit", "range"),
                pair("minPrice", "money"),
                pair("page", "range")
            ]
        );
    }

    #[test]
    fn page_and_cursor_exclude_each_other() {
        assert_eq!(refused("page=1&cursor="), [pair("", "pageAndCursor")]);
    }

    #[test]
    fn control_characters_are_refused_wherever_they_stand() {
        assert_eq!(refused("cursor=%00"), [pair("cursor", "control")]);
    }

    #[test]
    fn a_good_query_is_read() {
        let query: ProductListQuery = parse("sort=-price&featured=true&minPrice=9.99").unwrap();
        assert_eq!(query.featured, Some(true));
        assert_eq!(query.min_price.as_deref(), Some("9.99"));
    }
}
