//! One part of a path, as it stands in an address.

/// Written so that it stays one part, whatever is in it.
pub(crate) fn encoded(part: &str) -> String {
    let pair = serde_urlencoded::to_string([("", part)]).unwrap_or_default();
    // Form encoding is path encoding but for the space; what is left of "=" is ours.
    pair.trim_start_matches('=').replace('+', "%20")
}

/// What is written so; nothing if it cannot be read.
pub(crate) fn decoded(part: &str) -> Option<String> {
    let pair = format!("={}", part.replace('+', "%2B").replace('&', "%26"));
    let mut read: Vec<(String, String)> = serde_urlencoded::from_str(&pair).ok()?;
    let text = read.pop()?.1;
    // What is no text reads as this.
    (!text.is_empty() && !text.contains('\u{fffd}')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_written_stays_one_part_and_is_read_again() {
        for part in ["mug", "a/../b?c d", "caffè & tè=1", "100%", "a+b", "a=b"] {
            let written = encoded(part);
            assert!(!written.contains(['/', '?', '#', '&', ' ']), "{written}");
            assert_eq!(decoded(&written).as_deref(), Some(part), "{written}");
        }
        assert_eq!(decoded("a&b").as_deref(), Some("a&b"));
    }

    #[test]
    fn what_is_no_text_cannot_be_read() {
        assert_eq!(decoded(""), None);
        assert_eq!(decoded("%ff"), None);
    }
}
