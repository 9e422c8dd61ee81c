//! What the database itself refuses, and what a deletion takes with it.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};

use crate::databases::{is_postgres, number, on_each_engine};
use crate::dump;
use crate::shop::{expand, open};

/// A rule, and a change to the shop of `shop.rs` that breaks it and nothing else.
const WRONG: &[(&str, &str)] = &[
    ("ck_users_role", "UPDATE users SET role = 'ROOT'"),
    ("ck_users_version", "UPDATE users SET version = 0"),
    ("uq_users_email_folded", "UPDATE users SET email_folded = 'ann'"),
    ("fk_sessions_user_id", "UPDATE sessions SET user_id = #0999"),
    ("uq_sessions_refresh_hash", "UPDATE sessions SET refresh_hash = 'r1'"),
    ("uq_sessions_previous_refresh_hash", "UPDATE sessions SET previous_refresh_hash = 'p1'"),
    ("fk_one_time_tokens_user_id", "UPDATE one_time_tokens SET user_id = #0999"),
    ("ck_one_time_tokens_purpose", "UPDATE one_time_tokens SET purpose = 'LOGIN'"),
    ("uq_one_time_tokens_token_hash", "UPDATE one_time_tokens SET token_hash = 't1'"),
    ("fk_addresses_user_id", "UPDATE addresses SET user_id = #0999 WHERE id = #0132"),
    ("ck_addresses_country", "UPDATE addresses SET country = 'ITA'"),
    ("uq_addresses_default", "UPDATE addresses SET is_default = TRUE WHERE id = #0132"),
    ("fk_categories_parent_id", "UPDATE categories SET parent_id = #0999"),
    ("ck_categories_version", "UPDATE categories SET version = 0"),
    ("uq_categories_slug", "UPDATE categories SET slug = 'lamps'"),
    ("fk_products_category_id", "UPDATE products SET category_id = #0999"),
    ("ck_products_status", "UPDATE products SET status = 'SOLD'"),
    ("ck_products_price_from", "UPDATE products SET price_from = -1"),
    ("ck_products_price_to", "UPDATE products SET price_from = 0, price_to = -1"),
    ("ck_products_prices_in_order", "UPDATE products SET price_from = price_to + 1"),
    ("ck_products_version", "UPDATE products SET version = 0"),
    ("uq_products_slug", "UPDATE products SET slug = 'lamp'"),
    ("fk_product_options_product_id", "UPDATE product_options SET product_id = #0999"),
    ("uq_product_options_name", "UPDATE product_options SET name = 'size'"),
    ("uq_product_options_position", "UPDATE product_options SET position = 0"),
    ("fk_product_variants_product_id", "UPDATE product_variants SET product_id = #0999 WHERE id = #0231"),
    ("ck_product_variants_price", "UPDATE product_variants SET price = -1"),
    ("ck_product_variants_compare_at", "UPDATE product_variants SET compare_at = 0"),
    ("ck_product_variants_stock", "UPDATE product_variants SET stock = stock - 6"),
    ("ck_product_variants_version", "UPDATE product_variants SET version = 0"),
    ("uq_product_variants_sku", "UPDATE product_variants SET sku = 'BULB'"),
    ("uq_product_variants_option_key", "UPDATE product_variants SET option_key = 'size=S'"),
    ("uq_product_variants_default", "UPDATE product_variants SET is_default = TRUE"),
    ("fk_stock_movements_variant_id", "UPDATE stock_movements SET variant_id = #0999"),
    ("ck_stock_movements_delta", "UPDATE stock_movements SET delta = 0"),
    ("ck_stock_movements_stock_after", "UPDATE stock_movements SET stock_after = -1"),
    ("ck_stock_movements_reason", "UPDATE stock_movements SET reason = 'THEFT'"),
    ("fk_carts_user_id", "UPDATE carts SET user_id = #0999 WHERE id = #0301"),
    ("ck_carts_owner", "UPDATE carts SET token_hash = 'c3' WHERE id = #0301"),
    ("ck_carts_owner", "UPDATE carts SET token_hash = NULL WHERE id = #0303"),
    ("ck_carts_currency", "UPDATE carts SET currency = 'EURO'"),
    ("uq_carts_user_id", "UPDATE carts SET user_id = #0101 WHERE id = #0302"),
    ("uq_carts_token_hash", "UPDATE carts SET token_hash = 'c1' WHERE id = #0304"),
    ("fk_cart_lines_cart_id", "UPDATE cart_lines SET cart_id = #0999"),
    ("fk_cart_lines_variant_id", "UPDATE cart_lines SET variant_id = #0999 WHERE id = #0311"),
    ("ck_cart_lines_quantity", "UPDATE cart_lines SET quantity = 0"),
    ("ck_cart_lines_quantity", "UPDATE cart_lines SET quantity = 100"),
    ("ck_cart_lines_unit_price", "UPDATE cart_lines SET unit_price = -1"),
    ("uq_cart_lines_variant_id", "UPDATE cart_lines SET variant_id = #0231"),
    ("fk_orders_user_id", "UPDATE orders SET user_id = #0999"),
    ("ck_orders_status", "UPDATE orders SET status = 'LOST'"),
    ("ck_orders_payment_status", "UPDATE orders SET payment_status = 'BARTER'"),
    ("ck_orders_currency", "UPDATE orders SET currency = ''"),
    ("ck_orders_subtotal", "UPDATE orders SET subtotal = -1, tax = tax + subtotal + 1"),
    ("ck_orders_tax", "UPDATE orders SET tax = -1, subtotal = subtotal + tax + 1"),
    ("ck_orders_tax_rate_bps", "UPDATE orders SET tax_rate_bps = -1"),
    ("ck_orders_tax_rate_bps", "UPDATE orders SET tax_rate_bps = 10001"),
    ("ck_orders_shipping_amount", "UPDATE orders SET shipping_amount = -1, tax = tax + shipping_amount + 1"),
    ("ck_orders_discount_amount", "UPDATE orders SET discount_amount = -1, total_amount = total_amount + 1"),
    ("ck_orders_total_amount", "UPDATE orders SET discount_amount = 1, total_amount = -1 WHERE id = #0322"),
    ("ck_orders_total", "UPDATE orders SET total_amount = total_amount + 1"),
    ("ck_orders_refunded_amount", "UPDATE orders SET refunded_amount = -1"),
    ("ck_orders_total_covers_refunded", "UPDATE orders SET refunded_amount = total_amount + 1"),
    ("ck_orders_version", "UPDATE orders SET version = 0"),
    ("uq_orders_number", "UPDATE orders SET number = 'O-1'"),
    ("fk_order_lines_order_id", "UPDATE order_lines SET order_id = #0999"),
    ("fk_order_lines_product_id", "UPDATE order_lines SET product_id = #0999"),
    ("fk_order_lines_variant_id", "UPDATE order_lines SET variant_id = #0999"),
    ("ck_order_lines_quantity", "UPDATE order_lines SET quantity = 0"),
    ("ck_order_lines_unit_price", "UPDATE order_lines SET unit_price = -1"),
    ("ck_order_lines_tax_rate_bps", "UPDATE order_lines SET tax_rate_bps = 10001"),
    ("ck_order_lines_tax", "UPDATE order_lines SET tax = -1"),
    ("ck_order_lines_subtotal", "UPDATE order_lines SET subtotal = -1"),
    ("uq_order_lines_position", "UPDATE order_lines SET position = 0"),
    ("fk_order_events_order_id", "UPDATE order_events SET order_id = #0999"),
    ("ck_order_events_kind", "UPDATE order_events SET kind = 'RUMOUR'"),
    ("ck_order_events_from_status", "UPDATE order_events SET from_status = 'LOST'"),
    ("ck_order_events_to_status", "UPDATE order_events SET to_status = 'LOST'"),
    ("ck_order_events_actor_kind", "UPDATE order_events SET actor_kind = 'GHOST'"),
    ("fk_payments_order_id", "UPDATE payments SET order_id = #0999"),
    ("ck_payments_status", "UPDATE payments SET status = 'PROMISED'"),
    ("ck_payments_amount", "UPDATE payments SET amount = -1"),
    ("ck_payments_currency", "UPDATE payments SET currency = 'US'"),
    ("uq_payments_provider_reference", "UPDATE payments SET provider_reference = 'pi_1'"),
    ("fk_refunds_order_id", "UPDATE refunds SET order_id = #0999"),
    ("fk_refunds_payment_id", "UPDATE refunds SET payment_id = #0999"),
    ("ck_refunds_amount", "UPDATE refunds SET amount = 0"),
    ("ck_refunds_status", "UPDATE refunds SET status = 'PROMISED'"),
    (
        "uq_refunds_request_key",
        "INSERT INTO refunds (id, order_id, amount, restock, status, request_key, created_at) \
         VALUES (#0362, #0321, 1, FALSE, 'PENDING', 'r1', @)",
    ),
    ("fk_refund_lines_refund_id", "UPDATE refund_lines SET refund_id = #0999"),
    ("fk_refund_lines_order_line_id", "UPDATE refund_lines SET order_line_id = #0999 WHERE id = #0371"),
    ("ck_refund_lines_quantity", "UPDATE refund_lines SET quantity = 0"),
    ("ck_refund_lines_amount", "UPDATE refund_lines SET amount = -1"),
    ("uq_refund_lines_order_line_id", "UPDATE refund_lines SET order_line_id = #0331"),
    ("ck_idempotency_keys_status_code", "UPDATE idempotency_keys SET status_code = 409"),
    ("pk_idempotency_keys", "UPDATE idempotency_keys SET key = 'k1'"),
    ("ck_mail_outbox_status", "UPDATE mail_outbox SET status = 'LOST'"),
    ("ck_mail_outbox_attempts", "UPDATE mail_outbox SET attempts = -1"),
    ("pk_cache_generations", "UPDATE cache_generations SET tag = 'catalog'"),
    ("pk_leases", "UPDATE leases SET name = 'cdn'"),
    ("ck_leases_attempts", "UPDATE leases SET attempts = -1"),
    ("ck_synonyms_version", "UPDATE synonyms SET version = 0"),
    ("uq_synonyms_term_folded", "UPDATE synonyms SET term_folded = 'lamp'"),
    ("ck_search_vocabulary_frequency", "UPDATE search_vocabulary SET frequency = -1"),
    ("pk_search_vocabulary", "UPDATE search_vocabulary SET word = 'lamp'"),
    ("pk_search_documents", "UPDATE search_documents SET number = 1"),
    ("uq_search_documents_product_id", "UPDATE search_documents SET product_id = #0211"),
    ("pk_search_spellings", "UPDATE search_spellings SET variant = 'lmp', word = 'lamp'"),
    ("pk_search_tallies", "UPDATE search_tallies SET day = 1, query = 'lamp'"),
    ("ck_search_tallies_searches", "UPDATE search_tallies SET searches = 0"),
    ("pk_user_words", "UPDATE user_words SET word = 'ann', user_id = #0101"),
    ("fk_user_words_user_id", "UPDATE user_words SET user_id = #0999"),
    ("fk_product_counts_category_id", "UPDATE product_counts SET category_id = #0999"),
    ("ck_product_counts_active", "UPDATE product_counts SET active = -1"),
    ("pk_users", "UPDATE users SET id = #0199"),
];

