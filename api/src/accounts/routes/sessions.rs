//! Staying signed in, and signing out.

use actix_web::{HttpResponse, delete, get, post, web::Data};
use openapi::{
    Data as One,
    accounts::{Session, SignedIn},
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::credentials::let_in;
use crate::{
    access::{Customer, OwnSite, Public},
    accounts::{
        AccountError,
        cookie::{self, RefreshCookie},
        refresh, sessions,
    },
    audit::Caller,
    error::ApiError,
    http::{NoBody, NoQuery, PathId, nothing, personal, to_the_end},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(refresh_session)
        .service(logout)
        .service(logout_all)
        .service(list_sessions)
        .service(delete_session);
}

/// Gives another access token, and another refresh token for the one in the cookie.
#[utoipa::path(tag = "accounts", operation_id = "refresh", security(("refreshCookie" = [])),
    responses(
        (status = 200, description = "Still signed in", body = One<SignedIn>,
            headers(("Set-Cookie" = String, description = "The next refresh token"))),
        (status = 401, description = "The session is over"),
        (status = 403, description = "The request comes from another site's page"),
    ))]
#[post("/api/auth/refresh")]
async fn refresh_session(
    _: Public,
    _: OwnSite,
    state: Data<AppState>,
    caller: Caller,
    cookie: RefreshCookie,
    _: NoQuery,
    _: NoBody,
) -> Result<HttpResponse, ApiError> {
    let token = cookie.0.ok_or(AccountError::NotSignedIn)?;
    let shared = state.clone();
    let opened = to_the_end(async move { refresh::refresh(&shared, &caller, &token).await }).await?;
    Ok(let_in(HttpResponse::Ok(), &state, opened, Vec::new()))
}

/// Ends this session: that of the token, and that of the cookie.
#[utoipa::path(tag = "accounts", operation_id = "logout", security(("bearer" = []), ("refreshCookie" = [])),
    responses(
        (status = 204, description = "Signed out",
            headers(("Set-Cookie" = String, description = "Takes the cookie away"))),
        (status = 401, description = "Neither a token nor a cookie of an open session"),
        (status = 403, description = "The request comes from another site's page"),
    ))]
#[post("/api/auth/logout")]
async fn logout(
    _: Public,
    _: OwnSite,
    state: Data<AppState>,
    caller: Caller,
    cookie: RefreshCookie,
    _: NoQuery,
    _: NoBody,
) -> Result<HttpResponse, ApiError> {
    let shared = state.clone();
    to_the_end(async move { sessions::sign_out(&shared, &caller, cookie.0.as_ref()).await }).await?;
    Ok(without_cookie(&state))
}

/// Ends all sessions of the account, this one too.
#[utoipa::path(tag = "accounts", operation_id = "logoutAll", security(("bearer" = [])),
    responses((status = 204, description = "Signed out everywhere",
        headers(("Set-Cookie" = String, description = "Takes the cookie away")))))]
#[post("/api/auth/logout-all")]
async fn logout_all(
    who: Customer,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    _: NoBody,
) -> Result<HttpResponse, ApiError> {
    let shared = state.clone();
    to_the_end(async move { sessions::end_all(&shared, &caller, who.user).await }).await?;
    Ok(without_cookie(&state))
}

/// Where the account is signed in, the latest used first.
#[utoipa::path(tag = "accounts", operation_id = "listSessions", security(("bearer" = [])),
    responses((status = 200, description = "The open sessions", body = One<Vec<Session>>)))]
#[get("/api/auth/sessions")]
async fn list_sessions(who: Customer, state: Data<AppState>, _: NoQuery) -> Result<HttpResponse, ApiError> {
    let data = sessions::list(&state, &who).await?;
    Ok(personal(HttpResponse::Ok(), &One { data }))
}

/// Ends one of the account's sessions.
#[utoipa::path(tag = "accounts", operation_id = "deleteSession", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "The session's id")),
    responses(
        (status = 204, description = "The session is over"),
        (status = 404, description = "There is no such open session of this account"),
    ))]
#[delete("/api/auth/sessions/{id}")]
async fn delete_session(
    who: Customer,
    state: Data<AppState>,
    caller: Caller,
    id: PathId,
    _: NoQuery,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { sessions::end_one(&state, &caller, who.user, id.0).await }).await?;
    Ok(nothing())
}

/// Nothing to say, and no cookie any more.
pub(super) fn without_cookie(state: &AppState) -> HttpResponse {
    let mut answer = nothing();
    // Fails only for a cookie whose name or value is no header text; ours is.
    let _ = answer.add_cookie(&cookie::gone(&state.config.server));
    answer
}
