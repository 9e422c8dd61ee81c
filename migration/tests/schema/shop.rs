//! A small shop with rows in every table, for tests of what the database itself enforces.
//!
//! Plain SQL that both engines understand. `SQLite` therefore holds these ids as text, where the application writes bytes:
//! look at the rows with SQL, not through the entities.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection};

/// The id of a row: its first digit is the step that made the table, the second the table, the last the row.
pub(crate) fn id(number: u32) -> String {
    format!("'00000000-0000-0000-0000-00000000{number:04}'")
}

/// Migrates and fills. `#0201` stands for `id(201)`, `@` for a moment.
pub(crate) async fn open(db: &DatabaseConnection) {
    Migrator::up(db, None).await.unwrap();
    for statement in SHOP.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        let sql = expand(statement);
        db.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

/// Puts ids and moments into a statement.
pub(crate) fn expand(statement: &str) -> String {
    let mut parts = statement.split('#');
    let mut sql = parts.next().unwrap().to_owned();
    for part in parts {
        let (number, rest) = part.split_at(4);
        sql += &id(number.parse().unwrap());
        sql += rest;
    }
    sql.replace('@', "'2026-11-20T12:00:00+00:00'")
}

const SHOP: &str = "
INSERT INTO users (id, email, email_folded, password_hash, role, is_active, created_at, updated_at) VALUES
    (#0101, 'Ann at home', 'ann', 'x', 'CUSTOMER', TRUE, @, @), (#0102, 'Bob', 'bob', 'x', 'ADMIN', TRUE, @, @);
INSERT INTO sessions
    (id, user_id, refresh_hash, previous_refresh_hash, created_at, last_used_at, expires_at) VALUES
    (#0111, #0101, 'r1', 'p1', @, @, @), (#0112, #0102, 'r2', 'p2', @, @, @);
INSERT INTO one_time_tokens (id, user_id, purpose, token_hash, email, created_at, expires_at) VALUES
    (#0121, #0101, 'VERIFY_EMAIL', 't1', 'a', @, @), (#0122, #0101, 'RESET_PASSWORD', 't2', 'a', @, @);
INSERT INTO addresses (id, user_id, first_name, last_name, address1, city, state, postal_code, country,
    is_default, created_at, updated_at) VALUES
    (#0131, #0101, 'Ann', 'A', '1 Main St', 'Rome', 'RM', '00100', 'IT', TRUE, @, @),
    (#0132, #0101, 'Ann', 'A', '2 Main St', 'Rome', 'RM', '00100', 'IT', FALSE, @, @),
    (#0133, #0102, 'Bob', 'B', '3 Main St', 'Rome', 'RM', '00100', 'IT', TRUE, @, @);
INSERT INTO categories
    (id, parent_id, name, name_folded, slug, is_active, sort_order, created_at, updated_at) VALUES
    (#0201, NULL, 'Home', 'home', 'home', TRUE, 1, @, @), (#0202, #0201, 'Lamps', 'lamps', 'lamps', TRUE, 1, @, @);
INSERT INTO products (id, category_id, name, name_folded, slug, images, status, is_featured,
    price_from, price_to, in_stock, on_sale, created_at, updated_at) VALUES
    (#0211, #0202, 'Lamp', 'lamp', 'lamp', '[]', 'ACTIVE', TRUE, 1990, 2990, TRUE, FALSE, @, @),
    (#0212, #0202, 'Bulb', 'bulb', 'bulb', '[]', 'ACTIVE', FALSE, 500, 500, TRUE, FALSE, @, @);
INSERT INTO product_options (id, product_id, name, position, \"values\") VALUES
    (#0221, #0211, 'size', 0, '[]'), (#0222, #0211, 'colour', 1, '[]');
INSERT INTO product_variants (id, product_id, sku, price, compare_at, stock, option_values, option_key,
    position, is_default, created_at, updated_at) VALUES
    (#0231, #0211, 'LAMP-S', 1990, NULL, 5, '{}', 'size=S', 0, TRUE, @, @),
    (#0232, #0211, 'LAMP-L', 2990, 3990, 5, '{}', 'size=L', 1, FALSE, @, @),
    (#0233, #0212, 'BULB', 500, NULL, 5, '{}', '', 0, TRUE, @, @);
INSERT INTO stock_movements (id, variant_id, delta, stock_after, reason, created_at) VALUES
    (#0241, #0231, 5, 5, 'INITIAL', @);
INSERT INTO carts (id, user_id, token_hash, currency, created_at, updated_at) VALUES
    (#0301, #0101, NULL, 'USD', @, @), (#0302, #0102, NULL, 'USD', @, @),
    (#0303, NULL, 'c1', 'USD', @, @), (#0304, NULL, 'c2', 'USD', @, @);
INSERT INTO cart_lines (id, cart_id, variant_id, quantity, unit_price, created_at, updated_at) VALUES
    (#0311, #0301, #0231, 1, 1990, @, @), (#0312, #0301, #0232, 1, 2990, @, @);
INSERT INTO orders (id, number, user_id, email, email_folded, status, payment_status, currency, subtotal, tax,
    tax_rate_bps, shipping_amount, discount_amount, total_amount, refunded_amount, shipping_address,
    billing_address, created_at, updated_at) VALUES
    (#0321, 'O-1', #0101, 'a', 'a', 'CONFIRMED', 'PAID', 'USD', 1990, 199, 1000, 999, 0, 3188, 100, '{}', '{}', @, @),
    (#0322, 'O-2', NULL, 'b', 'b', 'PENDING', 'UNPAID', 'USD', 0, 0, 0, 0, 0, 0, 0, '{}', '{}', @, @);
INSERT INTO order_lines (id, order_id, position, product_id, variant_id, sku, name, option_values,
    quantity, unit_price, tax_rate_bps, tax, subtotal) VALUES
    (#0331, #0321, 0, #0211, #0231, 'LAMP-S', 'Lamp', '{}', 1, 1990, 1000, 199, 1990),
    (#0332, #0321, 1, NULL, NULL, 'GONE', 'Gone', '{}', 1, 0, 0, 0, 0);
INSERT INTO order_events (id, order_id, kind, from_status, to_status, actor_kind, created_at) VALUES
    (#0341, #0321, 'STATUS_CHANGED', 'PENDING', 'CONFIRMED', 'SYSTEM', @);
INSERT INTO payments
    (id, order_id, provider, provider_reference, status, amount, currency, created_at, updated_at) VALUES
    (#0351, #0321, 'stripe', 'pi_1', 'CAPTURED', 3188, 'USD', @, @),
    (#0352, #0321, 'stripe', 'pi_2', 'FAILED', 3188, 'USD', @, @);
INSERT INTO refunds (id, order_id, payment_id, amount, restock, status, request_key, created_at) VALUES
    (#0361, #0321, #0351, 100, FALSE, 'SUCCEEDED', 'r1', @);
INSERT INTO refund_lines (id, refund_id, order_line_id, quantity, amount) VALUES
    (#0371, #0361, #0331, 1, 100), (#0372, #0361, #0332, 1, 0);
INSERT INTO idempotency_keys (caller, operation, key, request_hash, status_code, headers, body,
    created_at, expires_at) VALUES
    ('ann', 'place', 'k1', 'h', 201, '{}', '', @, @), ('ann', 'place', 'k2', 'h', 201, '{}', '', @, @);
INSERT INTO mail_outbox (id, recipient, locale, template, payload, status, next_attempt_at, created_at) VALUES
    (#0401, 'a', 'en', 'welcome', '{}', 'PENDING', @, @);
INSERT INTO cache_generations (tag, generation, changed_at) VALUES
    ('catalog', #0411, @), ('user:1', #0412, @);
INSERT INTO leases (name, holder, held_until) VALUES ('cdn', #0413, @), ('another', #0413, @);
INSERT INTO audit_log (id, actor_id, action, entity_type, entity_id, created_at) VALUES
    (#0421, #0102, 'product.update', 'product', 'lamp', @);
INSERT INTO synonyms (id, term, term_folded, synonyms, created_at, updated_at) VALUES
    (#0431, 'Lamp', 'lamp', '[]', @, @), (#0432, 'Sofa', 'sofa', '[]', @, @);
INSERT INTO search_vocabulary (word, frequency) VALUES ('lamp', 1), ('sofa', 1);
INSERT INTO search_documents (number, product_id, version, category_id, name, name_folded, price_from, price_to,
    in_stock, on_sale, created_at) VALUES
    (1, #0211, 1, #0202, 'lamp', 'lamp', 1990, 2990, TRUE, FALSE, @),
    (2, #0212, 1, #0202, 'bulb', 'bulb', 500, 500, TRUE, FALSE, @);
INSERT INTO search_spellings (variant, word) VALUES ('lmp', 'lamp'), ('sfa', 'sofa');
INSERT INTO search_tallies (day, query, searches) VALUES (1, 'lamp', 1), (2, 'lamp', 1);
INSERT INTO user_words (word, user_id) VALUES ('ann', #0101), ('bob', #0102);
";
