//! `/health`, `/api/health` and `/ready`.

use std::time::{Duration, Instant};

use actix_web::{HttpResponse, get, http::header, web::Data};
use openapi::operations::{
    DependencyCheck, DependencyState, Health, NotReadyProblem, Readiness, ReadinessQuery, ReadinessStatus,
};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    access::Public,
    error::ApiError,
    http::{NoQuery, ValidQuery},
    state::AppState,
    version,
};

/// How long a dependency may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(health).service(api_health).service(ready);
}

/// The process is up. Touches nothing it depends on.
#[utoipa::path(tag = "operations", operation_id = "health",
    responses((status = 200, description = "It is up", body = Health)))]
#[get("/health")]
async fn health(_: Public, state: Data<AppState>, _: NoQuery) -> HttpResponse {
    is_up(&state)
}

/// The same as `/health`, where a CDN forwards only `/api`.
#[utoipa::path(tag = "operations", operation_id = "apiHealth",
    responses((status = 200, description = "It is up", body = Health)))]
#[get("/api/health")]
async fn api_health(_: Public, state: Data<AppState>, _: NoQuery) -> HttpResponse {
    is_up(&state)
}

/// Whether to send requests here. While something is away it answers 200 and `degraded`, so that one lost dependency
/// does not take every server out of the load balancer; with `strict=true` it then answers 503.
#[utoipa::path(tag = "operations", operation_id = "ready", params(ReadinessQuery),
    responses(
        (status = 200, description = "It takes requests", body = Readiness),
        (status = 503, description = "It should not be sent requests now", body = NotReadyProblem,
            content_type = "application/problem+json"),
    ))]
#[get("/ready")]
async fn ready(
    _: Public,
    state: Data<AppState>,
    query: ValidQuery<ReadinessQuery>,
) -> Result<HttpResponse, ApiError> {
    let (database, redis) = tokio::join!(check_database(&state), check_redis(&state));
    let checks: Vec<DependencyCheck> = [Some(database), redis].into_iter().flatten().collect();
    let all_up = checks.iter().all(|check| check.state == DependencyState::Up);
    if state.lifecycle.is_draining() {
        return Err(ApiError::NotReady { why: "This server is about to stop.", checks });
    }
    if !all_up && query.0.strict.unwrap_or_default() {
        return Err(ApiError::NotReady { why: "Something this server depends on is away.", checks });
    }
    let status = if all_up { ReadinessStatus::Ready } else { ReadinessStatus::Degraded };
    Ok(uncached().json(Readiness { status, checks, timestamp: state.clock.now() }))
}

fn is_up(state: &AppState) -> HttpResponse {
    uncached().json(Health {
        status: "ok".into(),
        version: version::VERSION.into(),
        commit: version::COMMIT.into(),
        uptime_seconds: state.lifecycle.uptime().as_secs(),
        timestamp: state.clock.now(),
    })
}

fn uncached() -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}

async fn check_database(state: &AppState) -> DependencyCheck {
    timed("database", state.db.engine(), async { state.db.ping().await.is_ok() }).await
}

async fn check_redis(state: &AppState) -> Option<DependencyCheck> {
    let redis = state.redis.as_ref()?;
    Some(timed("cache", "redis", async { redis.ping().await.is_ok() }).await)
}

async fn timed(name: &str, engine: &str, answered: impl Future<Output = bool>) -> DependencyCheck {
    let asked = Instant::now();
    let up = tokio::time::timeout(PATIENCE, answered).await.unwrap_or(false);
    DependencyCheck {
        name: name.into(),
        engine: engine.into(),
        state: if up { DependencyState::Up } else { DependencyState::Down },
        latency_ms: (asked.elapsed().as_secs_f64() * 1_000_000.0).round() / 1_000.0,
    }
}
