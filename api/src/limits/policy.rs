//! The limits there are, and which requests count towards which.

use crate::config::LimitsConfig;

/// So many within so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) name: &'static str,
    pub(super) quota: u32,
    /// In seconds.
    pub(super) window: u32,
}

const QUARTER_OF_AN_HOUR: u32 = 15 * 60;
const HOUR: u32 = 60 * 60;
/// The window within which requests are counted.
pub(super) const MINUTE: u32 = 60;

/// Failed sign-ins to one account from one address.
pub(super) const SIGN_IN: Policy = Policy::new("sign-in", 5, QUARTER_OF_AN_HOUR);
/// Failed sign-ins from one address, to whichever accounts.
pub(super) const SIGN_IN_CLIENT: Policy = Policy::new("sign-in-client", 30, QUARTER_OF_AN_HOUR);
/// Failed sign-ins to one account, from wherever.
pub(super) const SIGN_IN_ACCOUNT: Policy = Policy::new("sign-in-account", 50, QUARTER_OF_AN_HOUR);
/// Registrations from one address.
pub(super) const REGISTRATION: Policy = Policy::new("registration", 3, HOUR);
/// Mails anybody may ask to be sent to one address.
pub(super) const MAIL: Policy = Policy::new("mail", 5, HOUR);
/// Mails one client may ask to be sent, to whomever.
pub(super) const MAIL_CLIENT: Policy = Policy::new("mail-client", 20, HOUR);

impl Policy {
    const fn new(name: &'static str, quota: u32, window: u32) -> Self {
        Self { name, quota, window }
    }

    /// The window in milliseconds.
    pub(super) fn window_ms(self) -> i64 {
        i64::from(self.window) * 1_000
    }
}

/// What a request counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    PublicRead,
    Other,
}

impl Counted {
    /// Whether an answer says how much is left. What is the same for everybody and kept by caches does not, unless
    /// it is a refusal.
    pub(crate) fn is_told(self, status: u16) -> bool {
        self == Self::Other || status == 429
    }
}

/// What a request counts as, if it counts. Only the API counts: pages, probes and metrics do not. The one rule for
/// what is served and for what the contract says.
pub(crate) fn counted_as(path: &str, is_get: bool) -> Option<Counted> {
    let is_under =
        |root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if !is_under("/api") || path == "/api/health" || is_under("/api/docs") {
        return None;
    }
    let is_public = is_get && (is_under("/api/catalog") || is_under("/api/search"));
    Some(if is_public { Counted::PublicRead } else { Counted::Other })
}

/// The policy for requests of a kind.
pub(super) fn of_requests(config: &LimitsConfig, counted: Counted) -> Policy {
    match counted {
        Counted::PublicRead => Policy::new("public-reads", config.public_reads, MINUTE),
        Counted::Other => Policy::new("default", config.default, MINUTE),
    }
}

/// Milliseconds as seconds that are not too few.
pub(super) fn whole_seconds(milliseconds: i64) -> u64 {
    u64::try_from(milliseconds).unwrap_or_default().div_ceil(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_api_counts_and_only_reads_of_the_catalogue_are_public() {
        for path in
            ["/", "/health", "/metrics", "/apiary", "/api/health", "/api/docs", "/api/docs/openapi.json"]
        {
            assert_eq!(counted_as(path, true), None, "{path}");
        }
        for path in ["/api/catalog/products", "/api/search", "/api/search/suggest"] {
            assert_eq!(counted_as(path, true), Some(Counted::PublicRead), "{path}");
            assert_eq!(counted_as(path, false), Some(Counted::Other), "{path}");
        }
        for path in ["/api", "/api/cart", "/api/catalogue", "/api/docsx", "/api/health/deep"] {
            assert_eq!(counted_as(path, true), Some(Counted::Other), "{path}");
        }
    }
}
