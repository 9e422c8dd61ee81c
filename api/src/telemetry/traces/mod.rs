//! Traces: what a request asked of the database and of Redis, when, and for how long. Whether one is sent is decided when
//! the request has been answered, so that those which failed or took long are never missing. Nothing here makes a request
//! wait, or fail.

mod metrics;
mod origin;
mod otlp;
mod outbox;
mod span;
mod trace;

use std::{sync::Arc, time::Duration};

use actix_web::web::Data;

pub(crate) use metrics::TraceMetrics;
pub(crate) use origin::Origin;
pub(crate) use outbox::Traces;
pub(crate) use trace::{Answered, Call, Trace, redis_call};

use crate::{background::Background, state::AppState};

/// How long spans are gathered.
const PAUSE: Duration = Duration::from_secs(1);

/// Sends traces for as long as the server runs, if there is somewhere to send them.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    let Some(traces) = &state.traces else { return };
    tracing::info!(collector = traces.place(), "sending traces");
    let traces = traces.clone();
    background.repeat("traces", PAUSE, Arc::default(), move |_| {
        let traces = traces.clone();
        async move { traces.send().await }
    });
}
