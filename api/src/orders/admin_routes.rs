//! `/api/admin/orders`: everybody's orders.

use actix_web::{HttpResponse, get, patch, post, web::Data};
use openapi::{
    Data as One, Page,
    orders::{
        AdminOrderListQuery, NewRefund, Order, OrderChange, OrderDetail, Refund, StatusChange,
        TransitionProblem,
    },
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{change, list, refund};
use crate::{
    access::Admin,
    audit::Caller,
    error::ApiError,
    http::{IfMatch, NoQuery, PathId, ValidJson, ValidQuery, personal, to_the_end, versioned},
    idempotency::{Answer, IdempotencyKey, Once},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_all_orders)
        .service(read_order)
        .service(change_order)
        .service(change_order_status)
        .service(refund_order);
}

/// Everybody's orders, found, sorted, and one page at a time.
#[utoipa::path(tag = "orders", operation_id = "listAllOrders", security(("bearer" = [])), params(AdminOrderListQuery),
    responses((status = 200, description = "One page of orders", body = Page<Order>)))]
#[get("/api/admin/orders")]
async fn list_all_orders(
    _: Admin,
    state: Data<AppState>,
    query: ValidQuery<AdminOrderListQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(personal(HttpResponse::Ok(), &list::all(&state, &query.0).await?))
}

/// An order with all that happened to it.
#[utoipa::path(tag = "orders", operation_id = "readOrder", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The order's id")),
    responses(
        (status = 200, description = "The order", body = One<OrderDetail>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such order"),
    ))]
#[get("/api/admin/orders/{id}")]
async fn read_order(
    _: Admin,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    Ok(one(change::read(&state, id.0).await?))
}

/// Changes an order's tracking number or where it goes, or says that it is paid.
#[utoipa::path(tag = "orders", operation_id = "changeOrder", security(("bearer" = [])), request_body = OrderChange,
    params(
        ("id" = uuid::Uuid, Path, description = "The order's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be changed: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The order as it is now", body = One<OrderDetail>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such order"),
        (status = 409, description = "It is too late for that"),
        (status = 412, description = "It was changed in the meantime"),
    ))]
#[patch("/api/admin/orders/{id}")]
async fn change_order(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
    body: ValidJson<OrderChange>,
) -> Result<HttpResponse, ApiError> {
    let changed =
        to_the_end(async move { change::change(&state, &caller, &admin, id.0, &condition, &body.0).await });
    Ok(one(changed.await?))
}

/// Takes an order one step further, calls it off, or gives back all that was paid for it.
#[utoipa::path(tag = "orders", operation_id = "changeOrderStatus", security(("bearer" = [])), request_body = StatusChange,
    params(
        ("id" = uuid::Uuid, Path, description = "The order's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what is to be changed: only if it is still that"),
    ),
    responses(
        (status = 200, description = "The order as it is now", body = One<OrderDetail>,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        (status = 404, description = "There is no such order"),
        (status = 409, description = "It cannot become that from what it is",
            body = TransitionProblem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed in the meantime"),
    ))]
#[patch("/api/admin/orders/{id}/status")]
async fn change_order_status(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    condition: IfMatch,
    _: NoQuery,
    body: ValidJson<StatusChange>,
) -> Result<HttpResponse, ApiError> {
    let changed =
        to_the_end(
            async move { change::change_status(&state, &caller, &admin, id.0, &condition, &body.0).await },
        );
    Ok(one(changed.await?))
}

/// Gives back what was paid for some items of an order, or all that is left of it.
#[utoipa::path(tag = "orders", operation_id = "refundOrder", security(("bearer" = [])), request_body = NewRefund,
    params(
        ("id" = uuid::Uuid, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "A name for this refund that was not used before, like a UUID"),
    ),
    responses(
        (status = 201, description = "The refund", body = One<Refund>, headers(("Location" = String, description = "Where the order is"))),
        (status = 404, description = "There is no such order"),
        (status = 409, description = "There is nothing left to be given back, or the same request is still running"),
    ))]
#[post("/api/admin/orders/{id}/refunds")]
async fn refund_order(
    admin: Admin,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    key: IdempotencyKey,
    _: NoQuery,
    body: ValidJson<NewRefund>,
) -> Result<HttpResponse, ApiError> {
    let location = format!("/api/admin/orders/{}", id.0);
    let once = Once::new(&admin, "refundOrder", key, &(id.0, &body.0), move |refund: &Refund| {
        Answer::created(location.clone(), refund)
    });
    let given =
        to_the_end(async move { refund::give_back(&state, &caller, &admin, id.0, &body.0, &once).await });
    Ok(given.await?.respond())
}

fn one(data: OrderDetail) -> HttpResponse {
    versioned(HttpResponse::Ok(), data.order.version, data)
}