#[tokio::test]
async fn every_rule_refuses_what_breaks_it() {
    on_each_engine(async |db| {
        open(&db).await;
        for (rule, change) in WRONG {
            let error = match db.execute_unprepared(&expand(change)).await {
                Ok(done) => panic!("{rule} let through ({} rows): {change}", done.rows_affected()),
                Err(error) => error.to_string(),
            };
            assert!(error.contains(&complaint(rule, &db)), "{rule} should refuse {change}, but: {error}");
        }
    })
    .await;
}

/// What the engine says when a rule is broken. `SQLite` names only its checks.
fn complaint(rule: &str, db: &DatabaseConnection) -> String {
    match rule.split('_').next() {
        _ if is_postgres(db) => format!("\"{rule}\""),
        Some("ck") => format!("CHECK constraint failed: {rule}"),
        Some("fk") => "FOREIGN KEY constraint failed".to_owned(),
        _ => "UNIQUE constraint failed".to_owned(),
    }
}

#[tokio::test]
async fn no_rule_goes_untested() {
    on_each_engine(async |db| {
        open(&db).await;
        let declared: BTreeSet<String> = dump::rules(&db).await.into_keys().collect();
        let tested = WRONG.iter().map(|(rule, _)| (*rule).to_owned()).filter(|rule| !rule.starts_with("pk_"));
        assert_eq!(declared, tested.collect());
    })
    .await;
}

