//! An answer out of the cache, and how it came about.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
};
use chrono::{DateTime, TimeDelta, Utc};

use super::kept::Kept;
use crate::http::{CachePolicy, Representation};

const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Memory,
    Shared,
    Made,
    /// It may be out of date: the database is away.
    Stale,
}

/// An answer that is there.
#[derive(Debug)]
pub(crate) struct Answer {
    representation: Arc<Representation>,
    tags: HeaderValue,
    how: How,
    age: TimeDelta,
    /// Whether whoever keeps it on the way is told when it is out of date.
    is_purged: bool,
}

impl Answer {
    /// None where there is no such thing.
    pub(super) fn of(kept: &Kept, how: How, now: DateTime<Utc>, is_purged: bool) -> Option<Self> {
        let representation = kept.body.clone()?;
        Some(Self { representation, tags: kept.tag_header.clone(), how, age: kept.age(now), is_purged })
    }

    /// Answers a public GET.
    pub(crate) fn respond(self, request: &HttpRequest) -> HttpResponse {
        let is_old = self.how == How::Stale;
        let policy =
            if self.is_purged { CachePolicy::until_told(self.tags) } else { CachePolicy::public(self.tags) };
        let policy = if is_old { policy.of_the_past() } else { policy };
        let mut answer = self.representation.respond(request, &policy);
        answer.headers_mut().insert(CACHE_STATUS, self.how.status());
        if is_old {
            answer.headers_mut().insert(header::AGE, self.age.num_seconds().max(0).into());
        }
        answer
    }

    /// Answers the one person it is for.
    pub(crate) fn respond_personally(self) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
            .insert_header((header::CONTENT_TYPE, HeaderValue::from_static("application/json")))
            .body(self.representation.body().clone())
    }
}

impl How {
    /// As RFC 9211 has it.
    fn status(self) -> HeaderValue {
        match self {
            Self::Memory => HeaderValue::from_static("bottega; hit; detail=memory"),
            Self::Shared => HeaderValue::from_static("bottega; hit; detail=redis"),
            Self::Made => HeaderValue::from_static("bottega; fwd=miss"),
            Self::Stale => HeaderValue::from_static("bottega; hit; detail=database-away"),
        }
    }
}
