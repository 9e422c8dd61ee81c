//! What every text that comes in has in common: trimmed, NFC, without control characters, bounded.

use unicode_normalization::UnicodeNormalization;

/// Why a text was refused. Never carries the text itself: it may be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("must not be empty")]
    Empty,
    #[error("must not be longer than {max} characters")]
    TooLong { max: usize },
    #[error("must not contain control characters")]
    ControlCharacter,
    #[error("{0}")]
    Malformed(&'static str),
}

/// Trims, composes (NFC) and checks one line of text of 1 to `max` characters. What is counted and looked through is the
/// text as it came, blanks at its ends included, because that is what a schema speaks of.
pub fn clean_line(text: &str, max: usize) -> Result<String, TextError> {
    clean(text, max, char::is_control)
}

/// Like [`clean_line`], but line breaks and tabs are welcome: descriptions, notes.
pub fn clean_paragraphs(text: &str, max: usize) -> Result<String, TextError> {
    clean(text, max, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

fn clean(text: &str, max: usize, refused: impl Fn(char) -> bool) -> Result<String, TextError> {
    if text.chars().any(refused) {
        return Err(TextError::ControlCharacter);
    }
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    let composed: String = text.trim().nfc().collect();
    if composed.is_empty() { Err(TextError::Empty) } else { Ok(composed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_is_trimmed_and_composed() {
        assert_eq!(clean_line("  Cafe\u{301} ", 10).unwrap(), "Café");
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(clean_line(" éé ", 4).unwrap(), "éé");
        assert_eq!(clean_line("ééé", 2), Err(TextError::TooLong { max: 2 }));
        assert_eq!(clean_line("   ", 3), Err(TextError::Empty));
    }

    #[test]
    fn control_characters_are_refused_and_line_breaks_only_where_they_belong() {
        assert_eq!(clean_line("a\0b", 9), Err(TextError::ControlCharacter));
        assert_eq!(clean_line("a\nb", 9), Err(TextError::ControlCharacter));
        assert_eq!(clean_line("a\n", 9), Err(TextError::ControlCharacter));
        assert_eq!(clean_paragraphs("a\nb", 9).unwrap(), "a\nb");
        assert_eq!(clean_paragraphs("a\u{7}b", 9), Err(TextError::ControlCharacter));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,40}") {
            if let Ok(once) = clean_line(&text, 200) {
                prop_assert_eq!(clean_line(&once, 200), Ok(once.clone()));
            }
        }
    }
}
