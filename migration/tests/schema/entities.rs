//! The entities and the migrated schema say the same.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    address, audit_log, cache_generation, cart, cart_line, category, idempotency_key, lease, mail_outbox,
    one_time_token, order, order_event, order_line, payment, product, product_count, product_option,
    product_variant, refund, refund_line, search_document, search_spelling, search_tally, search_vocabulary,
    session, stock_movement, synonym, user, user_word,
};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveEnum, ColumnTrait, ColumnType, DatabaseConnection, EntityTrait, IdenStatic, Iterable,
    PrimaryKeyToColumn,
};

use crate::databases::{is_postgres, on_each_engine, rows};
use crate::dump::rules;

/// Column → type, nullability, whether it is part of the primary key.
type Columns = BTreeMap<String, (String, bool, bool)>;

#[tokio::test]
async fn tables_and_columns_are_the_same() {
    on_each_engine(async |db| {
        Migrator::up(&db, None).await.unwrap();
        let migrated = migrated_tables(&db).await;
        let described = described_tables(is_postgres(&db));
        for (table, columns) in &described {
            assert_eq!(migrated.get(table), Some(columns), "columns of {table}: migrated ≠ entity");
        }
        let names = |tables: &BTreeMap<String, Columns>| tables.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&migrated), names(&described));
    })
    .await;
}

async fn migrated_tables(db: &DatabaseConnection) -> BTreeMap<String, Columns> {
    let sql = if is_postgres(db) {
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text, c.is_nullable::text,
            (EXISTS (SELECT FROM information_schema.key_column_usage k
                WHERE k.constraint_name = 'pk_' || c.table_name AND k.column_name = c.column_name))::text
        FROM information_schema.columns c WHERE c.table_schema = 'public'"
    } else {
        "SELECT t.name, c.name, lower(c.type), iif(c.\"notnull\", 'NO', 'YES'), iif(c.pk, 'true', 'false')
        FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
    };
    let mut tables = BTreeMap::<String, Columns>::new();
    for row in rows(db, sql, 5).await {
        let [table, column, kind, nullable, key] = row.as_slice() else { unreachable!() };
        // What an engine finds words by is its own, and none of the entities' business.
        let is_engines_own = table.starts_with("search_words") || kind == "tsvector";
        if table != "seaql_migrations" && table != "order_number_seq" && !is_engines_own {
            let columns = tables.entry(table.clone()).or_default();
            columns.insert(column.clone(), (kind.clone(), nullable == "YES", key == "true"));
        }
    }
    tables
}

fn described_tables(postgres: bool) -> BTreeMap<String, Columns> {
    BTreeMap::from([
        described::<address::Entity>(postgres),
        described::<audit_log::Entity>(postgres),
        described::<cache_generation::Entity>(postgres),
        described::<cart::Entity>(postgres),
        described::<cart_line::Entity>(postgres),
        described::<category::Entity>(postgres),
        described::<idempotency_key::Entity>(postgres),
        described::<lease::Entity>(postgres),
        described::<mail_outbox::Entity>(postgres),
        described::<one_time_token::Entity>(postgres),
        described::<order::Entity>(postgres),
        described::<order_event::Entity>(postgres),
        described::<order_line::Entity>(postgres),
        described::<payment::Entity>(postgres),
        described::<product::Entity>(postgres),
        described::<product_count::Entity>(postgres),
        described::<product_option::Entity>(postgres),
        described::<product_variant::Entity>(postgres),
        described::<refund::Entity>(postgres),
        described::<refund_line::Entity>(postgres),
        described::<search_document::Entity>(postgres),
        described::<search_spelling::Entity>(postgres),
        described::<search_tally::Entity>(postgres),
        described::<search_vocabulary::Entity>(postgres),
        described::<user_word::Entity>(postgres),
        described::<session::Entity>(postgres),
        described::<stock_movement::Entity>(postgres),
        described::<synonym::Entity>(postgres),
        described::<user::Entity>(postgres),
    ])
}

fn described<E: EntityTrait>(postgres: bool) -> (String, Columns) {
    let keys: BTreeSet<&str> = E::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect();
    let columns = E::Column::iter().map(|column| {
        let (name, definition) = (column.as_str(), column.def());
        let kind = type_name(definition.get_column_type(), postgres).to_owned();
        (name.to_owned(), (kind, definition.is_null(), keys.contains(name)))
    });
    (E::default().as_str().to_owned(), columns.collect())
}

fn type_name(kind: &ColumnType, postgres: bool) -> &'static str {
    let (on_postgres, on_sqlite) = match kind {
        ColumnType::Uuid => ("uuid", "uuid_text"),
        ColumnType::Text | ColumnType::String(_) => ("text", "text"),
        ColumnType::Boolean => ("boolean", "boolean"),
        ColumnType::Integer => ("integer", "integer"),
        ColumnType::BigInteger => ("bigint", "integer"),
        ColumnType::TimestampWithTimeZone => ("timestamp with time zone", "timestamp_with_timezone_text"),
        ColumnType::JsonBinary => ("jsonb", "jsonb_text"),
        ColumnType::VarBinary(_) => ("bytea", "blob"),
        other => panic!("an entity column of type {other:?}"),
    };
    if postgres { on_postgres } else { on_sqlite }
}

#[tokio::test]
async fn the_words_of_an_enum_are_those_its_check_knows() {
    let enums = [
        ("ck_users_role", words::<user::UserRole>()),
        ("ck_one_time_tokens_purpose", words::<one_time_token::TokenPurpose>()),
        ("ck_products_status", words::<product::ProductStatus>()),
        ("ck_stock_movements_reason", words::<stock_movement::StockReason>()),
        ("ck_orders_status", words::<order::OrderStatus>()),
        ("ck_orders_payment_status", words::<order::OrderPaymentStatus>()),
        ("ck_order_events_kind", words::<order_event::OrderEventKind>()),
        ("ck_order_events_from_status", words::<order::OrderStatus>()),
        ("ck_order_events_to_status", words::<order::OrderStatus>()),
        ("ck_order_events_actor_kind", words::<order_event::ActorKind>()),
        ("ck_payments_status", words::<payment::PaymentStatus>()),
        ("ck_refunds_status", words::<refund::RefundStatus>()),
        ("ck_mail_outbox_status", words::<mail_outbox::MailStatus>()),
    ]
    .map(|(check, words)| (check.to_owned(), words));
    let enums = BTreeMap::from(enums);
    on_each_engine(move |db| {
        let enums = enums.clone();
        async move {
            Migrator::up(&db, None).await.unwrap();
            let mut checks = BTreeMap::new();
            for (name, definition) in rules(&db).await {
                let known: BTreeSet<String> =
                    definition.split('\'').skip(1).step_by(2).map(str::to_owned).collect();
                if name.starts_with("ck_") && !known.is_empty() {
                    checks.insert(name, known);
                }
            }
            assert_eq!(checks, enums);
        }
    })
    .await;
}

fn words<E: ActiveEnum<Value = String>>() -> BTreeSet<String> {
    E::iter().map(|word| word.to_value()).collect()
}
