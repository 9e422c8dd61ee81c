//! Answers for one person's eyes: nobody keeps them.

use actix_web::{HttpResponse, HttpResponseBuilder, http::header};
use serde::Serialize;

/// The answer where there is nothing to say.
pub(crate) fn nothing() -> HttpResponse {
    HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish()
}

/// An answer that no cache keeps.
pub(crate) fn personal(mut answer: HttpResponseBuilder, body: &impl Serialize) -> HttpResponse {
    answer.insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}