/// A deletion, and counts that must hold after it.
const DELETED: &[(&str, &[(&str, i64)])] = &[
    (
        "DELETE FROM users WHERE id = #0101",
        &[
            ("sessions WHERE user_id = #0101", 0),
            ("one_time_tokens", 0),
            ("addresses WHERE user_id = #0101", 0),
            ("carts WHERE id = #0301", 0),
            ("cart_lines", 0),
            ("orders WHERE id = #0321 AND user_id IS NULL", 1),
            ("audit_log", 1),
        ],
    ),
    ("DELETE FROM users WHERE id = #0102", &[("audit_log WHERE actor_id = #0102", 1)]),
    (
        "DELETE FROM categories WHERE id = #0201",
        &[("categories WHERE id = #0202 AND parent_id IS NULL", 1), ("products", 2)],
    ),
    (
        "DELETE FROM products WHERE id = #0211",
        &[
            ("product_options", 0),
            ("product_variants WHERE product_id = #0211", 0),
            ("stock_movements", 0),
            ("cart_lines", 0),
            ("order_lines WHERE id = #0331 AND product_id IS NULL AND variant_id IS NULL", 1),
        ],
    ),
    ("DELETE FROM carts WHERE id = #0301", &[("cart_lines", 0), ("users", 2)]),
    (
        "DELETE FROM orders WHERE id = #0321",
        &[
            ("order_lines", 0),
            ("order_events", 0),
            ("payments", 0),
            ("refunds", 0),
            ("refund_lines", 0),
            ("products", 2),
        ],
    ),
    (
        "DELETE FROM payments WHERE id = #0351",
        &[("refunds WHERE payment_id IS NULL", 1), ("refund_lines", 2)],
    ),
    ("DELETE FROM order_lines WHERE id = #0331", &[("refund_lines", 1), ("refunds", 1)]),
];

