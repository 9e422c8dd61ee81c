//! Cookies that only the shop's own pages send, and that no script reads.

use actix_web::cookie::{Cookie, CookieBuilder, SameSite};

use crate::config::{Mode, ServerConfig};

/// A cookie that is sent to the addresses below a path alone.
pub(crate) fn own_cookie(
    name: &'static str,
    value: String,
    path: &'static str,
    server: &ServerConfig,
) -> CookieBuilder<'static> {
    Cookie::build(name, value)
        .path(path)
        .http_only(true)
        .same_site(SameSite::Strict)
        // A shop on one's own machine has no TLS.
        .secure(server.mode == Mode::Production)
}
