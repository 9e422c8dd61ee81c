//! The header `Idempotency-Key`.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use openapi::{FieldError, problem::FieldLocation};

use crate::error::ApiError;

const MAX_LENGTH: usize = 255;

/// What a client calls a request that it may send again. Without one the request is refused.
#[derive(Debug, Clone)]
pub(crate) struct IdempotencyKey(pub(super) String);

impl IdempotencyKey {
    pub(crate) const HEADER: &str = "Idempotency-Key";
}

/// The same where it is the client's choice.
#[derive(Debug, Clone)]
pub(crate) struct OptionalKey(pub(super) Option<IdempotencyKey>);

impl FromRequest for IdempotencyKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).and_then(|key| {
            key.ok_or_else(|| {
                refusal("required", "is needed: any name you have not used before, like a UUID")
            })
        }))
    }
}

impl FromRequest for OptionalKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map(Self))
    }
}

fn read(request: &HttpRequest) -> Result<Option<IdempotencyKey>, ApiError> {
    let mut lines = request.headers().get_all(IdempotencyKey::HEADER);
    let (first, second) = (lines.next(), lines.next());
    let Some(line) = first else {
        return Ok(None);
    };
    let key = line.to_str().unwrap_or_default().trim();
    let is_plain = key.bytes().all(|byte| byte.is_ascii_graphic());
    if second.is_none() && is_plain && (1..=MAX_LENGTH).contains(&key.len()) {
        Ok(Some(IdempotencyKey(key.to_owned())))
    } else {
        Err(refusal("key", "must be one name of 1 to 255 visible ASCII characters"))
    }
}

fn refusal(code: &str, detail: &str) -> ApiError {
    ApiError::InvalidParameters(vec![FieldError {
        r#in: FieldLocation::Header,
        pointer: None,
        parameter: Some(IdempotencyKey::HEADER.to_owned()),
        code: code.to_owned(),
        detail: detail.to_owned(),
    }])
}
