//! The words accounts are found by, and an index for tidying away mails that were sent long ago.

use sea_orm_migration::prelude::*;

use crate::schema::{OnDelete, drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table("user_words")
            .folded(manager, "word")
            .references("user_id", "users", OnDelete::Cascade)
            .primary_key(&["word", "user_id"])
            .index("ix_user_words_user_id", &["user_id"])
            .create(manager)
            .await?;
        // Accounts that are there already are found by their whole address and, but for accents, their names.
        for statement in [
            "INSERT INTO user_words (word, user_id) SELECT email_folded, id FROM users",
            "INSERT INTO user_words (word, user_id) SELECT DISTINCT lower(name), id FROM \
             (SELECT id, first_name AS name FROM users UNION ALL SELECT id, last_name FROM users) AS names \
             WHERE name IS NOT NULL ON CONFLICT DO NOTHING",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE INDEX \"ix_mail_outbox_sent_at\" ON \"mail_outbox\" (\"sent_at\") WHERE status = 'SENT'",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP INDEX \"ix_mail_outbox_sent_at\"").await?;
        drop_tables(manager, &["user_words"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
