//! The address book.

use actix_web::{HttpResponse, delete, get, patch, post, web::Data};
use openapi::{
    Data as One,
    accounts::{Address, AddressChange, NewAddress},
};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    access::Customer,
    accounts::addresses,
    error::ApiError,
    http::{NoQuery, PathId, ValidJson, nothing, personal, to_the_end},
    idempotency::{Answer, Once, OptionalKey},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_addresses)
        .service(add_address)
        .service(get_address)
        .service(change_address)
        .service(delete_address);
}

/// The address book, the oldest entry first.
#[utoipa::path(tag = "accounts", operation_id = "listAddresses", security(("bearer" = [])),
    responses((status = 200, description = "All addresses", body = One<Vec<Address>>)))]
#[get("/api/account/addresses")]
async fn list_addresses(who: Customer, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    let data = addresses::list(&state, who.user).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Adds an address.
#[utoipa::path(tag = "accounts", operation_id = "addAddress", security(("bearer" = [])), request_body = NewAddress,
    params(
        ("Idempotency-Key" = Option<String>, Header, max_length = 255, pattern = "^[!-~]+$",
            description = "Sent again with the same key, it is done once"),
    ),
    responses(
        (status = 201, description = "The address", body = One<Address>,
            headers(("Location" = String, description = "Where the address is"))),
        (status = 409, description = "The address book is full"),
    ))]
#[post("/api/account/addresses")]
async fn add_address(
    who: Customer,
    state: Data<AppState>,
    key: OptionalKey,
    _: NoQuery,
    body: ValidJson<NewAddress>,
) -> Result<HttpResponse, ApiError> {
    let once = Once::maybe(&who, "addAddress", key, &body.0, |added: &Address| {
        Answer::created(format!("/api/account/addresses/{}", added.id), added)
    });
    let added = to_the_end(async move { addresses::add(&state, who.user, body.0, &once).await }).await?;
    Ok(added.respond())
}

/// One address.
#[utoipa::path(tag = "accounts", operation_id = "getAddress", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The address's id")),
    responses(
        (status = 200, description = "The address", body = One<Address>),
        (status = 404, description = "There is no such address in this account's book"),
    ))]
#[get("/api/account/addresses/{id}")]
async fn get_address(
    who: Customer,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    let data = addresses::read(&state, who.user, id.0).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Changes an address.
#[utoipa::path(tag = "accounts", operation_id = "changeAddress", security(("bearer" = [])), request_body = AddressChange,
    params(("id" = uuid::Uuid, Path, description = "The address's id")),
    responses(
        (status = 200, description = "The address as it is now", body = One<Address>),
        (status = 404, description = "There is no such address in this account's book"),
    ))]
#[patch("/api/account/addresses/{id}")]
async fn change_address(
    who: Customer,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
    body: ValidJson<AddressChange>,
) -> Result<HttpResponse, ApiError> {
    let data = to_the_end(async move { addresses::change(&state, who.user, id.0, body.0).await }).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Removes an address. Where it was the default, the oldest of the others becomes it.
#[utoipa::path(tag = "accounts", operation_id = "deleteAddress", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The address's id")),
    responses(
        (status = 204, description = "The address is gone"),
        (status = 404, description = "There is no such address in this account's book"),
    ))]
#[delete("/api/account/addresses/{id}")]
async fn delete_address(
    who: Customer,
    state: Data<AppState>,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { addresses::remove(&state, who.user, id.0).await }).await?;
    Ok(nothing())
}
