//! What a database consists of, as text.

use std::collections::BTreeMap;

use sea_orm::DatabaseConnection;

use crate::databases::{is_postgres, rows};

const SQLITE: &str = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master
    WHERE name NOT LIKE 'sqlite_%' AND name <> 'seaql_migrations'";

const POSTGRES: &str = "
    SELECT 'column ' || table_name || '.' || column_name,
        concat_ws(' ', ordinal_position, data_type, is_nullable, column_default, collation_name)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'
    UNION ALL SELECT 'constraint ' || conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 'public.seaql_migrations'::regclass
    UNION ALL SELECT 'index ' || indexname, indexdef
        FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'
    UNION ALL SELECT 'sequence ' || sequencename, concat_ws(' ', start_value, increment_by, last_value)
        FROM pg_sequences WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'type ' || typname, '' FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')";

/// Every object but the migrations table, by kind and name.
pub(crate) async fn dump(db: &DatabaseConnection) -> BTreeMap<String, String> {
    let sql = if is_postgres(db) { POSTGRES } else { SQLITE };
    rows(db, sql, 2).await.into_iter().map(|mut row| (row.remove(0), row.remove(0))).collect()
}

/// The named rules with their definitions: `ck_…`, `fk_…` and `uq_…`.
pub(crate) async fn rules(db: &DatabaseConnection) -> BTreeMap<String, String> {
    let mut rules = BTreeMap::new();
    for (object, definition) in dump(db).await {
        let name = object.split(' ').next_back().unwrap();
        if name.starts_with("uq_") || name.starts_with("ck_") || name.starts_with("fk_") {
            rules.insert(name.to_owned(), definition);
        } else {
            // SQLite keeps checks and foreign keys in the text of their table.
            for constraint in definition.split("CONSTRAINT \"").skip(1) {
                let (name, definition) = constraint.split_once('"').unwrap();
                if !name.starts_with("pk_") {
                    rules.insert(name.to_owned(), definition.to_owned());
                }
            }
        }
    }
    rules
}
