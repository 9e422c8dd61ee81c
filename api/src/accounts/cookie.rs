//! The cookie that keeps a browser signed in.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::{Cookie, time::Duration},
    dev::Payload,
};

use super::{refresh_token::RefreshToken, sessions};
use crate::{config::ServerConfig, error::ApiError, http::own_cookie};

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
    own_cookie(NAME, token.text(), PATH, server)
        .max_age(Duration::seconds(sessions::LIFETIME.num_seconds()))
        .finish()
}

/// Takes it away again.
pub(super) fn gone(server: &ServerConfig) -> Cookie<'static> {
    own_cookie(NAME, String::new(), PATH, server).max_age(Duration::ZERO).finish()
}
