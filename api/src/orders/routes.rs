//! `/api/orders`: one's own orders.

use actix_web::{HttpResponse, get, post, web::Data};
use openapi::{
    Data as One, Page,
    orders::{CheckoutProblem, Order, OrderDetail, OrderListQuery, Payment, PlaceOrder, TransitionProblem},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{cancel, list, pay, place};
use crate::{
    access::Customer,
    audit::Caller,
    error::ApiError,
    http::{NoBody, NoQuery, PathId, PathText, ValidJson, ValidQuery, personal, to_the_end},
    idempotency::{Answer, IdempotencyKey, Once},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(place_order)
        .service(list_orders)
        .service(get_order)
        .service(cancel_order)
        .service(pay_order);
}

/// Orders what is in the cart, or what is named. Sent again with the same key, it is answered the same and nothing more is
/// ordered.
#[utoipa::path(tag = "orders", operation_id = "placeOrder", security(("bearer" = [])), request_body = PlaceOrder,
    params(("Idempotency-Key" = String, Header, max_length = 255, pattern = "^[!-~]+$",
        description = "A name for this order that was not used before, like a UUID")),
    responses(
        (status = 201, description = "The order", body = One<OrderDetail>, headers(("Location" = String, description = "Where the order is"))),
        (status = 409, description = "The cart is empty, there is not enough left, it costs something else by now, or the same request is still running",
            body = CheckoutProblem, content_type = "application/problem+json"),
    ))]
#[post("/api/orders")]
async fn place_order(
    customer: Customer,
    state: Data<AppState>,
    caller: Caller,
    key: IdempotencyKey,
    _: NoQuery,
    body: ValidJson<PlaceOrder>,
) -> Result<HttpResponse, ApiError> {
    let once = Once::new(&customer, "placeOrder", key, &body.0, |placed: &OrderDetail| {
        Answer::created(format!("/api/orders/{}", placed.order.id), placed)
    });
    let placed =
        to_the_end(async move { place::place(&state, &caller, &customer, body.0, &once).await }).await?;
    Ok(placed.respond())
}

/// One's own orders, the newest first.
#[utoipa::path(tag = "orders", operation_id = "listOrders", security(("bearer" = [])), params(OrderListQuery),
    responses((status = 200, description = "One page of orders", body = Page<Order>)))]
#[get("/api/orders")]
async fn list_orders(
    customer: Customer,
    state: Data<AppState>,
    query: ValidQuery<OrderListQuery>,
) -> Result<HttpResponse, ApiError> {
    Ok(personal(HttpResponse::Ok(), &list::own(&state, customer.user, &query.0).await?))
}

/// One of one's own orders, with all that happened to it.
#[utoipa::path(tag = "orders", operation_id = "getOrder", security(("bearer" = [])),
    params(("idOrNumber" = String, Path, description = "The order's id or number", min_length = 1, max_length = 200, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$", example = "ORD-2026-000123")),
    responses(
        (status = 200, description = "The order", body = One<OrderDetail>),
        (status = 404, description = "There is no order of yours with this id or number"),
    ))]
#[get("/api/orders/{idOrNumber}")]
async fn get_order(
    customer: Customer,
    state: Data<AppState>,
    name: PathText,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    let data = list::read_own(&state, customer.user, &name.0).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Calls an order off that is not being put together yet. What was paid for it goes back.
#[utoipa::path(tag = "orders", operation_id = "cancelOrder", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The order's id")),
    responses(
        (status = 200, description = "The order as it is now", body = One<OrderDetail>),
        (status = 404, description = "There is no order of yours with this id"),
        (status = 409, description = "It is too late for that, or it was called off before",
            body = TransitionProblem, content_type = "application/problem+json"),
    ))]
#[post("/api/orders/{id}/cancel")]
async fn cancel_order(
    customer: Customer,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
    _: NoBody,
) -> Result<HttpResponse, ApiError> {
    let data = to_the_end(async move { cancel::cancel(&state, &customer, id.0).await }).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Begins to pay an order, and says what is to be done for that.
#[utoipa::path(tag = "orders", operation_id = "payOrder", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "A name for this payment that was not used before, like a UUID"),
    ),
    responses(
        (status = 201, description = "The payment", body = One<Payment>, headers(("Location" = String, description = "Where the order is"))),
        (status = 404, description = "There is no order of yours with this id"),
        (status = 409, description = "It is paid, or will not be, or the same request is still running"),
    ))]
#[post("/api/orders/{id}/payments")]
async fn pay_order(
    customer: Customer,
    state: Data<AppState>,
    id: PathId,
    key: IdempotencyKey,
    _: NoQuery,
    _: NoBody,
) -> Result<HttpResponse, ApiError> {
    let location = format!("/api/orders/{}", id.0);
    let once = Once::new(&customer, "payOrder", key, &id.0, move |begun: &Payment| {
        Answer::created(location.clone(), begun)
    });
    let begun = to_the_end(async move { pay::begin(&state, &customer, id.0, &once).await }).await?;
    Ok(begun.respond())
}
