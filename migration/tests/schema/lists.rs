//! Each list is read from the index made for it: in its order, from where its cursor stands, without sorting.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::databases::{is_postgres, on_each_engine};
use crate::shop::{expand, open};

/// An index, and a query it is there for.
const LISTS: &[(&str, &str)] = &[
    (
        "ix_products_status_created_at or ix_products_created_at",
        "products WHERE status = 'ACTIVE' ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_products_status_created_at or ix_products_created_at",
        "products WHERE status = 'ACTIVE' AND (created_at, id) < (@, #0212)
            ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_products_status_price_from or ix_products_price_from",
        "products WHERE status = 'ACTIVE' AND (price_from, id) > (800, #0212) ORDER BY price_from, id LIMIT 24",
    ),
    (
        "ix_products_status_price_from or ix_products_price_from",
        "products WHERE status = 'ACTIVE' AND (price_from, id) < (800, #0212)
            ORDER BY price_from DESC, id DESC LIMIT 24",
    ),
    (
        "ix_products_status_name_folded or ix_products_name_folded",
        "products WHERE status = 'ACTIVE' AND (name_folded, id) > ('p3', #0212) ORDER BY name_folded, id LIMIT 24",
    ),
    (
        "ix_products_featured",
        "products WHERE status = 'ACTIVE' AND is_featured ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_products_on_sale",
        "products WHERE status = 'ACTIVE' AND on_sale ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_products_category_id_status_created_at",
        "products WHERE category_id = '00000000-0000-0000-0001-000000000007' AND status = 'ACTIVE'
            ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_products_created_at",
        "products WHERE (created_at, id) < (@, #0212) ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_products_price_from",
        "products WHERE (price_from, id) > (800, #0212) ORDER BY price_from, id LIMIT 24",
    ),
    (
        "ix_products_name_folded",
        "products WHERE (name_folded, id) > ('p3', #0212) ORDER BY name_folded, id LIMIT 24",
    ),
    ("ix_products_name_folded", "products WHERE name_folded >= 'p31' AND name_folded < 'p31~'"),
    (
        "ix_users_created_at",
        "users WHERE (created_at, id) < (@, #0102) ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_orders_user_id_created_at",
        "orders WHERE user_id = #0101 AND (created_at, id) < (@, #0322)
            ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_orders_status_created_at",
        "orders WHERE status = 'SHIPPED' AND (created_at, id) < (@, #0322)
            ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_orders_created_at",
        "orders WHERE (created_at, id) < (@, #0322) ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    ("ix_orders_expires_at", "orders WHERE status = 'PENDING' AND expires_at < @"),
    ("ix_mail_outbox_next_attempt_at", "mail_outbox WHERE status = 'PENDING' AND next_attempt_at <= @"),
    ("ix_mail_outbox_sent_at", "mail_outbox WHERE status = 'SENT' AND sent_at < '2020-01-01T00:00:00+00:00'"),
    ("ix_sessions_expires_at", "sessions WHERE expires_at < '2020-01-01T00:00:00+00:00'"),
    ("ix_cache_generations_changed_at", "cache_generations WHERE changed_at > @"),
    (
        "ix_cache_generations_untold",
        "cache_generations WHERE purged_generation IS DISTINCT FROM generation
            AND changed_at > '2020-01-01T00:00:00+00:00'
            ORDER BY changed_at, tag LIMIT 24",
    ),
    (
        "ix_audit_log_created_at",
        "audit_log WHERE (created_at, id) < (@, #0421) ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_audit_log_action_created_at",
        "audit_log WHERE action = 'a7' AND (created_at, id) < (@, #0421)
            ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_audit_log_entity_type_created_at",
        "audit_log WHERE entity_type = 't7' AND (created_at, id) < (@, #0421)
            ORDER BY created_at DESC, id DESC LIMIT 24",
    ),
    (
        "ix_audit_log_entity_id_created_at",
        "audit_log WHERE entity_id = 'e7' AND (created_at, id) < (@, #0421)
            ORDER BY created_at DESC, id DESC LIMIT 4",
    ),
    (
        "ix_audit_log_actor_id_created_at",
        "audit_log WHERE actor_id = '00000000-0000-0000-0001-000000000007' AND (created_at, id) < (@, #0421)
            ORDER BY created_at DESC, id DESC LIMIT 4",
    ),
];

#[tokio::test]
async fn each_list_is_read_from_its_index() {
    on_each_engine(async |db| {
        open(&db).await;
        fill(&db).await;
        for (index, list) in LISTS {
            let plan = plan(&db, &expand(&format!("SELECT * FROM {list}"))).await;
            // Where most products can be bought, the order is read as well from an index of all of them.
            let is_read_from_it = index.split(" or ").any(|index| plan.contains(index));
            assert!(is_read_from_it, "{list}: not by {index}, but\n{plan}");
            let sorts = plan.contains("Sort") || plan.contains("TEMP B-TREE");
            assert!(!sorts && !plan.contains("Seq Scan"), "{list}:\n{plan}");
        }
    })
    .await;
}

async fn plan(db: &DatabaseConnection, sql: &str) -> String {
    let (explain, column) = if is_postgres(db) { ("EXPLAIN", 0) } else { ("EXPLAIN QUERY PLAN", 3) };
    let statement = Statement::from_string(db.get_database_backend(), format!("{explain} {sql}"));
    let rows = db.query_all_raw(statement).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get_by_index(column).unwrap()).collect();
    lines.join("\n")
}

