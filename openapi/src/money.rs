//! Money: whole minor units in memory and in the database, a decimal string on the wire. Never a float.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A currency by its ISO 4217 code. What matters here is how many decimals it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");

    /// The three letters.
    pub fn code(&self) -> &str {
        // Only ever made of ASCII letters, see `TryFrom`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals amounts of this currency are written with.
    pub fn decimals(self) -> u8 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<&str> for Currency {
    type Error = MoneyError;

    fn try_from(code: &str) -> Result<Self, MoneyError> {
        let letters: [u8; 3] = code.as_bytes().try_into().map_err(|_| MoneyError::Currency)?;
        if letters.iter().all(u8::is_ascii_uppercase) { Ok(Self(letters)) } else { Err(MoneyError::Currency) }
    }
}

/// Why a text or a sum is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("must be an amount like \"19.90\"")]
    Malformed,
    #[error("must not have more than {0} decimals")]
    TooManyDecimals(u8),
    #[error("is too large")]
    TooLarge,
    #[error("must be a currency code of three capital letters, like USD")]
    Currency,
}

/// An exact amount: whole minor units, and how many decimals they stand for.
/// Which currency it is stands beside it, in the database as on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    decimals: u8,
}

impl Money {
    /// The largest amount that may be sent, in minor units: every sum of an order stays far below `i64::MAX`.
    pub const MAX_MINOR: i64 = 99_999_999_999;
    /// The longest amount that is looked at.
    pub const MAX_LENGTH: usize = 20;

    /// `minor` cents (or yen, or fils) of `currency`.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, decimals: currency.decimals() }
    }

    /// The whole minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// Reads what somebody typed as an amount of `currency`: "19", "19.9" and "19.90" are the same dollars.
    /// Negative amounts are no amounts.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        let dangling_point = text.ends_with('.');
        if whole.is_empty() || dangling_point || !plain(whole) || !plain(fraction) {
            return Err(MoneyError::Malformed);
        }
        let decimals = currency.decimals();
        if fraction.len() > usize::from(decimals) {
            return Err(MoneyError::TooManyDecimals(decimals));
        }
        if text.len() > Self::MAX_LENGTH {
            return Err(MoneyError::TooLarge);
        }
        let digits = format!("{whole}{fraction:0<width$}", width = usize::from(decimals));
        match digits.parse() {
            Ok(minor) if minor <= Self::MAX_MINOR => Ok(Self { minor, decimals }),
            _ => Err(MoneyError::TooLarge),
        }
    }

    /// The sum, unless it overflows or the decimals differ.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        (self.decimals == other.decimals)
            .then(|| self.minor.checked_add(other.minor))
            .flatten()
            .map(|minor| Self { minor, ..self })
    }

    /// The difference, unless it overflows or the decimals differ.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self { minor: other.minor.checked_neg()?, ..other })
    }

    /// The amount for `pieces`, unless it overflows.
    #[must_use]
    pub fn checked_mul(self, pieces: i64) -> Option<Self> {
        Some(Self { minor: self.minor.checked_mul(pieces)?, ..self })
    }

    /// The share of `basis_points` hundredths of a percent, rounded half up (away from zero).
    /// The only place where money is rounded.
    #[must_use]
    pub fn share(self, basis_points: u16) -> Option<Self> {
        let exact = i128::from(self.minor) * i128::from(basis_points);
        let half = if exact < 0 { -5_000 } else { 5_000 };
        Some(Self { minor: i64::try_from((exact + half) / 10_000).ok()?, ..self })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let units = self.minor.unsigned_abs();
        if self.decimals == 0 {
            return write!(f, "{sign}{units}");
        }
        let scale = 10_u64.pow(self.decimals.into());
        let width = usize::from(self.decimals);
        write!(f, "{sign}{}.{:0width$}", units / scale, units % scale)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads what the server wrote: as many decimals as are there.
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let minor =
            format!("{whole}{fraction}").parse().map_err(|_| D::Error::custom(MoneyError::Malformed))?;
        let decimals = u8::try_from(fraction.len()).map_err(|_| D::Error::custom(MoneyError::Malformed))?;
        if decimals > 4 {
            return Err(D::Error::custom(MoneyError::TooManyDecimals(4)));
        }
        Ok(Self { minor, decimals })
    }
}

