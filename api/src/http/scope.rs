//! The scope of a request: its name, its span in the logs, its timing. HEAD becomes GET here, so that every GET
//! answers HEAD too; the server leaves the body out.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header::HeaderName, header::HeaderValue},
    middleware::Next,
    web::Data,
};
use tracing::Instrument;

use super::{client_ip, request_id};
use crate::{db::statements, state::AppState};

/// The outermost layer.
pub(crate) async fn scope<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let Some(state) = request.app_data::<Data<AppState>>().cloned() else {
        return next.call(request).await;
    };
    let id = request_id::RequestId::assign(&request, &state.ids);
    let method = request.method().clone();
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let path = request.path().to_owned();
    let client = client_ip(request.request(), &state);
    let span = tracing::info_span!("request", request_id = %id, %method, path);

    let tallied = statements::tallied(next.call(request).instrument(span.clone()));
    let (outcome, elapsed, database) = tallied.await;
    let mut response = outcome?;

    let milliseconds = elapsed.as_secs_f64() * 1_000.0;
    let status = response.status().as_u16();
    let route = response.request().match_pattern();
    span.in_scope(|| {
        tracing::info!(
            target: "access",
            status,
            route,
            ms = (milliseconds * 1_000.0).round() / 1_000.0,
            statements = database.statements,
            %client,
            "answered"
        );
    });
    state.metrics.observe_request(&method, route.as_deref(), status, elapsed);
    state.metrics.observe_statements(database);

    let statements = database.statements;
    let timing = if method == Method::POST && path.starts_with("/api/auth/") {
        // Said so exactly, it would tell who has an account.
        format!("db;desc=\"{statements}\"")
    } else {
        let waited = database.waited.as_secs_f64() * 1_000.0;
        format!("db;dur={waited:.3};desc=\"{statements}\", total;dur={milliseconds:.3}")
    };
    for (name, value) in [(request_id::HEADER, id.to_string()), ("server-timing", timing)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    Ok(response)
}
