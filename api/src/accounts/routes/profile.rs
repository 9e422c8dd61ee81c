//! One's own account: reading, changing, taking along, erasing it.

use actix_web::{HttpResponse, delete, get, http::header, patch, web::Data};
use openapi::{
    Data as One,
    accounts::{AccountExport, EraseRequest, ProfileChange, User},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::sessions::without_cookie;
use crate::{
    access::Customer,
    accounts::{erase, export, profile},
    audit::Caller,
    error::ApiError,
    http::{NoQuery, ValidJson, personal, to_the_end},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_me).service(change_me).service(erase_me).service(export_me);
}

/// The account that is signed in.
#[utoipa::path(tag = "accounts", operation_id = "getMe", security(("bearer" = [])),
    responses((status = 200, description = "The account", body = One<User>)))]
#[get("/api/auth/me")]
async fn get_me(who: Customer, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    Ok(profile::read(&state, who.user).await?.respond_personally())
}

/// Changes the account. Another e-mail address asks for the password, and has to be verified anew.
#[utoipa::path(tag = "accounts", operation_id = "changeMe", security(("bearer" = [])), request_body = ProfileChange,
    responses(
        (status = 200, description = "The account as it is now", body = One<User>),
        (status = 409, description = "There is another account with this e-mail address"),
    ))]
#[patch("/api/auth/me")]
async fn change_me(
    who: Customer,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    body: ValidJson<ProfileChange>,
) -> Result<HttpResponse, ApiError> {
    let data = to_the_end(async move { profile::change(&state, &caller, who.user, body.0).await }).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Erases the account for good. Its orders stay, without saying whose they were.
#[utoipa::path(tag = "accounts", operation_id = "eraseMe", security(("bearer" = [])), request_body = EraseRequest,
    responses(
        (status = 204, description = "The account is gone",
            headers(("Set-Cookie" = String, description = "Takes the cookie away"))),
        (status = 409, description = "It is the only administrator's"),
    ))]
#[delete("/api/auth/me")]
async fn erase_me(
    who: Customer,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    body: ValidJson<EraseRequest>,
) -> Result<HttpResponse, ApiError> {
    let shared = state.clone();
    to_the_end(async move { erase::erase(&shared, &caller, &who, &body.0.password).await }).await?;
    Ok(without_cookie(&state))
}

/// Everything the shop keeps about the account, to take along.
#[utoipa::path(tag = "accounts", operation_id = "exportMe", security(("bearer" = [])),
    responses((status = 200, description = "The account and all that belongs to it", body = One<AccountExport>,
        headers(("Content-Disposition" = String, description = "What a browser calls the file")))))]
#[get("/api/auth/me/export")]
async fn export_me(who: Customer, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    let data = export::export(&state, &who).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"bottega-account.json\""));
    Ok(personal(answer, &One { data }))
}
