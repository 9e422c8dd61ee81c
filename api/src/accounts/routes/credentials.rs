//! Signing up and in, and what to do about a password.

use actix_web::{HttpResponse, HttpResponseBuilder, http::header, post, web::Data};
use openapi::{
    Data as One, Email,
    accounts::{
        ChangePasswordRequest, ForgotPasswordRequest, LoginRequest, RegisterRequest, ResetPasswordRequest,
        SignedIn, VerifyEmailRequest,
    },
    cart::CartNotice,
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::{
    access::{Customer, Public},
    accounts::{cookie, register, replace_password, sessions::Opened, sign_in, verify},
    audit::Caller,
    cart::{self, GuestCart},
    error::ApiError,
    http::{NoBody, NoQuery, ValidJson, nothing, personal, to_the_end},
    state::AppState,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(register_account)
        .service(login)
        .service(change_password)
        .service(forgot_password)
        .service(reset_password)
        .service(verify_email)
        .service(resend_verification);
}

/// What somebody gets who is let in: a token to show, and a cookie to get the next one with.
pub(super) fn let_in(
    mut answer: HttpResponseBuilder,
    state: &AppState,
    opened: Opened,
    cart_notices: Vec<CartNotice>,
) -> HttpResponse {
    if let Some(token) = &opened.refresh {
        answer.cookie(cookie::holding(token, &state.config.server));
    }
    personal(answer, &One { data: opened.signed_in(state, cart_notices) })
}

/// What was put in before signing in comes along.
async fn bring_cart(
    answer: &mut HttpResponseBuilder,
    state: &Data<AppState>,
    user: Uuid,
    guest: GuestCart,
) -> Result<Vec<CartNotice>, ApiError> {
    let Some(token) = guest.0 else {
        return Ok(Vec::new());
    };
    let shared = state.clone();
    let notices =
        to_the_end(async move { Ok::<_, ApiError>(cart::merge(&shared, user, token).await) }).await?;
    if notices.is_some() {
        cart::take_away(answer, &state.config.server);
    }
    Ok(notices.unwrap_or_default())
}

/// Opens an account, and signs in to it.
#[utoipa::path(tag = "accounts", operation_id = "register", request_body = RegisterRequest,
    responses(
        (status = 201, description = "The account is open, and its owner signed in", body = One<SignedIn>,
            headers(
                ("Set-Cookie" = String, description = "The refresh token, for `/api/auth` alone"),
                ("Location" = String, description = "Where the account is"),
            )),
        (status = 409, description = "There is an account with this e-mail address"),
    ))]
#[post("/api/auth/register")]
async fn register_account(
    _: Public,
    state: Data<AppState>,
    caller: Caller,
    guest: GuestCart,
    _: NoQuery,
    body: ValidJson<RegisterRequest>,
) -> Result<HttpResponse, ApiError> {
    let email = email(&body.0.email)?;
    let shared = state.clone();
    let opened =
        to_the_end(async move { register::register(&shared, &caller, &email, &body.0).await }).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((header::LOCATION, "/api/auth/me"));
    let notices = bring_cart(&mut answer, &state, opened.user.id, guest).await?;
    Ok(let_in(answer, &state, opened, notices))
}

/// Signs in. What a guest has put into a cart comes along.
#[utoipa::path(tag = "accounts", operation_id = "login", request_body = LoginRequest,
    responses(
        (status = 200, description = "Signed in", body = One<SignedIn>,
            headers(("Set-Cookie" = String, description = "The refresh token, for `/api/auth` alone"))),
        (status = 401, description = "There is no account that can sign in with this address and password"),
    ))]
#[post("/api/auth/login")]
async fn login(
    _: Public,
    state: Data<AppState>,
    caller: Caller,
    guest: GuestCart,
    _: NoQuery,
    body: ValidJson<LoginRequest>,
) -> Result<HttpResponse, ApiError> {
    let email = email(&body.0.email)?;
    let shared = state.clone();
    let opened =
        to_the_end(async move { sign_in::sign_in(&shared, &caller, &email, &body.0.password).await }).await?;
    let mut answer = HttpResponse::Ok();
    let notices = bring_cart(&mut answer, &state, opened.user.id, guest).await?;
    Ok(let_in(answer, &state, opened, notices))
}

/// Sets another password, for who knows the present one. All other sessions end.
#[utoipa::path(tag = "accounts", operation_id = "changePassword", request_body = ChangePasswordRequest,
    security(("bearer" = [])),
    responses((status = 204, description = "The password is another one")))]
#[post("/api/auth/change-password")]
async fn change_password(
    who: Customer,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    body: ValidJson<ChangePasswordRequest>,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { replace_password::change(&state, &caller, &who, &body.0).await }).await?;
    Ok(nothing())
}

/// Sends a link to set another password with, if there is an account with this address. The answer does not tell.
#[utoipa::path(tag = "accounts", operation_id = "forgotPassword", request_body = ForgotPasswordRequest,
    responses((status = 204, description = "If there is such an account, a mail is on its way")))]
#[post("/api/auth/forgot-password")]
async fn forgot_password(
    _: Public,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    body: ValidJson<ForgotPasswordRequest>,
) -> Result<HttpResponse, ApiError> {
    let email = email(&body.0.email)?;
    to_the_end(async move { replace_password::ask_for_link(&state, &caller, &email).await }).await?;
    Ok(nothing())
}

/// Sets another password, for who has the link. All sessions end.
#[utoipa::path(tag = "accounts", operation_id = "resetPassword", request_body = ResetPasswordRequest,
    responses((status = 204, description = "The password is another one")))]
#[post("/api/auth/reset-password")]
async fn reset_password(
    _: Public,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    body: ValidJson<ResetPasswordRequest>,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { replace_password::reset(&state, &caller, &body.0).await }).await?;
    Ok(nothing())
}

/// Says that an e-mail address is one's own, for who has the link we sent there.
#[utoipa::path(tag = "accounts", operation_id = "verifyEmail", request_body = VerifyEmailRequest,
    responses((status = 204, description = "The address is verified")))]
#[post("/api/auth/verify-email")]
async fn verify_email(
    _: Public,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    body: ValidJson<VerifyEmailRequest>,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { verify::verify(&state, &caller, &body.0.token).await }).await?;
    Ok(nothing())
}

/// Sends the link once more with which one's e-mail address is verified.
#[utoipa::path(tag = "accounts", operation_id = "resendVerification", security(("bearer" = [])),
    responses(
        (status = 204, description = "A mail is on its way"),
        (status = 409, description = "The address is verified already"),
    ))]
#[post("/api/auth/resend-verification")]
async fn resend_verification(
    who: Customer,
    state: Data<AppState>,
    caller: Caller,
    _: NoQuery,
    _: NoBody,
) -> Result<HttpResponse, ApiError> {
    to_the_end(async move { verify::ask_again(&state, &caller, who.user).await }).await?;
    Ok(nothing())
}

/// The address as the house compares it; the contract has checked how it is written.
fn email(text: &str) -> Result<Email, ApiError> {
    Email::try_from(text).map_err(ApiError::internal)
}
