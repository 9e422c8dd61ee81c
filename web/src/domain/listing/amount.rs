//! Amounts as visitors type them and addresses carry them: in the shop's currency, whichever that is.

/// An amount written in the shortest way: "10", "9.9".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount(String);

/// The most digits before the point the API reads.
const MAX_WHOLE: usize = 9;
/// The most digits after it.
const MAX_DECIMALS: usize = 2;

impl Amount {
    /// Reads what somebody typed, with a point or a comma.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
        let are_digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !are_digits(whole, MAX_WHOLE) || !are_digits(decimals, MAX_DECIMALS) {
            return None;
        }
        let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
        let whole = if whole.is_empty() { "0" } else { whole };
        Some(Self(if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is more than another one.
    pub(super) fn exceeds(&self, other: &Self) -> bool {
        self.parts() > other.parts()
    }

    /// Of written digits, the longer ones are more, and among equally long ones those that come later.
    fn parts(&self) -> (usize, &str, &str) {
        let (whole, decimals) = self.0.split_once('.').unwrap_or((&self.0, ""));
        (whole.len(), whole, decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Amount::parse(text).map(|amount| amount.0)
    }

    #[test]
    fn the_same_amount_is_written_in_one_way() {
        for (typed, amount) in
            [("10", "10"), (" 10.00 ", "10"), ("9,90", "9.9"), ("007", "7"), ("0", "0"), ("0.05", "0.05")]
        {
            assert_eq!(read(typed).as_deref(), Some(amount), "{typed}");
        }
    }

    #[test]
    fn what_the_api_would_refuse_is_no_amount() {
        for typed in ["", "ten", "-1", "1.", ".5", "1.234", "1e3", "1.2.3", "1,000.00", "1234567890", "٣"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn amounts_compare_as_numbers() {
        let exceeds = |a, b| Amount::parse(a).unwrap().exceeds(&Amount::parse(b).unwrap());
        for (more, less) in
            [("10", "9"), ("10.5", "10"), ("10.5", "10.45"), ("0.1", "0.09"), ("100", "99.99")]
        {
            assert!(exceeds(more, less) && !exceeds(less, more), "{more} {less}");
        }
        assert!(!exceeds("10", "10.00"));
    }
}
