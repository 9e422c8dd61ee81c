//! `/metrics`, on the main port or on one of its own.

use actix_web::{App, HttpResponse, HttpServer, dev::Server, get, http::header, web::Data};
use openapi::{Data as One, cache::CacheReport};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    access::Public,
    error::ApiError,
    http::{NoQuery, personal},
    state::AppState,
};

const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(metrics).service(cache_metrics);
}

/// Everything this server counts, in Prometheus' text format. In production it is on a port of its own.
#[utoipa::path(tag = "operations", operation_id = "metrics",
    responses((status = 200, description = "The metrics", body = String, content_type = "text/plain")))]
#[get("/metrics")]
async fn metrics(_: Public, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    // Its gauges are read when somebody asks.
    let _ = state.answers.report();
    let text = state.metrics.render(state.lifecycle.uptime()).map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok()
        .content_type(TEXT_FORMAT)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

/// How the cache of this server is doing: what it holds, and what came of asking it. For people; programs read `/metrics`.
#[utoipa::path(tag = "operations", operation_id = "cacheMetrics",
    responses((status = 200, description = "The cache's counts", body = One<CacheReport>)))]
#[get("/metrics/cache")]
async fn cache_metrics(_: Public, state: Data<AppState>, _: NoQuery) -> HttpResponse {
    personal(HttpResponse::Ok(), &One { data: state.answers.report() })
}

/// A server that answers nothing but `/metrics` and `/metrics/cache`.
pub(crate) fn metrics_only(
    listener: std::net::TcpListener,
    state: Data<AppState>,
) -> std::io::Result<Server> {
    let server =
        HttpServer::new(move || App::new().app_data(state.clone()).service(metrics).service(cache_metrics))
            .workers(1)
            .disable_signals()
            .listen(listener)?
            .run();
    Ok(server)
}
