//! What the shop sells in, and what it adds to the price of things.

use openapi::{Currency, Money};

use super::{ConfigError, Environment, Variable};

const CURRENCY: Variable =
    Variable::open("CURRENCY", "`USD`", "The currency of every price, by its ISO 4217 code.");
const TAX_RATE: Variable = Variable::open(
    "TAX_RATE_PERCENT",
    "`10`",
    "The tax on top of every price, in percent, with up to two decimals.",
);
const SHIPPING: Variable = Variable::open(
    "SHIPPING_AMOUNT",
    "`9.99`",
    "What shipping an order costs. In a currency without cents, 999 of it.",
);
const FREE_SHIPPING: Variable = Variable::open(
    "FREE_SHIPPING_FROM",
    "`50.00`",
    "From which subtotal on shipping costs nothing, or `never`. In a currency without cents, 5000 of it.",
);

pub(super) const VARIABLES: &[Variable] = &[CURRENCY, TAX_RATE, SHIPPING, FREE_SHIPPING];

const DEFAULT_TAX_RATE_BPS: u16 = 1_000;
const DEFAULT_SHIPPING: i64 = 999;
const DEFAULT_FREE_SHIPPING: i64 = 5_000;

/// What the shop sells in, and what it adds to the price of things.
#[derive(Debug, Clone)]
pub struct ShopConfig {
    pub currency: Currency,
    /// In hundredths of a percent.
    pub tax_rate_bps: u16,
    pub shipping: Money,
    /// Never, if none.
    pub free_shipping_from: Option<Money>,
}

impl ShopConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let currency = match environment.text(&CURRENCY)? {
            None => Currency::USD,
            Some(code) => Currency::try_from(code.trim()).map_err(|error| CURRENCY.refuse(error))?,
        };
        let tax_rate_bps = match environment.text(&TAX_RATE)? {
            None => DEFAULT_TAX_RATE_BPS,
            Some(percent) => hundredths(percent.trim())
                .ok_or_else(|| TAX_RATE.refuse("must be a number from 0 to 100 like 8.25"))?,
        };
        let amount = |variable: &Variable, text: &str| {
            Money::parse(text.trim(), currency).map_err(|error| variable.refuse(error))
        };
        let shipping = match environment.text(&SHIPPING)? {
            None => Money::from_minor(DEFAULT_SHIPPING, currency),
            Some(text) => amount(&SHIPPING, &text)?,
        };
        let free_shipping_from = match environment.text(&FREE_SHIPPING)? {
            None => Some(Money::from_minor(DEFAULT_FREE_SHIPPING, currency)),
            Some(text) if text.trim() == "never" => None,
            Some(text) => Some(amount(&FREE_SHIPPING, &text)?),
        };
        Ok(Self { currency, tax_rate_bps, shipping, free_shipping_from })
    }
}

/// `8.25` percent are 825 hundredths.
fn hundredths(percent: &str) -> Option<u16> {
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, "0"));
    let is_plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !is_plain(whole) || !is_plain(fraction) || fraction.len() > 2 {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse().ok().filter(|hundredths| *hundredths <= 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_have_two_decimals_at_most() {
        for (percent, expected) in [("0", 0), ("10", 1_000), ("8.25", 825), ("8.5", 850), ("100.00", 10_000)]
        {
            assert_eq!(hundredths(percent), Some(expected), "{percent}");
        }
        for wrong in ["", ".", "8.", ".5", "8.255", "100.01", "-1", "ten", "1e1"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
