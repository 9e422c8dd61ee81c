//! What is to be sent to the collector, and who sends it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    Answered, Origin, Trace, TraceMetrics,
    origin::{SpanId, TraceId},
    otlp,
    span::Span,
};
use crate::{clock::Clock, config::TracesConfig, telemetry::Request};

/// Spans that wait. More are lost, and counted.
const MOST: usize = 4_096;
/// How many are sent at once.
const BATCH: usize = 512;
/// Longer than this is slow.
const SLOW: Duration = Duration::from_secs(1);
/// Traces sent in a second because their requests failed or were slow: in an outage all do and are.
const UNUSUAL_IN_A_SECOND: u32 = 10;
/// How long one attempt may take: a server that stops waits for it, and a collector is near.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why traces could not be sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TraceError {
    #[error("the collector does not answer: {0}")]
    Away(Box<ureq::Error>),
    #[error("the collector refuses: {0}")]
    Refused(u16),
    #[error("it was broken off")]
    BrokenOff,
}

/// The traces of one server.
#[derive(Debug, Clone)]
pub(crate) struct Traces(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: TracesConfig,
    clock: Clock,
    agent: ureq::Agent,
    metrics: TraceMetrics,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    spans: Vec<Span>,
    /// A second, and how many unusual traces it had.
    unusual: (i64, u32),
}

impl Traces {
    pub(crate) fn to(config: TracesConfig, clock: Clock, metrics: TraceMetrics) -> Self {
        let agent = ureq::Agent::config_builder().max_redirects(0);
        let agent = agent.timeout_global(Some(PATIENCE)).http_status_as_error(false);
        Self(Arc::new(Inner {
            config,
            clock,
            agent: agent.build().into(),
            metrics,
            waiting: Mutex::default(),
        }))
    }

    /// Where they go.
    pub(super) fn place(&self) -> &str {
        self.0.config.endpoint.as_str()
    }

    /// Begins to note what a request does.
    pub(crate) fn begin(&self, origin: Origin) -> Trace {
        let now = self.0.clock.now();
        let [high, low, random @ ..] = random::<14>();
        let id = origin.trace.unwrap_or_else(|| {
            // X-Ray wants to see the time in it.
            let mut id = [0; 16];
            id[..4].copy_from_slice(&u32::try_from(now.timestamp()).unwrap_or_default().to_be_bytes());
            id[4..].copy_from_slice(&random);
            TraceId(id)
        });
        let drawn = u32::from(u16::from_be_bytes([high, low]));
        let is_drawn = !origin.is_unwanted && drawn * 100 < self.0.config.percent << 16;
        Trace::noted(origin, id, is_drawn, now)
    }

    /// Has what a request did sent, if it was drawn, or if it failed or took long.
    pub(crate) fn end(&self, request: &Request, answered: &Answered<'_>) {
        let trace = &request.trace;
        let is_unusual = answered.status >= 500 || answered.elapsed > SLOW;
        if is_probe(answered.route) || !(trace.is_drawn() || is_unusual && self.may_send_unusual()) {
            return;
        }
        self.put(trace.spans(request, answered, || SpanId(random())));
    }

    fn may_send_unusual(&self) -> bool {
        let second = self.0.clock.now().timestamp();
        let (of, count) = &mut self.waiting().unusual;
        if *of != second {
            (*of, *count) = (second, 0);
        }
        *count += 1;
        *count <= UNUSUAL_IN_A_SECOND
    }

    /// A trace without some of its spans would mislead, so all are kept or none.
    fn put(&self, spans: Vec<Span>) {
        let mut waiting = self.waiting();
        if waiting.spans.len() + spans.len() > MOST {
            self.0.metrics.lost.inc_by(spans.len() as u64);
        } else {
            waiting.spans.extend(spans);
        }
    }

    /// Sends all that waits. What the collector cannot take now is kept for later.
    pub(crate) async fn send(&self) -> Result<(), TraceError> {
        loop {
            let batch: Vec<Span> = {
                let mut waiting = self.waiting();
                let most = waiting.spans.len().min(BATCH);
                waiting.spans.drain(..most).collect()
            };
            if batch.is_empty() {
                return Ok(());
            }
            let traces = self.clone();
            let sending = tokio::task::spawn_blocking(move || traces.post(batch));
            sending.await.unwrap_or(Err(TraceError::BrokenOff))?;
        }
    }

    /// Blocks.
    fn post(&self, batch: Vec<Span>) -> Result<(), TraceError> {
        let Inner { config, agent, metrics, .. } = &*self.0;
        let body = otlp::body(&config.service, &batch);
        let request = agent.post(config.endpoint.as_str()).header("content-type", "application/json");
        let status = match request.send(&body) {
            Ok(answer) => answer.status().as_u16(),
            Err(error) => {
                self.put(batch);
                return Err(TraceError::Away(Box::new(error)));
            }
        };
        match status {
            200..300 => {
                metrics.sent.inc_by(batch.len() as u64);
                return Ok(());
            }
            // What the protocol calls worth another attempt.
            429 | 502 | 503 | 504 => self.put(batch),
            _ => metrics.lost.inc_by(batch.len() as u64),
        }
        Err(TraceError::Refused(status))
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether it is asked every few seconds by who wants to know only that the server is there.
fn is_probe(route: Option<&str>) -> bool {
    matches!(route, Some("/health" | "/ready" | "/metrics"))
}

/// Numbers nobody could guess; zeros, where there are none.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let _ = getrandom::fill(&mut bytes);
    bytes
}
