//! The statements of an order, written by hand for `pgbench`.

use std::{fmt::Write as _, io::Write as _, time::Duration};

use serde::Deserialize;
use tempfile::NamedTempFile;

use super::{
    Wanted,
    things::{Ids, PRICE, PRODUCTS, USERS, VARIANTS},
};
use crate::{
    failure::{Failure, While},
    postgres::Pgbench,
};

const ADDRESS: &str = r#"{"firstName": "Ada", "lastName": "Lovelace", "address1": "Via Appia 1", "address2": null, "city": "Roma", "state": "RM", "postalCode": "00184", "country": "IT", "phone": null}"#;
/// What an order begins with.
const FIRST: &str = "pg_try_advisory_xact_lock";
/// As long as the answer of an order of one thing is.
const ANSWER_LENGTH: usize = 1_900;

/// One script for many things, and one for one.
#[derive(Debug)]
pub(super) struct Scripts {
    many: NamedTempFile,
    one: NamedTempFile,
}

/// A line of the log that tells a statement.
#[derive(Debug, Deserialize)]
struct Line {
    target: String,
    statement: String,
    path: String,
}

/// The statements that the last order in a log has made.
pub(super) fn last_logged(log: &str) -> Vec<String> {
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
    let of_orders = lines.filter(|line| line.target == "sql" && line.path == "/api/orders");
    let mut all: Vec<String> =
        of_orders.map(|line| line.statement).filter(|statement| kind(statement).is_some()).collect();
    let begun = all.iter().rposition(|statement| statement.contains(FIRST)).unwrap_or_default();
    all.split_off(begun)
}

/// What a statement does, and to which table first of all: none of what begins and ends transactions.
fn kind(statement: &str) -> Option<String> {
    let plain = statement.replace('"', "");
    let words: Vec<&str> = plain.split([' ', '(', ',']).filter(|word| !word.is_empty()).collect();
    let after =
        |mark: &str| words.iter().position(|word| *word == mark).and_then(|at| words.get(at + 1)).copied();
    match *words.first()? {
        "INSERT" => Some(format!("INSERT {}", after("INTO")?)),
        "UPDATE" => Some(format!("UPDATE {}", words.get(1)?)),
        "SELECT" => Some(format!("SELECT {}", after("FROM").or_else(|| words.get(1).copied())?)),
        _ => None,
    }
}

impl Scripts {
    pub(super) fn write(things: usize) -> Result<Self, Failure> {
        let file = |text: &str| {
            let mut file = NamedTempFile::new().doing("make a temporary file")?;
            file.write_all(text.as_bytes()).doing("write a script for pgbench")?;
            Ok::<_, Failure>(file)
        };
        Ok(Self { many: file(&script(&format!("random(0, {things} - 1)")))?, one: file(&script("0"))? })
    }

    /// Fails unless these are of the same kinds, one after the other, as those the shop makes.
    pub(super) fn check(&self, made: &[String]) -> Result<(), Failure> {
        let text = std::fs::read_to_string(self.one.path()).doing("read a script")?;
        let by_hand: Vec<_> = text.lines().filter_map(kind).collect();
        let by_shop: Vec<_> = made.iter().filter_map(|statement| kind(statement)).collect();
        if by_hand == by_shop {
            return Ok(());
        }
        Err(Failure::Broken(format!("the shop makes {by_shop:#?} where the script has {by_hand:#?}")))
    }

    /// How many orders in a second `pgbench` makes. No round takes an id of another.
    pub(super) fn rate(
        &self,
        pgbench: &Pgbench,
        url: &str,
        wanted: Wanted,
        round: u32,
        clients: usize,
        length: Duration,
    ) -> Result<f64, Failure> {
        let script = match wanted {
            Wanted::Many => &self.many,
            Wanted::One => &self.one,
        };
        let era = u64::from(round) * 2 + u64::from(matches!(wanted, Wanted::One));
        let variables = [("k", "0".to_owned()), ("era", era.to_string())];
        pgbench.rate_with(url, script.path(), &variables, clients, length)
    }
}

