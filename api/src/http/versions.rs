//! Changing only what one has seen: `ETag`s made of versions, and `If-Match`.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder, dev::Payload, http::header};
use openapi::Data as One;
use serde::Serialize;

use super::personal;
use crate::error::ApiError;

/// One thing for somebody who may change it, with the `ETag` that changing it asks for.
pub(crate) fn versioned(mut answer: HttpResponseBuilder, version: i64, data: impl Serialize) -> HttpResponse {
    answer.insert_header((header::ETAG, version_tag(version)));
    personal(answer, &One { data })
}

/// The `ETag` of a version.
pub(crate) fn version_tag(version: i64) -> String {
    format!("\"v{version}\"")
}

/// Which versions a change is meant for, if the client says so.
#[derive(Debug)]
pub(crate) struct IfMatch(Option<Vec<String>>);

impl IfMatch {
    /// Meant for whatever version there is.
    pub(crate) fn any() -> Self {
        Self(None)
    }

    /// Whether the change is meant for this version.
    pub(crate) fn holds(&self, version: i64) -> bool {
        let tag = version_tag(version);
        self.0.as_ref().is_none_or(|wanted| wanted.iter().any(|wanted| *wanted == "*" || *wanted == tag))
    }
}

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let lines: Vec<_> = request.headers().get_all(header::IF_MATCH).collect();
        let tags = lines
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(|tag| tag.trim().to_owned())
            .collect();
        ready(Ok(Self((!lines.is_empty()).then_some(tags))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_meant_for_the_versions_it_names() {
        let naming = |tags: &[&str]| IfMatch(Some(tags.iter().map(|tag| (*tag).to_owned()).collect()));
        assert!(IfMatch(None).holds(3));
        assert!(
            naming(&["\"v3\""]).holds(3) && naming(&["*"]).holds(3) && naming(&["\"v2\"", "\"v3\""]).holds(3)
        );
        assert!(
            !naming(&["\"v2\""]).holds(3) && !naming(&["W/\"v3\""]).holds(3) && !naming(&["v3"]).holds(3)
        );
        assert!(!naming(&[]).holds(3));
    }
}
