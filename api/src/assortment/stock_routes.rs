//! `/api/admin/products/{id}/stock`.

use actix_web::{HttpResponse, get, post, web::Data};
use openapi::{
    Data as One, Page,
    assortment::{StockAdjustment, StockLedgerQuery, StockMovement},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::stock;
use crate::{
    access::Admin,
    audit::Caller,
    error::ApiError,
    http::{NoQuery, PathId, ValidJson, ValidQuery, personal, to_the_end},
    idempotency::{Answer, Once, OptionalKey},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_stock_movements).service(adjust_stock);
}

/// Why a variant's stock is what it is: every change of it, the newest first.
#[utoipa::path(tag = "assortment", operation_id = "listStockMovements", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The product's id"), StockLedgerQuery),
    responses(
        (status = 200, description = "One page of the ledger", body = Page<StockMovement>),
        (status = 404, description = "There is no such product"),
    ))]
#[get("/api/admin/products/{id}/stock")]
async fn list_stock_movements(
    _: Admin,
    state: Data<AppState>,
    id: PathId,
    query: ValidQuery<StockLedgerQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(personal(HttpResponse::Ok(), &stock::ledger(&state, id.0, &query.0).await?))
}

/// Puts a variant's stock right, and says why in the ledger.
#[utoipa::path(tag = "assortment", operation_id = "adjustStock", security(("bearer" = [])), request_body = StockAdjustment,
    params(
        ("id" = uuid::Uuid, Path, description = "The product's id"),
        ("Idempotency-Key" = Option<String>, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "Sent again with the same key, it is done once"),
    ),
    responses(
        (status = 200, description = "The line of the ledger", body = One<StockMovement>),
        (status = 404, description = "There is no such product"),
        (status = 409, description = "It takes more than there are, or makes more than can be counted"),
    ))]
#[post("/api/admin/products/{id}/stock")]
async fn adjust_stock(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    key: OptionalKey,
    _: NoQuery,
    body: ValidJson<StockAdjustment>,
) -> Result<HttpResponse, ApiError> {
    let once =
        Once::maybe(&admin, "adjustStock", key, &(id.0, &body.0), |moved: &StockMovement| Answer::ok(moved));
    let moved = to_the_end(async move { stock::adjust(&state, &caller, &admin, id.0, &body.0, &once).await });
    Ok(moved.await?.respond())
}