/// One order of one piece of the thing with this number. `n` is a number of its own for each.
fn script(thing: &str) -> String {
    let tax = (PRICE + 5) / 10;
    let shipping = 999;
    let (price, total) = (PRICE, PRICE + tax + shipping);
    let id = |kind: u32| Ids::new(kind).sql(":n::bigint");
    let (order, line, event, mail, movement, generation) = (id(1), id(2), id(3), id(4), id(5), id(6));
    let (variant, product) = (VARIANTS.sql(":t::bigint"), PRODUCTS.sql(":t::bigint"));
    let user = USERS.sql(":u::bigint");
    let answer = "x".repeat(ANSWER_LENGTH);
    let mut text = String::new();
    // Writing into text never fails.
    let _ = write!(
        text,
        r#"\set k :k + 1
\set n (:era * 256 + :client_id) * 1000000 + :k
\set t {thing}
\set u :client_id
BEGIN;
SELECT pg_try_advisory_xact_lock(:n) AS taken;
SELECT caller, operation, key, request_hash, status_code, headers, body, created_at, expires_at FROM idempotency_keys WHERE caller = 'user:' || :u::text AND operation = 'placeOrder' AND key = 'k-' || :n::text AND expires_at > now();
SELECT id, email, email_folded, password_hash, first_name, last_name, role, is_active, email_verified_at, locale, erased_at, version, created_at, updated_at FROM users WHERE id = {user} AND is_active = true AND erased_at IS NULL LIMIT 1 FOR SHARE;
SELECT product_variants.id AS variant_id, product_id, sku, price, stock, option_values, is_default, name, slug, image_url, status FROM product_variants INNER JOIN products ON product_variants.product_id = products.id WHERE product_variants.id IN ({variant});
INSERT INTO orders (id, number, user_id, email, email_folded, status, payment_status, currency, subtotal, tax, tax_rate_bps, shipping_amount, discount_amount, total_amount, refunded_amount, shipping_address, billing_address, notes, tracking_number, paid_at, shipped_at, delivered_at, cancelled_at, expires_at, version, created_at, updated_at) VALUES ({order}, (SELECT 'ORD-2026-' || lpad(number, greatest(6, length(number)), '0') FROM (SELECT nextval('order_number_seq')::text AS number) AS drawn), {user}, 'member@example.com', 'member@example.com', 'PENDING', 'UNPAID', 'USD', {price}, {tax}, 1000, {shipping}, 0, {total}, 0, '{ADDRESS}', '{ADDRESS}', NULL, NULL, NULL, NULL, NULL, NULL, now() + interval '72 hours', 1, now(), now()) RETURNING number;
INSERT INTO order_lines (id, order_id, position, product_id, variant_id, sku, name, option_values, image_url, quantity, unit_price, tax_rate_bps, tax, subtotal) VALUES ({line}, {order}, 0, {product}, {variant}, 'A-SKU-OF-SOME-LENGTH', 'A thing of some name', '{{}}', '/illustrations/products/thing.svg', 1, {price}, 1000, {tax}, {price});
INSERT INTO order_events (id, order_id, kind, from_status, to_status, actor_id, actor_kind, note, created_at) VALUES ({event}, {order}, 'PLACED', NULL, 'PENDING', {user}, 'CUSTOMER', NULL, now());
INSERT INTO mail_outbox (id, recipient, locale, template, payload, status, attempts, next_attempt_at, last_error, created_at, sent_at) VALUES ({mail}, 'member@example.com', 'en', 'order_placed', '{{"order_id": "0199aa10-7b5e-7cc2-8d5c-5d8f6d2c9d11"}}', 'SENT', 0, now(), NULL, now(), now());
INSERT INTO idempotency_keys (caller, operation, key, request_hash, status_code, headers, body, created_at, expires_at) VALUES ('user:' || :u::text, 'placeOrder', 'k-' || :n::text, 'Gw3cGkXGwS8eTnBd8cYj9kq0Yd0TjQ3mJm3n0o7q2vU', 201, '[["location", "/api/orders/0199aa10-7b5e-7cc2-8d5c-5d8f6d2c9d11"]]', '{answer}', now(), now() + interval '24 hours') ON CONFLICT (caller, operation, key) DO UPDATE SET request_hash = excluded.request_hash, status_code = excluded.status_code, headers = excluded.headers, body = excluded.body, created_at = excluded.created_at, expires_at = excluded.expires_at;
SELECT id FROM product_variants WHERE id IN ({variant}) ORDER BY id ASC FOR NO KEY UPDATE;
UPDATE product_variants SET stock = stock + (CASE WHEN (id = {variant}) THEN -1 ELSE 0 END), updated_at = now() WHERE id IN ({variant}) AND (id = {variant} AND stock >= 1 AND price = {price}) RETURNING id, product_id, stock;
INSERT INTO stock_movements (id, variant_id, delta, stock_after, reason, order_id, actor_id, note, created_at) VALUES ({movement}, {variant}, -1, 1, 'SALE', {order}, {user}, NULL, now());
INSERT INTO cache_generations (tag, generation, changed_at) VALUES ('product:' || {product}::text, {generation}, now()) ON CONFLICT (tag) DO UPDATE SET generation = excluded.generation, changed_at = excluded.changed_at;
COMMIT;
"#
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_of_a_kind_whoever_writes_them() {
        let alike = [
            (r#"INSERT INTO "orders" ("id") VALUES ($1)"#, "INSERT orders"),
            (r#"UPDATE "product_variants" SET "stock" = 1"#, "UPDATE product_variants"),
            ("SELECT pg_try_advisory_xact_lock($1) AS taken", "SELECT pg_try_advisory_xact_lock"),
            (r#"SELECT "users"."id" FROM "users" WHERE 1"#, "SELECT users"),
        ];
        for (statement, expected) in alike {
            assert_eq!(kind(statement).as_deref(), Some(expected), "{statement}");
        }
        for other in ["BEGIN;", "COMMIT;", r"\set k :k + 1", ""] {
            assert_eq!(kind(other), None, "{other}");
        }
    }

    #[test]
    fn a_script_makes_as_many_statements_as_an_order() {
        assert_eq!(script("0").lines().filter_map(kind).count(), 13);
    }
}
