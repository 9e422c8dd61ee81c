//! `/metrics`, on the main port or on one of its own.

use actix_web::{App, HttpResponse, HttpServer, dev::Server, get, http::header, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{access::Public, error::ApiError, http::NoQuery, state::AppState};

const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(metrics);
}

/// Everything this server counts, in Prometheus' text format. In production it is on a port of its own.
#[utoipa::path(tag = "operations", operation_id = "metrics",
    responses((status = 200, description = "The metrics", body = String, content_type = "text/plain")))]
#[get("/metrics")]
async fn metrics(_: Public, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    let text = state.metrics.render(state.lifecycle.uptime()).map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok()
        .content_type(TEXT_FORMAT)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

/// A server that answers nothing but `/metrics`.
pub(crate) fn metrics_only(
    listener: std::net::TcpListener,
    state: Data<AppState>,
) -> std::io::Result<Server> {
    let server = HttpServer::new(move || App::new().app_data(state.clone()).service(metrics))
        .workers(1)
        .disable_signals()
        .listen(listener)?
        .run();
    Ok(server)
}
