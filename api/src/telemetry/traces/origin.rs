//! Which trace a request belongs to: load balancers of AWS say so in `X-Amzn-Trace-Id`, others in `traceparent`.

use std::fmt;

use actix_web::http::header::HeaderMap;

/// A trace, in any system's words 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TraceId(pub(super) [u8; 16]);

/// A span of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SpanId(pub(super) [u8; 8]);

/// Where a request comes from, as far as it says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(super) trace: Option<TraceId>,
    pub(super) parent: Option<SpanId>,
    /// It asks not to be traced. To be traced it cannot ask: anybody could, of every request.
    pub(super) is_unwanted: bool,
}

impl Origin {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        header("x-amzn-trace-id")
            .and_then(from_amazon)
            .or_else(|| header("traceparent").and_then(from_w3c))
            .unwrap_or_default()
    }
}

/// Reads `Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1`, in any order.
fn from_amazon(text: &str) -> Option<Origin> {
    let mut origin = Origin::default();
    for part in text.split(';') {
        match part.trim().split_once('=') {
            Some(("Root", root)) => {
                let (time, rest) = root.strip_prefix("1-")?.split_once('-')?;
                origin.trace = Some(TraceId(bytes([time, rest].concat().as_str())?));
            }
            Some(("Parent", parent)) => origin.parent = bytes(parent).map(SpanId),
            Some(("Sampled", sampled)) => origin.is_unwanted = sampled == "0",
            _ => {}
        }
    }
    origin.trace.map(|_| origin)
}

/// Reads `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`.
fn from_w3c(text: &str) -> Option<Origin> {
    let mut parts = text.split('-');
    let (version, trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if version.len() != 2 || version == "ff" {
        return None;
    }
    Some(Origin {
        trace: Some(TraceId(bytes(trace)?)),
        parent: Some(SpanId(bytes(parent)?)),
        is_unwanted: u8::from_str_radix(flags, 16).ok()? & 1 == 0,
    })
}

/// The bytes these digits stand for, unless all are zero, which stands for none.
fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    if hex.len() != 2 * N || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    (bytes != [0; N]).then_some(bytes)
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn origin(headers: &[(&'static str, &'static str)]) -> Origin {
        let headers = headers.iter();
        Origin::of(
            &headers
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect(),
        )
    }

    fn told(origin: Origin) -> (String, String, bool) {
        let text = |id: Option<&dyn fmt::Display>| id.map_or_else(String::new, ToString::to_string);
        let trace = text(origin.trace.as_ref().map(|id| id as _));
        (trace, text(origin.parent.as_ref().map(|id| id as _)), origin.is_unwanted)
    }

    #[test]
    fn a_load_balancer_names_the_trace() {
        let root = "67891233abcdef012345678912345678";
        for (header, parent, is_unwanted) in [
            ("Root=1-67891233-abcdef012345678912345678", "", false),
            ("Self=1-67891234-12456789abcdef012345678f;Root=1-67891233-abcdef012345678912345678", "", false),
            (
                "Root=1-67891233-ABCDEF012345678912345678; Parent=53995c3f42cd8ad8; Sampled=0",
                "53995c3f42cd8ad8",
                true,
            ),
            ("Sampled=1;Root=1-67891233-abcdef012345678912345678;Parent=x;CalledFrom=app", "", false),
        ] {
            let expected = (root.to_owned(), parent.to_owned(), is_unwanted);
            assert_eq!(told(origin(&[("x-amzn-trace-id", header)])), expected, "{header}");
        }
    }

    #[test]
    fn others_name_it_in_their_words() {
        let parent = ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
        let expected = ("4bf92f3577b34da6a3ce929d0e0e4736".to_owned(), "00f067aa0ba902b7".to_owned(), true);
        assert_eq!(told(origin(&[parent])), expected);
        let amazon = ("x-amzn-trace-id", "Root=1-67891233-abcdef012345678912345678");
        assert_eq!(origin(&[parent, amazon]), origin(&[amazon]), "the load balancer is nearer");
    }

    #[test]
    fn what_makes_no_sense_says_nothing() {
        for (name, bad) in [
            ("x-amzn-trace-id", ""),
            ("x-amzn-trace-id", "Root=1-67891233"),
            ("x-amzn-trace-id", "Root=2-67891233-abcdef012345678912345678"),
            ("x-amzn-trace-id", "Root=1-00000000-000000000000000000000000"),
            ("x-amzn-trace-id", "Root=1-+7891233-abcdef012345678912345678"),
            ("x-amzn-trace-id", "Sampled=0"),
            ("traceparent", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
            ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01"),
            ("traceparent", "00"),
        ] {
            assert_eq!(origin(&[(name, bad)]), Origin::default(), "{bad}");
        }
    }
}
