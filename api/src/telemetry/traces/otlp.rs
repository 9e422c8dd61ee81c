//! Spans in the words of the OpenTelemetry protocol, as JSON.

use serde_json::json;

use super::span::{Kind, Span, Value};
use crate::version;

/// The body of a request to a collector.
pub(super) fn body(service: &str, spans: &[Span]) -> String {
    let about = [
        ("service.name", service.into()),
        ("service.version", version::VERSION.into()),
        ("vcs.ref.head.revision", version::COMMIT.into()),
    ];
    json!({"resourceSpans": [{
        "resource": {"attributes": attributes(&about)},
        "scopeSpans": [{
            "scope": {"name": "bottega"},
            "spans": spans.iter().map(span).collect::<Vec<_>>(),
        }],
    }]})
    .to_string()
}

/// Numbers of more than 32 bits are texts, as the protocol wants it.
fn span(span: &Span) -> serde_json::Value {
    json!({
        "traceId": span.trace.to_string(),
        "spanId": span.id.to_string(),
        "parentSpanId": span.parent.map_or_else(String::new, |parent| parent.to_string()),
        "name": span.name,
        "kind": match span.kind { Kind::Server => 2, Kind::Client => 3 },
        "startTimeUnixNano": span.begun.0.to_string(),
        "endTimeUnixNano": span.ended.0.to_string(),
        "attributes": attributes(&span.attributes),
        "status": if span.failed { json!({"code": 2}) } else { json!({}) },
    })
}

fn attributes(attributes: &[(&str, Value)]) -> Vec<serde_json::Value> {
    let attribute = |(key, value): &(&str, Value)| match value {
        Value::Text(text) => json!({"key": key, "value": {"stringValue": text}}),
        Value::Number(number) => json!({"key": key, "value": {"intValue": number.to_string()}}),
    };
    attributes.iter().map(attribute).collect()
}
