//! What an answer says when something went wrong: RFC 9457 problem documents, and the codes they carry.

use serde::{Deserialize, Serialize};

/// A failed request, told in a form that programs and people can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Where this kind of problem is explained.
    #[cfg_attr(
        feature = "schema",
        schema(format = "uri-reference", example = "/api/docs/problems#not-found")
    )]
    pub r#type: String,
    /// The kind of problem in a few words; the same for every occurrence.
    #[cfg_attr(feature = "schema", schema(example = "Not found"))]
    pub title: String,
    /// The status of the answer.
    #[cfg_attr(feature = "schema", schema(minimum = 400, maximum = 599, example = 404))]
    pub status: u16,
    /// What went wrong this time, and what to do about it.
    #[cfg_attr(feature = "schema", schema(example = "There is no product with this id, slug or SKU."))]
    pub detail: String,
    /// The path that was asked for.
    #[cfg_attr(feature = "schema", schema(example = "/api/catalog/products/unheard-of"))]
    pub instance: String,
    /// Name it when you ask for help: the logs carry it too.
    #[cfg_attr(feature = "schema", schema(example = "0199aa10-7b5e-7cc2-8d5c-5d8f6d2c9d11"))]
    pub request_id: String,
    /// What programs branch on. Stable; clients treat codes they do not know by `status`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]+(_[A-Z]+)*$", example = "NOT_FOUND"))]
    pub code: String,
    /// Everything that was wrong with the request, at once. Only where single fields are to blame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// One thing wrong with one part of a request. Never carries the offending value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    pub r#in: FieldLocation,
    /// Where in the body (RFC 6901); the empty pointer is the body as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, example = "/shippingAddress/city"))]
    pub pointer: Option<String>,
    /// The name of the query parameter, path segment or header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, example = "limit"))]
    pub parameter: Option<String>,
    /// Which rule was broken.
    #[cfg_attr(feature = "schema", schema(example = "range"))]
    pub code: String,
    /// The rule in words.
    #[cfg_attr(feature = "schema", schema(example = "must be between 1 and 100"))]
    pub detail: String,
}

/// The part of a request a [`FieldError`] speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FieldLocation {
    Body,
    Query,
    Path,
    Header,
}

/// The kinds of problem there are: their stable codes, statuses and meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    BadRequest,
    InvalidParameter,
    Unauthorized,
    InvalidCredentials,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    RequestTimeout,
    Conflict,
    OutOfStock,
    TotalChanged,
    IllegalTransition,
    RequestRunning,
    PreconditionFailed,
    PayloadTooLarge,
    UnsupportedMediaType,
    ValidationError,
    KeyReused,
    RateLimited,
    InternalError,
    ServiceUnavailable,
    NotReady,
    RequestTimedOut,
}

impl ProblemCode {
    /// All of them, in the order in which they are documented.
    pub const ALL: [Self; 23] = [
        Self::BadRequest,
        Self::InvalidParameter,
        Self::Unauthorized,
        Self::InvalidCredentials,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::RequestTimeout,
        Self::Conflict,
        Self::OutOfStock,
        Self::TotalChanged,
        Self::IllegalTransition,
        Self::RequestRunning,
        Self::PreconditionFailed,
        Self::PayloadTooLarge,
        Self::UnsupportedMediaType,
        Self::ValidationError,
        Self::KeyReused,
        Self::RateLimited,
        Self::InternalError,
        Self::ServiceUnavailable,
        Self::NotReady,
        Self::RequestTimedOut,
    ];

