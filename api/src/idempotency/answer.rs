//! An answer as it is kept.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use openapi::Data as One;
use serde::Serialize;

use crate::http::version_tag;

/// An answer that is given again to whoever sends the same request again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(super) status: u16,
    /// Beside those that every answer has.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) is_replayed: bool,
}

impl Answer {
    /// The header of an answer that was given before.
    pub(crate) const REPLAYED: &str = "Idempotent-Replayed";

    /// Something was done, and this is how things are now.
    pub(crate) fn ok(data: &impl Serialize) -> Self {
        let body = serde_json::to_vec(&One { data }).unwrap_or_default();
        Self { status: StatusCode::OK.as_u16(), headers: Vec::new(), body, is_replayed: false }
    }

    /// Something was made, and is found there.
    pub(crate) fn created(location: String, data: &impl Serialize) -> Self {
        let location = (header::LOCATION.to_string(), location);
        Self { status: StatusCode::CREATED.as_u16(), headers: vec![location], ..Self::ok(data) }
    }

    /// The same, of something whose changes are counted.
    pub(crate) fn versioned(mut self, version: i64) -> Self {
        self.headers.push((header::ETAG.to_string(), version_tag(version)));
        self
    }

    /// The answer as it goes out.
    pub(crate) fn respond(self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut answer = HttpResponse::build(status);
        answer.content_type("application/json").insert_header((header::CACHE_CONTROL, "no-store"));
        for (name, value) in self.headers {
            answer.insert_header((name, value));
        }
        if self.is_replayed {
            answer.insert_header((Self::REPLAYED, "true"));
        }
        answer.body(self.body)
    }
}
