//! How a log line is written: a readable one for people, JSON for machines. What is logged while a request is worked on
//! names it.

use std::fmt::{self, Debug};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    fmt::{
        FmtContext, FormatEvent, FormatFields,
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    registry::LookupSpan,
};

use super::Request;
use crate::config::LogFormat;

/// Writes a line for each event.
pub(super) struct Line(pub(super) LogFormat);

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let (metadata, request) = (event.metadata(), Request::current());
        match self.0 {
            LogFormat::Json => {
                out.write_str("{\"timestamp\":\"")?;
                SystemTime.format_time(&mut out)?;
                write!(out, "\",\"level\":\"{}\",\"target\":\"{}\"", metadata.level(), metadata.target())?;
                let mut fields = JsonFields { out, outcome: Ok(()) };
                event.record(&mut fields);
                if let Some(request) = request {
                    fields.text("request_id", &request.id);
                    fields.text("method", request.method.as_str());
                    fields.text("path", &request.path);
                    if let Some(trace) = request.trace.id() {
                        fields.text("trace_id", &trace.to_string());
                    }
                }
                fields.outcome?;
                fields.out.write_str("}\n")
            }
            LogFormat::Pretty => {
                SystemTime.format_time(&mut out)?;
                write!(out, " {:>5} {}:", metadata.level(), metadata.target())?;
                let mut fields = PlainFields { out, outcome: Ok(()) };
                event.record(&mut fields);
                fields.outcome?;
                let mut out = fields.out;
                if let Some(request) = request {
                    write!(out, " request={} {} {:?}", request.id, request.method, request.path)?;
                }
                out.write_char('\n')
            }
        }
    }
}

/// `,"name":value` for each field.
struct JsonFields<'a> {
    out: Writer<'a>,
    outcome: fmt::Result,
}

impl JsonFields<'_> {
    fn raw(&mut self, name: &str, value: impl fmt::Display) {
        if self.outcome.is_ok() {
            self.outcome = write!(self.out, ",\"{name}\":{value}");
        }
    }

    fn text(&mut self, name: &str, value: &str) {
        // Text always has a form in JSON.
        self.raw(name, serde_json::to_string(value).unwrap_or_default());
    }
}

impl Visit for JsonFields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.text(field.name(), &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.raw(field.name(), value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.raw(field.name(), value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.raw(field.name(), value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if value.is_finite() {
            self.raw(field.name(), value);
        } else {
            self.text(field.name(), &value.to_string());
        }
    }
}

/// ` name=value` for each field; the message without its name.
struct PlainFields<'a> {
    out: Writer<'a>,
    outcome: fmt::Result,
}

impl Visit for PlainFields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if self.outcome.is_ok() {
            self.outcome = match field.name() {
                "message" => write!(self.out, " {value:?}"),
                name => write!(self.out, " {name}={value:?}"),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        rc::Rc,
        sync::{Arc, Mutex},
    };

    use actix_web::http::Method;
    use serde_json::{Value, json};
    use tracing_subscriber::{fmt, layer::SubscriberExt};

    use super::{super::Trace, *};

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is written, but for when, while a request is worked on.
    async fn written(format: LogFormat, log: impl FnOnce()) -> String {
        let written = Written::default();
        let writer = written.clone();
        let layer = fmt::layer().event_format(Line(format)).with_writer(move || writer.clone());
        let subscriber = tracing_subscriber::registry().with(layer);
        let request =
            Request { id: "r1".into(), method: Method::GET, path: "/a\"b".into(), trace: Trace::default() };
        Rc::new(request).during(async { tracing::subscriber::with_default(subscriber, log) }).await;
        let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        assert!(text.ends_with('\n') && text.lines().count() == 1, "{text}");
        text
    }

    #[tokio::test]
    async fn a_line_for_machines_is_one_object() {
        let log =
            || tracing::info!(status = 200, ms = 0.5, route = Some("/x"), why = %"a \"b\"\n", "answered");
        let text = written(LogFormat::Json, log).await;
        let mut line: Value = serde_json::from_str(&text).unwrap();
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
        line.as_object_mut().unwrap().retain(|name, _| name != "timestamp" && name != "target");
        let expected = json!({"level": "INFO", "message": "answered", "status": 200, "ms": 0.5, "route": "/x",
            "why": "a \"b\"\n", "request_id": "r1", "method": "GET", "path": "/a\"b"});
        assert_eq!(line, expected);
    }

    #[tokio::test]
    async fn a_line_for_people_reads_from_left_to_right() {
        let log = || tracing::warn!(target: "security", count = 3, "refused");
        let text = written(LogFormat::Pretty, log).await;
        let (_time, rest) = text.split_once(' ').unwrap();
        assert_eq!(rest, " WARN security: refused count=3 request=r1 GET \"/a\\\"b\"\n");
    }
}