    /// The code, status, title and meaning of this kind.
    #[expect(clippy::too_many_lines, reason = "a table, with a row for each kind")]
    fn facts(self) -> (&'static str, u16, &'static str, &'static str) {
        match self {
            Self::BadRequest => (
                "BAD_REQUEST",
                400,
                "Malformed request",
                "The request could not be read, for instance because its body is no JSON. The detail says where.",
            ),
            Self::InvalidParameter => (
                "INVALID_PARAMETER",
                400,
                "Invalid parameter",
                "A query parameter or a part of the path is unknown or breaks a rule. `errors` names each of them.",
            ),
            Self::Unauthorized => (
                "UNAUTHORIZED",
                401,
                "Not signed in",
                "This operation is for those who are signed in, and the token is missing, over, or of a session that has \
                 ended. Refresh it, or sign in.",
            ),
            Self::InvalidCredentials => (
                "INVALID_CREDENTIALS",
                401,
                "Wrong e-mail address or password",
                "There is no account that can sign in with this e-mail address and this password.",
            ),
            Self::Forbidden => (
                "FORBIDDEN",
                403,
                "Not allowed",
                "Whoever is signed in may not do this, or the page that asks may not.",
            ),
            Self::NotFound => {
                ("NOT_FOUND", 404, "Not found", "There is nothing at this address, or nothing that is yours.")
            }
            Self::MethodNotAllowed => (
                "METHOD_NOT_ALLOWED",
                405,
                "Method not allowed",
                "The address exists, but not for this method. The `Allow` header names those it exists for.",
            ),
            Self::RequestTimeout => (
                "REQUEST_TIMEOUT",
                408,
                "Request too slow",
                "The body did not arrive in time. Send it again.",
            ),
            Self::Conflict => (
                "CONFLICT",
                409,
                "Conflict",
                "The request is sound, but not in the present state of things. The detail says what stands in its way.",
            ),
            Self::OutOfStock => (
                "OUT_OF_STOCK",
                409,
                "Not enough left",
                "There is not enough left of something that was to be bought. `errors` names each item. Nothing was ordered.",
            ),
            Self::TotalChanged => (
                "TOTAL_CHANGED",
                409,
                "Another price",
                "It does not cost any more what the customer was shown. `totals` says what it costs now. Nothing was ordered.",
            ),
            Self::IllegalTransition => (
                "ILLEGAL_TRANSITION",
                409,
                "Not from here",
                "An order of this status cannot become one of that. `allowed` says what it can become.",
            ),
            Self::RequestRunning => (
                "REQUEST_RUNNING",
                409,
                "Still running",
                "A request with this `Idempotency-Key` is still running. `Retry-After` says in how many seconds to ask again.",
            ),
            Self::PreconditionFailed => (
                "PRECONDITION_FAILED",
                412,
                "Changed in the meantime",
                "What `If-Match` names is not the present version any more. Read it again, then decide.",
            ),
            Self::PayloadTooLarge => (
                "PAYLOAD_TOO_LARGE",
                413,
                "Body too large",
                "The body is larger than this operation accepts.",
            ),
            Self::UnsupportedMediaType => (
                "UNSUPPORTED_MEDIA_TYPE",
                415,
                "Unsupported media type",
                "The body is of a media type or encoding this operation does not read. Send `application/json` in UTF-8.",
            ),
            Self::ValidationError => (
                "VALIDATION_ERROR",
                422,
                "Rules broken",
                "The body is well-formed JSON but breaks a rule. `errors` names each of them.",
            ),
            Self::KeyReused => (
                "IDEMPOTENCY_KEY_REUSED",
                422,
                "Key used for something else",
                "This `Idempotency-Key` was sent with another request before. Every request has a key of its own; only \
                 its repetitions have the same.",
            ),
            Self::RateLimited => (
                "RATE_LIMITED",
                429,
                "Too many requests",
                "This client asked too often. `Retry-After` says in how many seconds to try again.",
            ),
            Self::InternalError => (
                "INTERNAL_ERROR",
                500,
                "Internal error",
                "A bug on our side. It is in the logs under the request id.",
            ),
            Self::ServiceUnavailable => (
                "SERVICE_UNAVAILABLE",
                503,
                "Service unavailable",
                "Something this answer needs is away. `Retry-After` says in how many seconds to try again.",
            ),
            Self::NotReady => (
                "NOT_READY",
                503,
                "Not ready",
                "This process should not be sent requests now: it is starting, draining, or a dependency is away.",
            ),
            Self::RequestTimedOut => (
                "REQUEST_TIMED_OUT",
                503,
                "Request timed out",
                "The answer took too long and was given up. `Retry-After` says in how many seconds to try again.",
            ),
        }
    }

    /// The stable code, like `NOT_FOUND`.
    pub fn as_str(self) -> &'static str {
        self.facts().0
    }

    /// The HTTP status it is answered with.
    pub fn status(self) -> u16 {
        self.facts().1
    }

    /// A few words for people.
    pub fn title(self) -> &'static str {
        self.facts().2
    }

    /// What it means, and what to do.
    pub fn meaning(self) -> &'static str {
        self.facts().3
    }

    /// The part of the problem page that explains it, like `not-found`.
    pub fn anchor(self) -> String {
        self.as_str().to_ascii_lowercase().replace('_', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once() {
        let mut codes: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ProblemCode::ALL.len());
    }

    #[test]
    fn errors_are_left_out_where_there_are_none() {
        let problem = Problem {
            r#type: "/api/docs/problems#not-found".into(),
            title: "Not found".into(),
            status: 404,
            detail: "There is nothing here.".into(),
            instance: "/nowhere".into(),
            request_id: "1".into(),
            code: "NOT_FOUND".into(),
            errors: vec![],
        };
        let json = serde_json::to_value(&problem).unwrap();
        assert!(json.get("errors").is_none());
        assert_eq!(serde_json::from_value::<Problem>(json).unwrap(), problem);
    }
}
