//! Which other sites' pages may speak for a signed-in visitor.

use url::Url;

use super::{ConfigError, Environment, Variable};

const CORS_ORIGINS: Variable = Variable::open(
    "CORS_ORIGINS",
    "none",
    "Comma-separated origins: `https://shop.example.com`, or `https://*.example.com` for its subdomains.",
);

pub(super) const VARIABLES: &[Variable] = &[CORS_ORIGINS];

/// Which other sites' pages may speak for a signed-in visitor.
#[derive(Debug, Clone, Default)]
pub struct CorsConfig {
    allowed: Vec<AllowedOrigin>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct AllowedOrigin {
    scheme: String,
    host: Host,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Host {
    Exactly(String),
    /// A subdomain of this domain, which begins with its dot.
    Below(String),
}

impl CorsConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let allowed = environment
            .list(&CORS_ORIGINS)?
            .iter()
            .map(|text| {
                AllowedOrigin::parse(text).ok_or_else(|| {
                    CORS_ORIGINS.refuse(format!(
                        "has the entry {text:?}, which is no origin: write scheme and host, like https://shop.example.com \
                         or https://*.example.com"
                    ))
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { allowed })
    }

    /// Whether a page of this origin may.
    pub fn allows(&self, origin: &str) -> bool {
        origin_parts(origin).is_some_and(|(scheme, host, port)| {
            self.allowed.iter().any(|allowed| {
                allowed.scheme == scheme
                    && allowed.port == port
                    && match &allowed.host {
                        Host::Exactly(exact) => *exact == host,
                        Host::Below(domain) => host.len() > domain.len() && host.ends_with(domain.as_str()),
                    }
            })
        })
    }
}

impl AllowedOrigin {
    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (below, plain) = match rest.strip_prefix("*.") {
            Some(domain) => (true, domain),
            None => (false, rest),
        };
        let (scheme, host, port) = origin_parts(&format!("{scheme}://{plain}"))?;
        let host = if below { Host::Below(format!(".{host}")) } else { Host::Exactly(host) };
        Some(Self { scheme, host, port })
    }
}

/// Scheme, host and port of an origin; nothing for what has a path, a user or anything else.
fn origin_parts(origin: &str) -> Option<(String, String, Option<u16>)> {
    let url = Url::parse(origin).ok()?;
    let bare = matches!(url.scheme(), "http" | "https")
        && url.path() == "/"
        && !origin.ends_with('/')
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && !url.host_str()?.contains('*');
    bare.then(|| {
        (url.scheme().to_owned(), url.host_str().unwrap_or_default().to_owned(), url.port_or_known_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cors(origins: &str) -> CorsConfig {
        CorsConfig::read(&Environment::of([("CORS_ORIGINS", origins)])).unwrap()
    }

    #[test]
    fn exact_origins_match_exactly() {
        let cors = cors("https://shop.example.com, http://localhost:3000");
        assert!(cors.allows("https://shop.example.com"));
        assert!(cors.allows("https://shop.example.com:443"));
        assert!(cors.allows("http://localhost:3000"));
        for refused in [
            "http://shop.example.com",
            "https://shop.example.com:8443",
            "https://shop.example.com.evil.com",
            "http://localhost",
            "null",
            "",
        ] {
            assert!(!cors.allows(refused), "{refused}");
        }
    }

    #[test]
    fn a_wildcard_stands_for_subdomains_only() {
        let cors = cors("https://*.k8s.it");
        assert!(cors.allows("https://shop.k8s.it"));
        assert!(cors.allows("https://a.b.k8s.it"));
        for refused in [
            "https://evilk8s.it",
            "https://k8s.it",
            "https://.k8s.it",
            "http://shop.k8s.it",
            "https://shop.k8s.it:444",
        ] {
            assert!(!cors.allows(refused), "{refused}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for bad in
            ["*", "example.com", "https://*", "https://x/path", "ftp://x", "https://*.*.com", "https://u@x"]
        {
            assert!(CorsConfig::read(&Environment::of([("CORS_ORIGINS", bad)])).is_err(), "{bad}");
        }
    }
}
