//! The cookie that keeps a browser signed in.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
};

use super::{refresh_token::RefreshToken, sessions};
use crate::{
    config::{Mode, ServerConfig},
    error::ApiError,
};

const NAME: &str = "bottega_refresh";
/// Sent to no other address.
const PATH: &str = "/api/auth";

/// What the browser's cookie says, if it has one and it reads like one of ours.
#[derive(Debug)]
pub(super) struct RefreshCookie(pub(super) Option<RefreshToken>);

impl FromRequest for RefreshCookie {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.cookie(NAME).and_then(|cookie| RefreshToken::parse(cookie.value())))))
    }
}

/// Hands a browser its token.
pub(super) fn holding(token: &RefreshToken, server: &ServerConfig) -> Cookie<'static> {
    base(token.text(), server).max_age(Duration::seconds(sessions::LIFETIME.num_seconds())).finish()
}

/// Takes it away again.
pub(super) fn gone(server: &ServerConfig) -> Cookie<'static> {
    base(String::new(), server).max_age(Duration::ZERO).finish()
}

fn base(value: String, server: &ServerConfig) -> actix_web::cookie::CookieBuilder<'static> {
    Cookie::build(NAME, value)
        .path(PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        // A shop on one's own machine has no TLS.
        .secure(server.mode == Mode::Production)
}