#[cfg(feature = "schema")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
    };

    impl PartialSchema for super::Money {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(r"^-?[0-9]+(\.[0-9]{2,3})?$"))
                .description(Some(
                    "An exact amount with the decimals of its currency, which stands beside it.",
                ))
                .examples([serde_json::json!("1099.99")])
                .into()
        }
    }

    impl ToSchema for super::Money {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    #[test]
    fn amounts_are_written_with_the_currencys_decimals() {
        let yen = Currency::try_from("JPY").unwrap();
        let dinar = Currency::try_from("KWD").unwrap();
        assert_eq!(usd("19.9").to_string(), "19.90");
        assert_eq!(usd("0").to_string(), "0.00");
        assert_eq!(Money::from_minor(-5, Currency::USD).to_string(), "-0.05");
        assert_eq!(Money::parse("1500", yen).unwrap().to_string(), "1500");
        assert_eq!(Money::parse("1.5", dinar).unwrap().to_string(), "1.500");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for bad in ["", ".", "1.", ".5", "-1", "+1", "1,5", "1e3", " 1", "1.2.3", "NaN", "٣"] {
            assert_eq!(Money::parse(bad, Currency::USD), Err(MoneyError::Malformed), "{bad:?}");
        }
        assert_eq!(Money::parse("1.999", Currency::USD), Err(MoneyError::TooManyDecimals(2)));
        assert_eq!(Money::parse("999999999.99", Currency::USD).unwrap().minor(), Money::MAX_MINOR);
        assert_eq!(Money::parse("1000000000.00", Currency::USD), Err(MoneyError::TooLarge));
        assert_eq!(Money::parse(&"9".repeat(400), Currency::USD), Err(MoneyError::TooLarge));
    }

    #[test]
    fn currencies_are_three_capital_letters() {
        assert_eq!(Currency::try_from("EUR").unwrap().code(), "EUR");
        for bad in ["", "EU", "eur", "EURO", "E1R", "É"] {
            assert_eq!(Currency::try_from(bad), Err(MoneyError::Currency), "{bad:?}");
        }
    }

    #[test]
    fn half_a_cent_rounds_up() {
        assert_eq!(usd("0.05").share(1_000), Some(usd("0.01")));
        assert_eq!(usd("0.04").share(1_000), Some(usd("0.00")));
        assert_eq!(usd("3529.98").share(1_000), Some(usd("353.00")));
        assert_eq!(Money::from_minor(-5, Currency::USD).share(1_000).map(Money::minor), Some(-1));
    }

    #[test]
    fn sums_of_different_decimals_and_overflows_are_none() {
        let yen = Money::from_minor(1, Currency(*b"JPY"));
        assert_eq!(usd("1").checked_add(yen), None);
        assert_eq!(Money::from_minor(i64::MAX, Currency::USD).checked_add(usd("0.01")), None);
        assert_eq!(Money::from_minor(i64::MAX, Currency::USD).checked_mul(2), None);
        assert_eq!(usd("1").checked_sub(usd("0.01")), Some(usd("0.99")));
    }

    proptest! {
        #[test]
        fn the_wire_loses_nothing(minor in any::<i64>(), code in "(USD|JPY|KWD)") {
            let money = Money::from_minor(minor, Currency::try_from(code.as_str()).unwrap());
            let wire = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(serde_json::from_str::<Money>(&wire).unwrap(), money);
        }

        #[test]
        fn what_is_written_can_be_sent_back(minor in 0..=Money::MAX_MINOR) {
            let money = Money::from_minor(minor, Currency::USD);
            prop_assert_eq!(Money::parse(&money.to_string(), Currency::USD), Ok(money));
        }

        #[test]
        fn a_share_is_off_by_half_a_unit_at_most(minor in 0..=Money::MAX_MINOR, rate in 0..=10_000_u16) {
            let share = Money::from_minor(minor, Currency::USD).share(rate).unwrap();
            let error = (i128::from(share.minor()) * 10_000 - i128::from(minor) * i128::from(rate)).abs();
            prop_assert!(error <= 5_000);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = Money::parse(&text, Currency::USD);
            let _ = serde_json::from_value::<Money>(text.into());
        }
    }
}
