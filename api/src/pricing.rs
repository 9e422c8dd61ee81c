//! What things cost together: one rule for carts, checkout and orders.

use openapi::Money;

use crate::config::ShopConfig;

/// So many pieces of something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pieces {
    pub(crate) unit_price: Money,
    pub(crate) quantity: u32,
}

/// What a line costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineSums {
    pub(crate) subtotal: Money,
    pub(crate) tax: Money,
}

/// What all lines cost, and what comes on top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sums {
    /// In the order in which they were asked for.
    pub(crate) lines: Vec<LineSums>,
    pub(crate) subtotal: Money,
    pub(crate) discount: Money,
    pub(crate) shipping: Money,
    pub(crate) tax: Money,
    pub(crate) total: Money,
}

/// Sums that no shop has: prices and quantities are bounded far below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sum is too large")]
pub struct TooLarge;

impl Sums {
    /// Taxes each line by itself, so that the lines of an order and its total never disagree by a cent. Nothing is
    /// shipped for nothing.
    pub(crate) fn of(pieces: &[Pieces], shop: &ShopConfig) -> Result<Self, TooLarge> {
        let none = Money::from_minor(0, shop.currency);
        let lines = pieces.iter().map(|line| line.sums(shop)).collect::<Result<Vec<_>, _>>()?;
        let all = |of: fn(&LineSums) -> Money| {
            lines.iter().map(of).try_fold(none, Money::checked_add).ok_or(TooLarge)
        };
        let (subtotal, tax) = (all(|line| line.subtotal)?, all(|line| line.tax)?);
        let is_free = pieces.iter().all(|line| line.quantity == 0)
            || shop.free_shipping_from.is_some_and(|from| subtotal.minor() >= from.minor());
        let shipping = if is_free { none } else { shop.shipping };
        let total = subtotal.checked_add(tax).and_then(|sum| sum.checked_add(shipping)).ok_or(TooLarge)?;
        Ok(Self { lines, subtotal, discount: none, shipping, tax, total })
    }
}

impl Pieces {
    fn sums(&self, shop: &ShopConfig) -> Result<LineSums, TooLarge> {
        let subtotal = self.unit_price.checked_mul(self.quantity.into()).ok_or(TooLarge)?;
        Ok(LineSums { subtotal, tax: subtotal.share(shop.tax_rate_bps).ok_or(TooLarge)? })
    }
}

#[cfg(test)]
mod tests {
    use openapi::Currency;
    use proptest::prelude::*;

    use super::*;

    fn shop() -> ShopConfig {
        let money = |minor| Money::from_minor(minor, Currency::USD);
        ShopConfig {
            currency: Currency::USD,
            tax_rate_bps: 1_000,
            shipping: money(999),
            free_shipping_from: Some(money(5_000)),
        }
    }

    fn of(lines: &[(i64, u32)]) -> Sums {
        let pieces: Vec<_> = lines
            .iter()
            .map(|&(price, quantity)| Pieces {
                unit_price: Money::from_minor(price, Currency::USD),
                quantity,
            })
            .collect();
        Sums::of(&pieces, &shop()).unwrap()
    }

    #[test]
    fn shipping_is_free_from_fifty_and_for_nothing() {
        assert_eq!(of(&[(4_999, 1)]).shipping.minor(), 999);
        assert_eq!(of(&[(2_500, 2)]).shipping.minor(), 0);
        assert_eq!(of(&[]).total.minor(), 0);
        assert_eq!(of(&[(4_999, 0)]).total.minor(), 0);
    }

    #[test]
    fn the_orders_of_the_shop_before_this_one_come_to_the_same() {
        let order = of(&[(349_999, 1), (2_999, 1)]);
        assert_eq!(
            (order.subtotal.minor(), order.tax.minor(), order.total.minor()),
            (352_998, 35_300, 388_298)
        );
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_its_parts(lines in prop::collection::vec((0_i64..=99_999_999_999, 0_u32..=99), 0..=100)) {
            let sums = of(&lines);
            let exact: i64 = lines.iter().map(|&(price, quantity)| price * i64::from(quantity)).sum();
            prop_assert_eq!(sums.subtotal.minor(), exact);
            prop_assert_eq!(sums.tax.minor(), sums.lines.iter().map(|line| line.tax.minor()).sum::<i64>());
            for (line, &(price, quantity)) in sums.lines.iter().zip(&lines) {
                // Half up, to the cent: never more than half a cent off.
                let off = line.tax.minor() * 10 - price * i64::from(quantity);
                prop_assert!((-5..=5).contains(&off), "{off}");
            }
            let parts = sums.subtotal.minor() + sums.tax.minor() + sums.shipping.minor() - sums.discount.minor();
            prop_assert_eq!(sums.total.minor(), parts);
        }
    }
}
