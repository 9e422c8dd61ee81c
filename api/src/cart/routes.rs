//! `/api/cart`.

use actix_web::{HttpResponse, delete, get, patch, post, web::Data};
use openapi::{
    Data as One,
    cart::{Cart, CartItemChange, NewCartItem},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    owner::{Owner, hand},
    service::{self, Changed},
};
use crate::{
    access::{OwnSite, Public},
    error::ApiError,
    http::{NoQuery, PathId, ValidJson, personal, to_the_end},
    state::AppState,
};

pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(get_cart)
        .service(clear_cart)
        .service(add_cart_item)
        .service(change_cart_item)
        .service(remove_cart_item);
}

/// The cart of whoever is signed in, else of the guest whose token is shown. Whoever has none has an empty one.
#[utoipa::path(tag = "cart", operation_id = "getCart",
    security((), ("bearer" = []), ("cartCookie" = []), ("cartToken" = [])),
    responses(
        (status = 200, description = "The cart", body = One<Cart>),
        (status = 401, description = "The token is not good, or not any more"),
    ))]
#[get("/api/cart")]
async fn get_cart(
    _: Public,
    owner: Owner,
    state: Data<AppState>,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    let data = service::read(&state, &owner).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Puts something in, or more of it. There are never more than are in stock, and never more than 99: where there would
/// be, a notice says so. A guest is handed the token of the cart, as a cookie and as a header.
#[utoipa::path(tag = "cart", operation_id = "addCartItem", request_body = NewCartItem,
    security((), ("bearer" = []), ("cartCookie" = []), ("cartToken" = [])),
    responses(
        (status = 200, description = "The whole cart", body = One<Cart>, headers(
            ("Set-Cookie" = String, description = "The token of a guest's cart"),
            ("X-Cart-Token" = String, description = "The same, for clients that keep no cookies"))),
        (status = 401, description = "The token is not good, or not any more"),
        (status = 403, description = "The request comes from another site's page"),
        (status = 409, description = "It is sold out, or the cart is full"),
    ))]
#[post("/api/cart/items")]
async fn add_cart_item(
    _: Public,
    _: OwnSite,
    owner: Owner,
    state: Data<AppState>,
    _: NoQuery,
    body: ValidJson<NewCartItem>,
) -> Result<HttpResponse, ApiError> {
    let shared = state.clone();
    let changed = to_the_end(async move { service::add(&shared, owner, body.0).await }).await?;
    Ok(answer(&state, &changed))
}

/// Says how many there are to be of something in the cart.
#[utoipa::path(tag = "cart", operation_id = "changeCartItem", request_body = CartItemChange,
    params(("id" = uuid::Uuid, Path, description = "The item's id")),
    security((), ("bearer" = []), ("cartCookie" = []), ("cartToken" = [])),
    responses(
        (status = 200, description = "The whole cart", body = One<Cart>, headers(
            ("Set-Cookie" = String, description = "The token of a guest's cart"),
            ("X-Cart-Token" = String, description = "The same, for clients that keep no cookies"))),
        (status = 401, description = "The token is not good, or not any more"),
        (status = 403, description = "The request comes from another site's page"),
        (status = 404, description = "There is no such item in this cart"),
        (status = 409, description = "It is sold out"),
    ))]
#[patch("/api/cart/items/{id}")]
async fn change_cart_item(
    _: Public,
    _: OwnSite,
    owner: Owner,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
    body: ValidJson<CartItemChange>,
) -> Result<HttpResponse, ApiError> {
    let shared = state.clone();
    let changed =
        to_the_end(async move { service::change(&shared, owner, id.0, body.0.quantity).await }).await?;
    Ok(answer(&state, &changed))
}

/// Takes something out of the cart.
#[utoipa::path(tag = "cart", operation_id = "removeCartItem",
    params(("id" = uuid::Uuid, Path, description = "The item's id")),
    security((), ("bearer" = []), ("cartCookie" = []), ("cartToken" = [])),
    responses(
        (status = 200, description = "The whole cart", body = One<Cart>, headers(
            ("Set-Cookie" = String, description = "The token of a guest's cart"),
            ("X-Cart-Token" = String, description = "The same, for clients that keep no cookies"))),
        (status = 401, description = "The token is not good, or not any more"),
        (status = 403, description = "The request comes from another site's page"),
        (status = 404, description = "There is no such item in this cart"),
    ))]
#[delete("/api/cart/items/{id}")]
async fn remove_cart_item(
    _: Public,
    _: OwnSite,
    owner: Owner,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    let shared = state.clone();
    let changed = to_the_end(async move { service::remove(&shared, owner, id.0).await }).await?;
    Ok(answer(&state, &changed))
}

/// Takes everything out of the cart.
#[utoipa::path(tag = "cart", operation_id = "clearCart",
    security((), ("bearer" = []), ("cartCookie" = []), ("cartToken" = [])),
    responses(
        (status = 200, description = "The empty cart", body = One<Cart>, headers(
            ("Set-Cookie" = String, description = "The token of a guest's cart"),
            ("X-Cart-Token" = String, description = "The same, for clients that keep no cookies"))),
        (status = 401, description = "The token is not good, or not any more"),
        (status = 403, description = "The request comes from another site's page"),
    ))]
#[delete("/api/cart")]
async fn clear_cart(
    _: Public,
    _: OwnSite,
    owner: Owner,
    state: Data<AppState>,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    let shared = state.clone();
    let changed = to_the_end(async move { service::clear(&shared, owner).await }).await?;
    Ok(answer(&state, &changed))
}

fn answer(state: &AppState, changed: &Changed) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    if let Some(token) = &changed.token {
        hand(&mut answer, token, &state.config.server);
    }
    personal(answer, &One { data: &changed.cart })
}
