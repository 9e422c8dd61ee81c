//! `/api/admin/stats`.

use actix_web::{HttpResponse, get, web::Data};
use openapi::{Data as One, stats::Stats};
use utoipa_actix_web::service_config::ServiceConfig;

use super::service;
use crate::{
    access::Admin,
    error::ApiError,
    http::{NoQuery, personal},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_stats);
}

/// How the shop is doing: orders, revenue, what sells best, and what is running out.
#[utoipa::path(tag = "orders", operation_id = "getStats", security(("bearer" = [])),
    responses((status = 200, description = "How the shop is doing", body = One<Stats>)))]
#[get("/api/admin/stats")]
async fn get_stats(_: Admin, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    let data = service::read(&state).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}
