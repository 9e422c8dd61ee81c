//! JSON bodies: read whole, bounded in size and time, and validated before a handler sees them.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::BytesMut};
use futures_util::StreamExt;
use openapi::FieldError;
use serde::de::DeserializeOwned;
use validator::{Validate, ValidationErrors};

use super::{
    broken_rules::flatten,
    json_errors::{self, body_error},
};
use crate::error::ApiError;

/// The largest body that is read.
pub(super) const BODY_LIMIT: usize = 1024 * 1024;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(15);

/// For operations that need nothing from the body: none, or an empty object.
#[derive(Debug)]
pub(crate) struct NoBody;

#[derive(serde::Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct NoFields {}

impl FromRequest for NoBody {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let acceptable = check_headers(request);
        let body = payload.take();
        Box::pin(async move {
            let body = collect(body).await?;
            if !body.is_empty() {
                acceptable?;
                parse::<NoFields>(&body)?;
            }
            Ok(Self)
        })
    }
}

/// A JSON body that keeps all of its type's rules.
#[derive(Debug)]
pub struct ValidJson<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for ValidJson<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let acceptable = check_headers(request);
        let body = payload.take();
        Box::pin(async move {
            acceptable?;
            parse(&collect(body).await?).map(Self)
        })
    }
}

fn check_headers(request: &HttpRequest) -> Result<(), ApiError> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = header(header::CONTENT_TYPE).to_ascii_lowercase();
    let (media, parameters) = kind.split_once(';').unwrap_or((&kind, ""));
    if media.trim() != "application/json" {
        return Err(ApiError::UnsupportedMediaType("Send the body as application/json."));
    }
    let charset = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("charset="));
    if charset.is_some_and(|charset| charset.trim_matches('"') != "utf-8") {
        return Err(ApiError::UnsupportedMediaType("Send the body in UTF-8."));
    }
    if !matches!(header(header::CONTENT_ENCODING), "" | "identity") {
        return Err(ApiError::UnsupportedMediaType("Send the body uncompressed."));
    }
    let announced = header(header::CONTENT_LENGTH).parse::<usize>().unwrap_or_default();
    if announced > BODY_LIMIT {
        return Err(ApiError::BodyTooLarge { limit: BODY_LIMIT });
    }
    Ok(())
}

async fn collect(body: Payload) -> Result<BytesMut, ApiError> {
    tokio::time::timeout(BODY_TIMEOUT, collect_all(body)).await.unwrap_or(Err(ApiError::BodyTooSlow))
}

async fn collect_all(mut body: Payload) -> Result<BytesMut, ApiError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| ApiError::Malformed("The body broke off before its end.".into()))?;
        if bytes.len() + chunk.len() > BODY_LIMIT {
            return Err(ApiError::BodyTooLarge { limit: BODY_LIMIT });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, ApiError> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| ApiError::Malformed("The body is not UTF-8.".into()))?;
    // Whether it is JSON at all comes first: 400 means unreadable, 422 readable but wrong.
    let body = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
    let (value, mut errors) = json_errors::read::<T>(text, body);
    if let Some(value) = &value
        && let Err(broken) = value.validate()
    {
        let told: Vec<_> = errors.iter().filter_map(|error| error.pointer.clone()).collect();
        // What holds something mended cannot be judged as a whole, and what is in it is our own doing.
        let is_mended = |error: &FieldError| {
            let pointer = error.pointer.as_deref().unwrap_or_default();
            told.iter().any(|fault| is_within(fault, pointer) || is_within(pointer, fault))
        };
        errors.extend(body_errors(&broken).into_iter().filter(|error| !is_mended(error)));
    }
    match value {
        Some(value) if errors.is_empty() => Ok(value),
        _ => Err(ApiError::Invalid(errors)),
    }
}

/// Whether a place in a body is another one, or in it.
fn is_within(place: &str, other: &str) -> bool {
    place.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn unreadable(error: &serde_json::Error) -> ApiError {
    ApiError::Malformed(format!(
        "The body is no JSON: something is wrong at line {}, column {}.",
        error.line(),
        error.column()
    ))
}

fn body_errors(errors: &ValidationErrors) -> Vec<FieldError> {
    flatten(errors, "")
        .into_iter()
        .map(|(pointer, code, detail)| body_error(pointer, &code, detail))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, Validate)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Order {
        #[validate(length(min = 2, max = 5))]
        first_name: String,
        #[validate(nested)]
        order_lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize, Validate)]
    struct Line {
        #[validate(range(min = 1, max = 99))]
        quantity: u32,
    }

    fn refused(body: &str) -> Vec<(String, String)> {
        match parse::<Order>(body.as_bytes()) {
            Err(ApiError::Invalid(errors)) => {
                errors.into_iter().map(|error| (error.pointer.unwrap(), error.detail)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_broken_rule_is_named_with_its_place() {
        let errors = refused(r#"{"firstName": "x", "orderLines": [{"quantity": 1}, {"quantity": 100}]}"#);
        assert_eq!(
            errors,
            [
                ("/firstName".into(), "must be between 2 and 5 characters long".into()),
                ("/orderLines/1/quantity".into(), "must be between 1 and 99".into()),
            ]
        );
    }

    #[test]
    fn a_wrong_type_is_told_without_the_value() {
        let errors = refused(r#"{"firstName": "hush", "orderLines": [{"quantity": "secret"}]}"#);
        assert_eq!(errors, [("/orderLines/0/quantity".into(), "must be u32".into())]);
        assert_eq!(refused(r#"{"firstName": "hush"}"#), [("/orderLines".into(), "is missing".into())]);
        let unknown = refused(r#"{"firstName": "hush", "orderLines": [], "coupon": 1}"#);
        assert_eq!(unknown, [("/coupon".into(), "is not a field of this request".into())]);
    }

    #[test]
    fn wrong_types_missing_and_unknown_fields_and_broken_rules_are_told_at_once() {
        let errors = refused(
            r#"{"coupon": 1, "firstName": "x", "orderLines": [{"quantity": "2"}, {}, {"quantity": 0}, 7]}"#,
        );
        let places: Vec<_> = errors.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(
            places,
            [
                "/coupon",
                "/orderLines/0/quantity",
                "/orderLines/1/quantity",
                "/orderLines/3",
                "/firstName",
                "/orderLines/2/quantity"
            ]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_arrive_is_not_waited_for() {
        let body: Payload = Payload::from(
            Box::pin(futures_util::stream::pending()) as Pin<Box<dyn futures_util::Stream<Item = _>>>
        );
        assert!(matches!(collect(body).await, Err(ApiError::BodyTooSlow)));
    }

    #[test]
    fn broken_json_is_told_with_its_position() {
        for (body, place) in
            [("{\n  \"a\" 1}", "line 2, column 7"), ("", "line 1, column 0"), ("{} x", "line 1")]
        {
            match parse::<Order>(body.as_bytes()) {
                Err(ApiError::Malformed(detail)) => assert!(detail.contains(place), "{detail}"),
                other => panic!("{other:?}"),
            }
        }
    }
}
