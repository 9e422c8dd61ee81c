//! What is bought, and by whom: copies of what the shop has, with ids that can be reckoned.

use crate::{failure::Failure, postgres::psql};

/// More than anybody buys while this runs.
const PLENTY: u32 = 100_000_000;
/// What each costs, in cents.
pub(super) const PRICE: i64 = 1_999;

/// The ids of one kind of thing, as SQL and as they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids(u32);

pub(super) const VARIANTS: Ids = Ids(0xa);
pub(super) const PRODUCTS: Ids = Ids(0xb);
/// Those in whose name PostgreSQL alone buys.
pub(super) const USERS: Ids = Ids(0xc);

impl Ids {
    pub(super) const fn new(kind: u32) -> Self {
        Self(kind)
    }

    /// The id with the number that this expression has.
    pub(super) fn sql(self, number: &str) -> String {
        format!("('{:08x}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid", self.0)
    }

    pub(super) fn of(self, number: usize) -> String {
        format!("{:08x}-0000-7000-8000-{number:012x}", self.0)
    }
}

/// Makes so many things of which there are plenty, and as many users as there are connections.
pub(super) fn stock_up(url: &str, things: usize, users: usize) -> Result<(), Failure> {
    let copy = |table: &str, of: &str, many: usize, changes: &str| {
        let copied = format!(
            "INSERT INTO {table} SELECT (jsonb_populate_record(original, jsonb_build_object({changes}))).* \
             FROM {table} AS original, generate_series(0, {many} - 1) AS n \
             WHERE original.id = (SELECT id FROM {table} WHERE {of} LIMIT 1)"
        );
        psql(url, &copied)
    };
    let (product, variant, user) = (PRODUCTS.sql("n"), VARIANTS.sql("n"), USERS.sql("n"));
    copy(
        "products",
        "status = 'ACTIVE'",
        things,
        &format!("'id', {product}, 'slug', 'thing-' || n, 'in_stock', true"),
    )?;
    let of_variants = format!(
        "'id', {variant}, 'product_id', {product}, 'sku', 'THING-' || n, 'price', {PRICE}, 'stock', {PLENTY}, 'is_default', true"
    );
    copy("product_variants", "is_default", things, &of_variants)?;
    copy(
        "users",
        "true",
        users,
        &format!("'id', {user}, 'email', n || '@example.com', 'email_folded', n || '@example.com'"),
    )?;
    psql(url, "ANALYZE").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_whoever_reckons_it() {
        assert_eq!(VARIANTS.of(255), "0000000a-0000-7000-8000-0000000000ff");
        assert!(VARIANTS.sql(":t").starts_with("('0000000a-0000-7000-8000-' || lpad(to_hex(:t)"));
    }
}
