//! The scope of a request: its name, its line in the log, its timing. HEAD becomes GET here, so that every GET answers
//! HEAD too; the server leaves the body out.

use std::{rc::Rc, time::Duration};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

use super::{client_ip, request_id};
use crate::{
    db::statements::{self, Total},
    state::AppState,
    telemetry::{Answered, Origin, Request, Trace},
};

const REQUEST_ID: HeaderName = HeaderName::from_static(request_id::HEADER);
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// The outermost layer.
pub(crate) async fn scope<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let Some(state) = request.app_data::<Data<AppState>>().cloned() else {
        return next.call(request).await;
    };
    let origin = Origin::of(request.headers());
    let named = Rc::new(Request {
        id: request_id::named(&request, &state.ids),
        method: request.method().clone(),
        path: request.path().to_owned(),
        trace: state.traces.as_ref().map_or_else(|| Trace::of(origin), |traces| traces.begin(origin)),
    });
    if named.method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let client = client_ip(request.request(), &state);
    named
        .during(async {
            let (outcome, elapsed, database) = statements::tallied(next.call(request)).await;
            let mut response = outcome?;
            let status = response.status().as_u16();
            let route = response.request().match_pattern();
            tracing::info!(
                target: "access",
                status,
                route,
                ms = Milliseconds(elapsed).number(),
                statements = database.statements,
                %client,
                "answered"
            );
            state.metrics.observe_request(&named.method, route.as_deref(), status, elapsed);
            state.metrics.observe_statements(database);
            let source = source(&response);
            if let Some(traces) = &state.traces {
                traces.end(&named, &Answered { route: route.as_deref(), status, elapsed, source });
            }
            let timing = timing(&named, elapsed, database, source);
            let headers = response.headers_mut();
            if let Ok(id) = HeaderValue::from_str(&named.id) {
                headers.insert(REQUEST_ID, id);
            }
            if let Ok(timing) = HeaderValue::try_from(timing) {
                headers.insert(SERVER_TIMING, timing);
            }
            Ok(response)
        })
        .await
}

/// Where the cache had an answer, or `miss`; none for what is never kept.
fn source<B>(response: &ServiceResponse<B>) -> Option<&str> {
    response.headers().get("cache-status")?.to_str().ok()?.rsplit('=').next()
}

fn timing(request: &Request, elapsed: Duration, database: Total, source: Option<&str>) -> String {
    let statements = database.statements;
    if request.method == Method::POST && request.path.starts_with("/api/auth/") {
        // Said so exactly, it would tell who has an account.
        return format!("db;desc=\"{statements}\"");
    }
    let (waited, total) = (Milliseconds(database.waited), Milliseconds(elapsed));
    let (before, source, after) = source.map_or(("", "", ""), |source| (", cache;desc=\"", source, "\""));
    format!("db;dur={waited};desc=\"{statements}\"{before}{source}{after}, total;dur={total}")
}

/// With three decimals, and without the cost of a floating point number.
struct Milliseconds(Duration);

impl Milliseconds {
    fn number(&self) -> f64 {
        f64::from(u32::try_from(self.0.as_micros()).unwrap_or(u32::MAX)) / 1_000.0
    }
}

impl std::fmt::Display for Milliseconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let micros = self.0.as_micros();
        write!(f, "{}.{:03}", micros / 1_000, micros % 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_have_three_decimals() {
        for (nanoseconds, text) in [(0, "0.000"), (1_234_567, "1.234"), (12_000_999, "12.000")] {
            assert_eq!(Milliseconds(Duration::from_nanos(nanoseconds)).to_string(), text);
        }
    }
}
