//! What keeps the shop consistent: idempotency keys, outgoing mail, cache generations, the audit log.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::{drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        idempotency_keys(manager).await?;
        mail_outbox(manager).await?;
        cache_generations(manager).await?;
        audit_log(manager).await?;
        audit_log_is_append_only(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["audit_log", "cache_generations", "mail_outbox", "idempotency_keys"];
        drop_tables(manager, &tables).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared("DROP FUNCTION refuse_audit_log_change()").await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn idempotency_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("idempotency_keys")
        .text("caller")
        .text("operation")
        .text("key")
        .text("request_hash")
        .integer("status_code")
        .json("headers")
        .bytes("body")
        .moment("created_at")
        .moment("expires_at")
        .primary_key(&["caller", "operation", "key"])
        // A failure is not kept: the caller may try again.
        .check("status_code", "status_code BETWEEN 200 AND 299")
        .index("ix_idempotency_keys_expires_at", &["expires_at"])
        .create(manager)
        .await
}

async fn mail_outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("mail_outbox")
        .id()
        .text("recipient")
        .text("locale")
        .text("template")
        .json("payload")
        .one_of("status", &["PENDING", "SENT", "FAILED"])
        .integer_from_zero("attempts")
        .moment("next_attempt_at")
        .text_or_null("last_error")
        .moment("created_at")
        .moment_or_null("sent_at")
        .index_where("status = 'PENDING'", "ix_mail_outbox_next_attempt_at", &["next_attempt_at"])
        .create(manager)
        .await
}

async fn cache_generations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("cache_generations")
        .text("tag")
        .uuid("generation")
        .moment("changed_at")
        .primary_key(&["tag"])
        .index("ix_cache_generations_changed_at", &["changed_at"])
        .create(manager)
        .await
}

async fn audit_log(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("audit_log")
        .id()
        // No foreign key: an entry outlives the account, and SET NULL would be the update that is refused below.
        .uuid_or_null("actor_id")
        .text_or_null("actor_email")
        .text("action")
        .text("entity_type")
        .text_or_null("entity_id")
        .json_or_null("before")
        .json_or_null("after")
        .text_or_null("request_id")
        .text_or_null("ip")
        .moment("created_at")
        .index("ix_audit_log_created_at", &["created_at", "id"])
        .index("ix_audit_log_entity_created_at", &["entity_type", "entity_id", "created_at", "id"])
        .index("ix_audit_log_actor_id_created_at", &["actor_id", "created_at", "id"])
        .create(manager)
        .await
}

async fn audit_log_is_append_only(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let statements: &[&str] = if manager.get_database_backend() == DbBackend::Postgres {
        &[
            "CREATE FUNCTION refuse_audit_log_change() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$",
            "CREATE TRIGGER tr_audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log \
             FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_log_change()",
        ]
    } else {
        &[
            "CREATE TRIGGER tr_audit_log_no_update BEFORE UPDATE ON audit_log \
             BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
            "CREATE TRIGGER tr_audit_log_no_delete BEFORE DELETE ON audit_log \
             BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
        ]
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
