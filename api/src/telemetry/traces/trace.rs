//! What is noted of a request while it is worked on.

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};

use super::{
    super::Request,
    origin::{Origin, SpanId, TraceId},
    span::{Kind, Moment, Span, Value},
};

/// More calls than this are counted only.
const MOST_CALLS: usize = 64;

/// The trace a request belongs to.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    origin: Origin,
    notes: Option<Notes>,
}

/// What the request did so far.
#[derive(Debug)]
struct Notes {
    is_drawn: bool,
    begun: Instant,
    begun_at: DateTime<Utc>,
    calls: RefCell<Vec<(Call, Instant)>>,
    left_out: Cell<u64>,
}

/// Something a request asked of the database or of Redis.
#[derive(Debug)]
pub(crate) struct Call {
    /// `postgresql`, `sqlite` or `redis`.
    pub system: &'static str,
    pub operation: String,
    /// The statement, without its values.
    pub text: Option<String>,
    pub took: Duration,
    pub failed: bool,
}

/// How a request ended.
#[derive(Debug)]
pub(crate) struct Answered<'a> {
    pub route: Option<&'a str>,
    pub status: u16,
    pub elapsed: Duration,
    /// Where the cache had the answer, if it could have one.
    pub source: Option<&'a str>,
}

impl Trace {
    /// A trace nothing is sent of.
    pub(crate) fn of(origin: Origin) -> Self {
        Self { origin, notes: None }
    }

    /// A trace that may be sent: for sure if it is drawn, else if the request turns out to be unusual.
    pub(super) fn noted(origin: Origin, id: TraceId, is_drawn: bool, now: DateTime<Utc>) -> Self {
        let notes = Notes {
            is_drawn,
            begun: Instant::now(),
            begun_at: now,
            calls: RefCell::default(),
            left_out: Cell::default(),
        };
        Self { origin: Origin { trace: Some(id), ..origin }, notes: Some(notes) }
    }

    /// What it is called, if anybody has named it.
    pub(crate) fn id(&self) -> Option<TraceId> {
        self.origin.trace
    }

    pub(super) fn is_drawn(&self) -> bool {
        self.notes.as_ref().is_some_and(|notes| notes.is_drawn)
    }

    /// Notes a call that has just ended, if this trace may be sent.
    pub(crate) fn note(&self, call: impl FnOnce() -> Call) {
        let Some(notes) = &self.notes else { return };
        let mut calls = notes.calls.borrow_mut();
        if calls.len() < MOST_CALLS {
            calls.push((call(), Instant::now()));
        } else {
            notes.left_out.update(|count| count + 1);
        }
    }

    /// What was noted, the request itself first; nothing if nobody could be sent it.
    pub(super) fn spans(
        &self,
        request: &Request,
        answered: &Answered<'_>,
        mut new_id: impl FnMut() -> SpanId,
    ) -> Vec<Span> {
        let (Some(trace), Some(notes)) = (self.origin.trace, &self.notes) else { return vec![] };
        let at = |elapsed| Moment::after(notes.begun_at, elapsed);
        let id = new_id();
        let whole = Span {
            trace,
            id,
            parent: self.origin.parent,
            // Never the path: paths are without number.
            name: answered
                .route
                .map_or_else(|| request.method.to_string(), |route| format!("{} {route}", request.method)),
            kind: Kind::Server,
            begun: at(Duration::ZERO),
            ended: at(answered.elapsed),
            failed: answered.status >= 500,
            attributes: said_of(request, answered, notes),
        };
        let calls = notes.calls.take().into_iter().map(|(call, ended)| {
            let ended = ended.duration_since(notes.begun);
            let mut attributes = vec![
                ("db.system.name", call.system.into()),
                ("db.operation.name", call.operation.as_str().into()),
            ];
            attributes.extend(call.text.map(|text| ("db.query.text", Value::Text(text))));
            Span {
                trace,
                id: new_id(),
                parent: Some(id),
                name: format!("{} {}", call.system, call.operation),
                kind: Kind::Client,
                begun: at(ended.saturating_sub(call.took)),
                ended: at(ended),
                failed: call.failed,
                attributes,
            }
        });
        std::iter::once(whole).chain(calls).collect()
    }
}

fn said_of(request: &Request, answered: &Answered<'_>, notes: &Notes) -> Vec<(&'static str, Value)> {
    let mut said = vec![
        ("http.request.method", request.method.as_str().into()),
        ("url.path", request.path.as_str().into()),
        ("http.response.status_code", Value::Number(answered.status.into())),
        ("request_id", request.id.as_str().into()),
    ];
    said.extend(answered.route.map(|route| ("http.route", route.into())));
    said.extend(answered.source.map(|source| ("cache", source.into())));
    if answered.status >= 500 {
        said.push(("error.type", Value::Text(answered.status.to_string())));
    }
    if notes.left_out.get() > 0 {
        said.push(("calls_left_out", Value::Number(notes.left_out.get())));
    }
    said
}

/// Asks Redis something, and notes that for the request it is done for.
pub(crate) async fn redis_call<T, E>(
    operation: &str,
    asked: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let begun = Instant::now();
    let answer = asked.await;
    Request::note(|| Call {
        system: "redis",
        operation: operation.to_owned(),
        text: None,
        took: begun.elapsed(),
        failed: answer.is_err(),
    });
    answer
}