/// Enough rows for `PostgreSQL` to find an index worth its while.
async fn fill(db: &DatabaseConnection) {
    insert(
        db,
        "categories (id, name, name_folded, slug, is_active, sort_order, created_at, updated_at)",
        30,
        |n, id, at| format!("({id}, 'c', 'c', 'c{n}', TRUE, 0, {at}, {at})"),
    )
    .await;
    let products =
        "products (id, category_id, name, name_folded, slug, description, images, status, is_featured,
        price_from, price_to, in_stock, on_sale, created_at, updated_at)";
    insert(db, products, 5000, |n, id, at| {
        let status = if n % 10 == 0 { "DRAFT" } else { "ACTIVE" };
        let (category, text) = (row_id(n % 20), "What there is to say about a lamp. ".repeat(5));
        let (featured, on_sale) = (n % 50 == 1, n % 20 == 1);
        format!(
            "({id}, {category}, 'P{n}', 'p{n}', 'p{n}', '{text}', '[]', '{status}', {featured},
            {n}, {n}, TRUE, {on_sale}, {at}, {at})"
        )
    })
    .await;
    let users = "users (id, email, email_folded, password_hash, role, is_active, created_at, updated_at)";
    insert(db, users, 2000, |n, id, at| format!("({id}, 'u', 'u{n}', 'x', 'CUSTOMER', TRUE, {at}, {at})"))
        .await;
    let orders =
        "orders (id, number, user_id, email, email_folded, status, payment_status, currency, subtotal, tax,
        tax_rate_bps, shipping_amount, discount_amount, total_amount, refunded_amount, shipping_address,
        billing_address, expires_at, created_at, updated_at)";
    insert(db, orders, 5000, |n, id, at| {
        let status = match n % 25 {
            0 => "PENDING",
            1 => "SHIPPED",
            _ => "DELIVERED",
        };
        let user = row_id(n % 100);
        format!(
            "({id}, 'N-{n}', {user}, 'a', 'a', '{status}', 'PAID', 'USD', 0, 0, 0, 0, 0, 0, 0, '{{}}', '{{}}',
            {at}, {at}, {at})"
        )
    })
    .await;
    let mails = "mail_outbox (id, recipient, locale, template, payload, status, next_attempt_at, created_at, sent_at)";
    insert(db, mails, 2000, |_, id, at| {
        format!("({id}, 'a', 'en', 'welcome', '{{}}', 'SENT', {at}, {at}, {at})")
    })
    .await;
    let sessions = "sessions (id, user_id, refresh_hash, created_at, last_used_at, expires_at)";
    insert(db, sessions, 2000, |n, id, at| {
        format!("({id}, {}, 'hash{n}', {at}, {at}, {at})", row_id(n % 100))
    })
    .await;
    let generations = "cache_generations (tag, generation, changed_at, purged_generation)";
    insert(db, generations, 2000, |n, id, at| {
        // All but a few are told.
        let told = if n % 100 == 0 { "NULL" } else { &id };
        format!("('product:{n}', {id}, {at}, {told})")
    })
    .await;
    let entries = "audit_log (id, actor_id, action, entity_type, entity_id, created_at)";
    insert(db, entries, 5000, |n, id, at| {
        let (actor, action, kind, entity) = (row_id(n % 97), n % 41, n % 31, n % 101);
        format!("({id}, {actor}, 'a{action}', 't{kind}', 'e{entity}', {at})")
    })
    .await;
    if is_postgres(db) {
        db.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    }
}

async fn insert(
    db: &DatabaseConnection,
    into: &str,
    count: usize,
    row: impl Fn(usize, String, String) -> String,
) {
    let rows: Vec<String> = (0..count).map(|n| row(n, row_id(n), moment(n))).collect();
    for some in rows.chunks(500) {
        db.execute_unprepared(&format!("INSERT INTO {into} VALUES {}", some.join(", "))).await.unwrap();
    }
}

fn row_id(n: usize) -> String {
    format!("'00000000-0000-0000-0001-{n:012}'")
}

fn moment(n: usize) -> String {
    format!("'2026-01-{:02}T{:02}:{:02}:00+00:00'", 1 + n / 1440, n / 60 % 24, n % 60)
}
