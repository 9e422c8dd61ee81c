//! The address visitors know the shop by.

use std::{fmt, str::FromStr};

use url::Url;

use super::{ConfigError, Environment, Mode, Variable};

pub(super) const PUBLIC_URL: Variable = Variable::open(
    "PUBLIC_URL",
    "`http://localhost:<PORT>` (none in production)",
    "The address visitors know the shop by, for the links in mails: `https://shop.example.com`.",
);

/// Scheme, host and port, by which visitors know the shop. Told by the operator: what a request says about itself
/// may be forged, and a link made from it would carry its token to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    pub(super) fn read(environment: &Environment, mode: Mode, port: u16) -> Result<Self, ConfigError> {
        match environment.parsed(&PUBLIC_URL)? {
            Some(url) => Ok(url),
            None if mode == Mode::Production => Err(ConfigError::UnsafeInProduction(
                "set PUBLIC_URL to the address visitors know the shop by, like https://shop.example.com"
                    .into(),
            )),
            None => format!("http://localhost:{port}").parse().map_err(|error| PUBLIC_URL.refuse(error)),
        }
    }

    /// The address of one of the shop's pages, which begins with `/`.
    pub fn page(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    /// The host's name.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = "it must be scheme and host alone, like https://shop.example.com";
        let url = Url::parse(text).map_err(|_| expected)?;
        let bare = matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if bare { Ok(Self(url)) } else { Err(expected) }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.origin().ascii_serialization())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str, mode: Mode) -> Result<PublicUrl, ConfigError> {
        PublicUrl::read(&Environment::of([("PUBLIC_URL", url)]), mode, 4_000)
    }

    #[test]
    fn pages_are_below_it() {
        for (url, page) in [
            ("https://shop.example.com", "https://shop.example.com/auth/forgot"),
            ("https://shop.example.com:443/", "https://shop.example.com/auth/forgot"),
            ("http://localhost:8080", "http://localhost:8080/auth/forgot"),
            ("", "http://localhost:4000/auth/forgot"),
        ] {
            assert_eq!(read(url, Mode::Development).unwrap().page("/auth/forgot"), page, "{url}");
        }
        assert_eq!(read("https://shop.example.com", Mode::Production).unwrap().host(), "shop.example.com");
    }

    #[test]
    fn what_is_more_than_an_origin_is_refused() {
        for bad in ["shop.example.com", "ftp://x", "https://x/shop", "https://x?a=b", "https://u:p@x", "//x"]
        {
            assert!(matches!(read(bad, Mode::Development), Err(ConfigError::Invalid { .. })), "{bad}");
        }
    }

    #[test]
    fn production_must_be_told() {
        assert!(matches!(read("", Mode::Production), Err(ConfigError::UnsafeInProduction(_))));
    }
}
