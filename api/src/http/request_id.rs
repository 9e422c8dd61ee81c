//! The name of a request: what the client calls it if that is sane, else a new id.

use std::fmt;

use actix_web::{HttpMessage, HttpRequest, dev::ServiceRequest};

use crate::clock::IdSource;

/// The header it comes in and goes out with.
pub(super) const HEADER: &str = "x-request-id";
const MAX_LENGTH: usize = 128;

/// The name of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestId(String);

impl RequestId {
    /// Names a request that has just come in.
    pub(super) fn assign(request: &ServiceRequest, ids: &IdSource) -> Self {
        let given =
            request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|text| is_sane(text));
        let id = Self(given.map_or_else(|| ids.next().to_string(), str::to_owned));
        request.extensions_mut().insert(id.clone());
        id
    }
}

/// What an answer says about the request it answers.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) path: String,
    pub(crate) id: String,
}

impl Facts {
    pub(crate) fn of(request: &ServiceRequest) -> Self {
        Self { path: request.path().to_owned(), id: request_id(request.request()) }
    }
}

/// What the request is called.
pub(crate) fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map_or_else(|| "unnamed".into(), ToString::to_string)
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Short and of harmless characters: it is written into logs and headers.
fn is_sane(text: &str) -> bool {
    (1..=MAX_LENGTH).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/+=".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_harmless_names_are_taken_over() {
        assert!(is_sane("0199aa10-7b5e-7cc2"));
        assert!(is_sane("Root=1-67891233-abcdef"));
        for bad in ["", "a b", "a\"b", "a\n", "é", &"a".repeat(129)] {
            assert!(!is_sane(bad), "{bad:?}");
        }
    }
}
