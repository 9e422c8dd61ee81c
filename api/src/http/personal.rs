//! Answers for one person's eyes: nobody keeps them.

use actix_web::{HttpResponse, HttpResponseBuilder, http::header};
use serde::Serialize;

/// An answer that no cache keeps.
pub(crate) fn personal(mut answer: HttpResponseBuilder, body: &impl Serialize) -> HttpResponse {
    answer.insert_header((header::CACHE_CONTROL, "no-store")).json(body)
}
