//! The variable part of a path: an id, or a text like `{idOrSlug}`, short and printable before a handler sees it.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use openapi::{FieldError, problem::FieldLocation};
use uuid::Uuid;

use crate::error::ApiError;

/// The one variable part of a path.
#[derive(Debug)]
pub(crate) struct PathText(pub(crate) String);

const MAX_LENGTH: usize = 200;

impl FromRequest for PathText {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (name, text) = request.match_info().iter().next().unwrap_or_default();
        let length = text.chars().count();
        let refused = if !(1..=MAX_LENGTH).contains(&length) {
            Some(("length", format!("must be between 1 and {MAX_LENGTH} characters long")))
        } else if text.chars().any(char::is_control) {
            Some(("control", "must not contain control characters".to_owned()))
        } else {
            None
        };
        ready(match refused {
            None => Ok(Self(text.to_owned())),
            Some((code, detail)) => Err(refusal(name, code, detail)),
        })
    }
}

/// An id as the one variable part of the path.
#[derive(Debug)]
pub(crate) struct PathId(pub(crate) Uuid);

impl FromRequest for PathId {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(id(request.match_info().iter().next()).map(Self))
    }
}

/// The ids in a path that has two: of a thing, and of a part of it.
#[derive(Debug)]
pub(crate) struct PathIds(pub(crate) Uuid, pub(crate) Uuid);

impl FromRequest for PathIds {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut parts = request.match_info().iter();
        let (whole, part) = (id(parts.next()), id(parts.next()));
        ready(whole.and_then(|whole| part.map(|part| Self(whole, part))))
    }
}

fn id(part: Option<(&str, &str)>) -> Result<Uuid, ApiError> {
    let (name, text) = part.unwrap_or_default();
    Uuid::try_parse(text).map_err(|_| refusal(name, "uuid", "must be a UUID".into()))
}

fn refusal(name: &str, code: &str, detail: String) -> ApiError {
    ApiError::InvalidParameters(vec![FieldError {
        r#in: FieldLocation::Path,
        pointer: None,
        parameter: Some(name.to_owned()),
        code: code.to_owned(),
        detail,
    }])
}
