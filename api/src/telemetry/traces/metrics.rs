//! What is counted of sending traces.

use prometheus::{IntCounter, IntCounterVec, Opts, Registry};

#[derive(Debug, Clone)]
pub(crate) struct TraceMetrics {
    pub(super) sent: IntCounter,
    pub(super) lost: IntCounter,
}

impl TraceMetrics {
    pub(crate) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let spans = IntCounterVec::new(
            Opts::new("trace_spans_total", "Spans that were sent to the collector, and that were lost."),
            &["outcome"],
        )?;
        registry.register(Box::new(spans.clone()))?;
        Ok(Self { sent: spans.with_label_values(&["sent"]), lost: spans.with_label_values(&["lost"]) })
    }
}
