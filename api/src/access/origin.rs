//! Which pages may use the refresh cookie: a browser sends it along whoever's page asks.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};

use crate::{
    audit::{Caller, Entry},
    error::ApiError,
    state::AppState,
};

/// The request comes from the shop's own pages, from an allowed origin, or from no page at all.
#[derive(Debug)]
pub(crate) struct OwnSite;

impl FromRequest for OwnSite {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(if is_own(request) {
            Ok(Self)
        } else {
            if let Some(state) = request.app_data::<Data<AppState>>() {
                state.audit.note(&Caller::of(request, state), Entry::new("access.foreign-origin"));
            }
            Err(ApiError::Forbidden("Pages of another site may not do this."))
        })
    }
}

fn is_own(request: &HttpRequest) -> bool {
    let Some(origin) = request.headers().get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let state = request.app_data::<Data<AppState>>();
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    is_same_host(origin, host)
        || state.is_some_and(|state| {
            state.config.cors.allows(origin) || state.config.server.public_url.to_string() == origin
        })
}

/// A page of the host the request is for. The scheme is not compared: behind a proxy that ends TLS ours is unknown.
fn is_same_host(origin: &str, host: &str) -> bool {
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    !host.is_empty() && authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_compared_whole() {
        assert!(is_same_host("https://shop.example", "shop.example"));
        assert!(is_same_host("http://localhost:4000", "localhost:4000"));
        for foreign in
            ["https://shop.example.evil.example", "https://evilshop.example", "null", "", "shop.example"]
        {
            assert!(!is_same_host(foreign, "shop.example"), "{foreign}");
        }
        assert!(!is_same_host("https://", ""));
    }
}
