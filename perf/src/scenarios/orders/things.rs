//! What is bought.

use crate::{failure::Failure, postgres::psql};

/// More than anybody buys while this runs.
const PLENTY: u32 = 100_000_000;

/// A variant, by the ids and the price it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) variant: String,
    pub(super) product: String,
    pub(super) price: i64,
}

impl Thing {
    /// So many of the shop's things, of which there are plenty from now on.
    pub(super) fn stock_up(url: &str, many: usize) -> Result<Vec<Self>, Failure> {
        let chosen = format!(
            "SELECT product_variants.id, product_id, price FROM product_variants JOIN products ON products.id = product_id \
             WHERE is_default AND status = 'ACTIVE' ORDER BY product_variants.id LIMIT {many}"
        );
        let rows = psql(url, &chosen)?;
        psql(
            url,
            &format!(
                "UPDATE product_variants SET stock = {PLENTY} WHERE id IN (SELECT id FROM ({chosen}) AS chosen)"
            ),
        )?;
        psql(
            url,
            "UPDATE products SET in_stock = true WHERE id IN (SELECT product_id FROM product_variants WHERE stock > 0)",
        )?;
        psql(url, "ANALYZE")?;
        let things: Vec<_> = rows.lines().filter_map(Self::read).collect();
        if things.len() == many {
            Ok(things)
        } else {
            Err(Failure::Broken(format!("the shop has {} things instead of {many}", things.len())))
        }
    }

    fn read(row: &str) -> Option<Self> {
        let mut columns = row.split('|');
        let (variant, product) = (columns.next()?.to_owned(), columns.next()?.to_owned());
        Some(Self { variant, product, price: columns.next()?.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_thing() {
        let thing = Thing { variant: "v".into(), product: "p".into(), price: 1_999 };
        assert_eq!(Thing::read("v|p|1999"), Some(thing));
        assert_eq!(Thing::read("v|p|"), None);
    }
}
