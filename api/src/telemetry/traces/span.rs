//! A part of a trace, as it is sent.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::origin::{SpanId, TraceId};

/// Something that was done.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) trace: TraceId,
    pub(super) id: SpanId,
    pub(super) parent: Option<SpanId>,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) begun: Moment,
    pub(super) ended: Moment,
    pub(super) failed: bool,
    pub(super) attributes: Vec<(&'static str, Value)>,
}

/// Whose doing it was: the shop's own, or of somebody it asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Server,
    Client,
}

/// What is said of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(u64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment(pub(super) u128);

impl Moment {
    pub(super) fn after(begin: DateTime<Utc>, elapsed: Duration) -> Self {
        let begin = u128::try_from(begin.timestamp_micros()).unwrap_or_default() * 1_000;
        Self(begin + elapsed.as_nanos())
    }
}
