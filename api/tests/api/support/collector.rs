//! A collector of traces, which reads what it is sent by the protocol's own types.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};

use super::{
    AppBuilder, PATIENCE,
    stand_in::{self, Heard},
    within,
};

#[derive(Debug, Clone)]
pub struct Collector {
    address: SocketAddr,
    records: Arc<Mutex<Records>>,
}

#[derive(Debug, Default)]
struct Records {
    refuses: Option<&'static str>,
    refused: usize,
    bodies: Vec<String>,
}

/// A request, and what it called.
#[derive(Debug, Clone)]
pub struct Trace {
    pub whole: Span,
    pub calls: Vec<Span>,
}

impl Collector {
    pub async fn start() -> Self {
        let records = Arc::<Mutex<Records>>::default();
        let answering = records.clone();
        let address = stand_in::start(move |heard| hear(&mut locked(&answering), heard)).await;
        Self { address, records }
    }

    /// An application that sends it traces.
    pub fn sent_by(&self, app: AppBuilder, percent: u32) -> AppBuilder {
        app.with("OTEL_EXPORTER_OTLP_ENDPOINT", format!("http://{}", self.address))
            .with("TRACES_SAMPLE_PERCENT", percent)
    }

    /// Refuses with this status from now on, or no more.
    pub fn refuse_with(&self, status: Option<&'static str>) {
        locked(&self.records).refuses = status;
    }

    /// Waits until it has refused something.
    #[track_caller]
    pub fn has_refused(&self) -> impl Future<Output = ()> {
        let records = self.records.clone();
        within(PATIENCE, "the collector refuses", async move || (locked(&records).refused > 0).then_some(()))
    }

    /// Everything it was sent, word for word.
    pub fn text(&self) -> String {
        locked(&self.records).bodies.concat()
    }

    /// What it was told of the sender, each time.
    pub fn senders(&self) -> Vec<Vec<(String, String)>> {
        let sent = self.sent().into_iter().flat_map(|sent| sent.resource_spans);
        sent.map(|of| of.resource.unwrap().attributes.iter().map(said).collect()).collect()
    }

    /// What it was sent so far.
    pub fn traces(&self) -> Vec<Trace> {
        let spans: Vec<Span> = self
            .sent()
            .into_iter()
            .flat_map(|sent| sent.resource_spans)
            .flat_map(|resource| resource.scope_spans)
            .flat_map(|scope| scope.spans)
            .collect();
        let (wholes, calls): (Vec<Span>, Vec<Span>) =
            spans.into_iter().partition(|span| span.kind() == SpanKind::Server);
        let calls_of = |whole: &Span| {
            let belongs =
                |call: &&Span| call.trace_id == whole.trace_id && call.parent_span_id == whole.span_id;
            calls.iter().filter(belongs).cloned().collect()
        };
        wholes.into_iter().map(|whole| Trace { calls: calls_of(&whole), whole }).collect()
    }

    /// Waits until it has been sent so many.
    #[track_caller]
    pub fn has(&self, count: usize) -> impl Future<Output = Vec<Trace>> {
        let collector = self.clone();
        within(PATIENCE, format!("{count} traces arrive"), async move || {
            Some(collector.traces()).filter(|traces| traces.len() >= count)
        })
    }

    fn sent(&self) -> Vec<ExportTraceServiceRequest> {
        locked(&self.records).bodies.iter().map(|body| serde_json::from_str(body).unwrap()).collect()
    }
}

impl Trace {
    /// What was called, in turn.
    pub fn names(&self) -> Vec<&str> {
        self.calls.iter().map(|call| call.name.as_str()).collect()
    }
}

/// What is said of a span; nothing, if it is not said.
pub fn said_of(span: &Span, name: &str) -> String {
    let mut attributes = span.attributes.iter().map(said);
    attributes.find(|(known, _)| known == name).map_or_else(String::new, |(_, text)| text)
}

pub fn has_failed(span: &Span) -> bool {
    span.status.as_ref().is_some_and(|status| status.code() == StatusCode::Error)
}

fn hear(records: &mut Records, heard: &Heard) -> (&'static str, String) {
    if heard.target != "POST /v1/traces HTTP/1.1" || heard.header("content-type") != "application/json" {
        return ("404 Not Found", String::new());
    }
    if let Some(status) = records.refuses {
        records.refused += 1;
        return (status, String::new());
    }
    records.bodies.push(heard.body.clone());
    ("200 OK", "{}".to_owned())
}

fn said(attribute: &KeyValue) -> (String, String) {
    let text = match attribute.value.clone().unwrap().value.unwrap() {
        Value::StringValue(text) => text,
        Value::IntValue(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    (attribute.key.clone(), text)
}

fn locked(records: &Mutex<Records>) -> std::sync::MutexGuard<'_, Records> {
    records.lock().unwrap_or_else(PoisonError::into_inner)
}
