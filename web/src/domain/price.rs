//! What is saved.

use openapi::Money;

/// How much less something costs than it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Saving {
    pub(crate) amount: Money,
    /// Rounded half up; 0 where it is less than half a percent.
    pub(crate) percent: i64,
}

/// The saving, if there is one.
pub(crate) fn saving(price: Money, compare_at: Option<Money>) -> Option<Saving> {
    let before = compare_at?;
    let amount = before.checked_sub(price)?;
    if amount.minor() <= 0 {
        return None;
    }
    let exact = i128::from(amount.minor()) * 200 + i128::from(before.minor());
    let percent = i64::try_from(exact / (i128::from(before.minor()) * 2)).ok()?;
    Some(Saving { amount, percent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::Currency;

    fn dollars(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn percent(price: &str, before: &str) -> Option<i64> {
        saving(dollars(price), Some(dollars(before))).map(|saving| saving.percent)
    }

    #[test]
    fn a_lower_price_is_a_saving() {
        let saving = saving(dollars("999.99"), Some(dollars("1099.99"))).unwrap();
        assert_eq!(saving.amount, dollars("100.00"));
        assert_eq!(saving.percent, 9);
    }

    #[test]
    fn percents_are_rounded_half_up() {
        assert_eq!(percent("87.50", "100"), Some(13));
        assert_eq!(percent("87.51", "100"), Some(12));
        assert_eq!(percent("99.80", "100"), Some(0));
        assert_eq!(percent("0", "100"), Some(100));
    }

    #[test]
    fn no_saving_without_a_higher_price_before() {
        assert_eq!(saving(dollars("10"), None), None);
        assert_eq!(percent("10", "10"), None);
        assert_eq!(percent("11", "10"), None);
        assert_eq!(percent("0", "0"), None);
    }
}