#[tokio::test]
async fn a_deletion_takes_with_it_what_it_should_and_leaves_the_rest() {
    on_each_engine(async |db| {
        open(&db).await;
        for (deletion, counts) in DELETED {
            let transaction = db.begin().await.unwrap();
            let done = transaction.execute_unprepared(&expand(deletion)).await.unwrap();
            assert_eq!(done.rows_affected(), 1, "{deletion}");
            for (rows, expected) in *counts {
                let count = number(&transaction, &expand(&format!("SELECT count(*) FROM {rows}"))).await;
                assert_eq!(count, *expected, "{rows} after {deletion}");
            }
            transaction.rollback().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_category_with_products_stays() {
    on_each_engine(async |db| {
        open(&db).await;
        let error =
            db.execute_unprepared(&expand("DELETE FROM categories WHERE id = #0202")).await.unwrap_err();
        assert!(error.to_string().contains(&complaint("fk_products_category_id", &db)), "{error}");
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_only_grows() {
    on_each_engine(async |db| {
        open(&db).await;
        let mut refused = vec!["UPDATE audit_log SET action = 'nothing'", "DELETE FROM audit_log"];
        if is_postgres(&db) {
            refused.push("TRUNCATE audit_log");
        }
        for change in refused {
            let error = db.execute_unprepared(change).await.unwrap_err();
            assert!(error.to_string().contains("audit_log is append-only"), "{change}: {error}");
        }
        let entry = "INSERT INTO audit_log (id, action, entity_type, created_at) VALUES (#0422, 'x', 'x', @)";
        db.execute_unprepared(&expand(entry)).await.unwrap();
        assert_eq!(number(&db, "SELECT count(*) FROM audit_log").await, 2);
    })
    .await;
}

#[tokio::test]
async fn order_numbers_count_from_one() {
    on_each_engine(async |db| {
        open(&db).await;
        let next = if is_postgres(&db) {
            "SELECT nextval('order_number_seq')"
        } else {
            "UPDATE order_number_seq SET value = value + 1 RETURNING value"
        };
        assert_eq!((number(&db, next).await, number(&db, next).await), (1, 2));
    })
    .await;
}
