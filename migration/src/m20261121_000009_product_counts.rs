//! How many products can be bought in each category, so that nobody has to count them. The database keeps it: whoever
//! changes products, in whatever way, changes it with them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{OnDelete, drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// One statement for all the rows a statement changed, in the order of their categories: two never wait for each other.
const POSTGRES: &[&str] = &[
    "CREATE FUNCTION count_new_products() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     INSERT INTO product_counts AS counts (category_id, active) \
     SELECT category_id, count(*) FROM after_rows WHERE status = 'ACTIVE' GROUP BY category_id ORDER BY category_id \
     ON CONFLICT (category_id) DO UPDATE SET active = counts.active + excluded.active; RETURN NULL; END $$",
    "CREATE FUNCTION count_changed_products() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     INSERT INTO product_counts (category_id, active) \
     SELECT DISTINCT category_id, 0 FROM after_rows WHERE status = 'ACTIVE' ORDER BY category_id \
     ON CONFLICT (category_id) DO NOTHING; \
     UPDATE product_counts SET active = active + changes.more FROM (\
     SELECT category_id, sum(more) AS more FROM (\
     SELECT category_id, 1 AS more FROM after_rows WHERE status = 'ACTIVE' UNION ALL \
     SELECT category_id, -1 FROM before_rows WHERE status = 'ACTIVE') AS single \
     GROUP BY category_id HAVING sum(more) <> 0) AS changes \
     WHERE product_counts.category_id = changes.category_id; RETURN NULL; END $$",
    "CREATE FUNCTION count_gone_products() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     UPDATE product_counts SET active = active - gone.less FROM (\
     SELECT category_id, count(*) AS less FROM before_rows WHERE status = 'ACTIVE' GROUP BY category_id) AS gone \
     WHERE product_counts.category_id = gone.category_id; RETURN NULL; END $$",
    "CREATE TRIGGER tr_products_count_new AFTER INSERT ON products \
     REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION count_new_products()",
    "CREATE TRIGGER tr_products_count_changed AFTER UPDATE ON products \
     REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT \
     EXECUTE FUNCTION count_changed_products()",
    "CREATE TRIGGER tr_products_count_gone AFTER DELETE ON products \
     REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT EXECUTE FUNCTION count_gone_products()",
];

const SQLITE: &[&str] = &[
    "CREATE TRIGGER tr_products_count_new AFTER INSERT ON products WHEN NEW.status = 'ACTIVE' BEGIN \
     INSERT INTO product_counts (category_id, active) VALUES (NEW.category_id, 1) \
     ON CONFLICT (category_id) DO UPDATE SET active = active + 1; END",
    "CREATE TRIGGER tr_products_count_changed AFTER UPDATE OF status, category_id ON products BEGIN \
     UPDATE product_counts SET active = active - 1 \
     WHERE category_id = OLD.category_id AND OLD.status = 'ACTIVE'; \
     INSERT INTO product_counts (category_id, active) SELECT NEW.category_id, 1 WHERE NEW.status = 'ACTIVE' \
     ON CONFLICT (category_id) DO UPDATE SET active = active + 1; END",
    "CREATE TRIGGER tr_products_count_gone AFTER DELETE ON products WHEN OLD.status = 'ACTIVE' BEGIN \
     UPDATE product_counts SET active = active - 1 WHERE category_id = OLD.category_id; END",
];

const TRIGGERS: [&str; 3] = ["tr_products_count_new", "tr_products_count_changed", "tr_products_count_gone"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table("product_counts")
            .references("category_id", "categories", OnDelete::Cascade)
            .big_integer("active")
            .primary_key(&["category_id"])
            .check("active", "active >= 0")
            .create(manager)
            .await?;
        let count_those_there_are = "INSERT INTO product_counts (category_id, active) \
             SELECT category_id, count(*) FROM products WHERE status = 'ACTIVE' GROUP BY category_id";
        let triggers = if is_postgres(manager) { POSTGRES } else { SQLITE };
        // The triggers first: what is put in while PostgreSQL counts waits for this transaction.
        for statement in triggers.iter().chain([&count_those_there_are]) {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = if is_postgres(manager) { " ON products" } else { "" };
        for trigger in TRIGGERS {
            manager.get_connection().execute_unprepared(&format!("DROP TRIGGER {trigger}{on}")).await?;
        }
        if is_postgres(manager) {
            for kind in ["new", "changed", "gone"] {
                let drop = format!("DROP FUNCTION count_{kind}_products()");
                manager.get_connection().execute_unprepared(&drop).await?;
            }
        }
        drop_tables(manager, &["product_counts"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn is_postgres(manager: &SchemaManager) -> bool {
    manager.get_database_backend() == DbBackend::Postgres
}
