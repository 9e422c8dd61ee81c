//! Where a visitor wanted to go before signing in. It comes from the address bar, so anybody may have written it.

/// Far longer than any address of the shop.
const MAX_LENGTH: usize = 2_000;

/// A place in this shop. Nothing else can be made into one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReturnPath {
    pub(crate) path: String,
    /// Without its question mark.
    pub(crate) query: String,
}

impl ReturnPath {
    /// Reads the parameter of the sign-in page. Only a plain path of this origin is believed; and none that leads
    /// back to the pages for signing in.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_local = text.starts_with('/') && !text[1..].starts_with(['/', '\\']);
        // Browsers read a backslash as a slash and drop control characters before they look.
        let is_plain = !text.chars().any(|c| c == '\\' || c.is_control() || c.is_whitespace());
        if !is_local || !is_plain || text.len() > MAX_LENGTH {
            return None;
        }
        let text = text.split('#').next().unwrap_or_default();
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let is_way_in = path == "/auth" || path.starts_with("/auth/");
        let climbs = path.split('/').any(is_dots);
        (!is_way_in && !climbs && !path.contains("//"))
            .then(|| Self { path: path.to_owned(), query: query.to_owned() })
    }

    /// The value of `return` in a query.
    pub(crate) fn from_query(query: &str) -> Option<Self> {
        Self::parse(&parameter(query, "return")?)
    }

    /// The query that sends somebody to sign in first and then here.
    pub(crate) fn to_query(&self) -> String {
        let whole =
            if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) };
        serde_urlencoded::to_string([("return", whole)]).unwrap_or_default()
    }
}

/// `.` and `..`, also where they are encoded.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// The first value of a parameter in a query.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.trim_start_matches('?')).unwrap_or_default();
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_shop_is_believed() {
        for (text, path, query) in [
            ("/", "/", ""),
            ("/account", "/account", ""),
            ("/account/addresses", "/account/addresses", ""),
            ("/products?category=mens-clothing&page=2", "/products", "category=mens-clothing&page=2"),
            ("/products?back=https://evil.example/", "/products", "back=https://evil.example/"),
            ("/account#security", "/account", ""),
            ("/authors", "/authors", ""),
        ] {
            let expected = ReturnPath { path: path.into(), query: query.into() };
            assert_eq!(ReturnPath::parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_shop() {
        for hostile in [
            "",
            "account",
            "//evil.example",
            "///evil.example",
            "////evil.example/%2f..",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/account\\..\\..\\evil.example",
            "https://evil.example",
            "https:evil.example",
            "http://shop.example@evil.example",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,hello",
            "\u{1}https://evil.example",
            "\t//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r\n/evil.example",
            "/\0/evil.example",
            "/\u{85}/evil.example",
            " /account",
            "/ /evil.example",
            "/\u{a0}/evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/%2e%2E//evil.example",
            "/account/../auth/login",
            "/account/%2e%2e/auth/login",
            "/account//evil.example",
            "?return=/account",
            "#/account",
            "/auth",
            "/auth/login",
            "/auth/login?return=/auth/login",
            "/auth/verify?token=secret",
        ] {
            assert_eq!(ReturnPath::parse(hostile), None, "{hostile:?}");
        }
        assert_eq!(ReturnPath::parse(&format!("/{}", "a".repeat(MAX_LENGTH))), None);
    }

    #[test]
    fn the_way_there_and_back_is_the_same() {
        for text in ["/account", "/products?category=a%20b&page=2", "/products/caf%C3%A9"] {
            let place = ReturnPath::parse(text).unwrap();
            assert_eq!(ReturnPath::from_query(&place.to_query()), Some(place), "{text}");
        }
        let account = ReturnPath::parse("/account").unwrap();
        assert_eq!(account.to_query(), "return=%2Faccount");
    }

    #[test]
    fn of_several_the_first_counts_and_hostile_ones_do_not() {
        assert_eq!(ReturnPath::from_query("?return=%2F%2Fevil.example&return=%2Faccount"), None);
        assert_eq!(ReturnPath::from_query("?return=%2F%5Cevil.example"), None);
        assert_eq!(ReturnPath::from_query("?return=%2F%09%2Fevil.example"), None);
        assert_eq!(ReturnPath::from_query("page=2"), None);
        assert_eq!(ReturnPath::from_query(""), None);
        assert!(ReturnPath::from_query("?page=2&return=/account").is_some());
    }
}
