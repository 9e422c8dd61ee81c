//! Whose cart a request is about: of whoever is signed in, else of the guest who holds its token, in a cookie or in a
//! header.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, HttpResponseBuilder, cookie::time::Duration, dev::Payload};
use uuid::Uuid;

use super::{GUEST_CARTS_KEPT, token::CartToken};
use crate::{access, config::ServerConfig, error::ApiError, http::own_cookie};

const COOKIE: &str = "bottega_cart";
/// For clients that keep no cookies.
const HEADER: &str = "x-cart-token";
/// Orders are placed from carts too.
const PATH: &str = "/api";

/// Whose cart it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    Customer(Uuid),
    Guest(CartToken),
    /// A guest who has no cart yet.
    Newcomer,
}

impl Owner {
    pub(super) fn customer(&self) -> Option<Uuid> {
        match self {
            Self::Customer(user) => Some(*user),
            Self::Guest(_) | Self::Newcomer => None,
        }
    }

    pub(super) fn token(&self) -> Option<&CartToken> {
        match self {
            Self::Guest(token) => Some(token),
            Self::Customer(_) | Self::Newcomer => None,
        }
    }
}

impl FromRequest for Owner {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(owner(request))
    }
}

/// The cart of a guest who may turn out to be a customer.
#[derive(Debug)]
pub(crate) struct GuestCart(pub(crate) Option<CartToken>);

impl FromRequest for GuestCart {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(token(request))))
    }
}

fn owner(request: &HttpRequest) -> Result<Owner, ApiError> {
    // Somebody whose token is over is not a guest: they would look for what they put in as themselves.
    if let Some(identity) = access::identity_if_shown(request)? {
        return Ok(Owner::Customer(identity.user));
    }
    Ok(token(request).map_or(Owner::Newcomer, Owner::Guest))
}

/// The cart a browser or a program holds, if it holds one.
fn token(request: &HttpRequest) -> Option<CartToken> {
    let shown = request.headers().get(HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let text = shown.or_else(|| request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()))?;
    CartToken::parse(&text)
}

/// Hands a guest the token of their cart, for as long as the cart is kept.
pub(super) fn hand(answer: &mut HttpResponseBuilder, token: &CartToken, server: &ServerConfig) {
    let cookie = own_cookie(COOKIE, token.text(), PATH, server)
        .max_age(Duration::seconds(GUEST_CARTS_KEPT.num_seconds()));
    answer.cookie(cookie.finish()).insert_header((HEADER, token.text()));
}

/// Takes it away again.
pub(crate) fn take_away(answer: &mut HttpResponseBuilder, server: &ServerConfig) {
    answer.cookie(own_cookie(COOKIE, String::new(), PATH, server).max_age(Duration::ZERO).finish());
}
