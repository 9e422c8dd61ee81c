//! The name of a request: what the client calls it if that is sane, else a new id.

use actix_web::dev::ServiceRequest;

use crate::clock::IdSource;

/// The header it comes in and goes out with.
pub(super) const HEADER: &str = "x-request-id";
const MAX_LENGTH: usize = 128;

/// Names a request that has just come in.
pub(super) fn named(request: &ServiceRequest, ids: &IdSource) -> String {
    let given =
        request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|text| is_sane(text));
    given.map_or_else(|| ids.next().to_string(), str::to_owned)
}

/// Short and of harmless characters: it is written into logs and headers.
fn is_sane(text: &str) -> bool {
    (1..=MAX_LENGTH).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/+=".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_harmless_names_are_taken_over() {
        assert!(is_sane("0199aa10-7b5e-7cc2"));
        assert!(is_sane("Root=1-67891233-abcdef"));
        for bad in ["", "a b", "a\"b", "a\n", "é", &"a".repeat(129)] {
            assert!(!is_sane(bad), "{bad:?}");
        }
    }
}
