//! Users and what belongs to them: sessions, one-time tokens, addresses.

use sea_orm_migration::prelude::*;

use crate::schema::{OnDelete, drop_tables, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        users(manager).await?;
        sessions(manager).await?;
        one_time_tokens(manager).await?;
        addresses(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["addresses", "one_time_tokens", "sessions", "users"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn users(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("users")
        .id()
        .text("email")
        .folded(manager, "email_folded")
        .text("password_hash")
        .text_or_null("first_name")
        .text_or_null("last_name")
        .one_of("role", &["CUSTOMER", "ADMIN"])
        .boolean("is_active")
        .moment_or_null("email_verified_at")
        .text_or_null("locale")
        .moment_or_null("erased_at")
        .version()
        .timestamps()
        .unique("uq_users_email_folded", &["email_folded"])
        .index("ix_users_created_at", &["created_at", "id"])
        .create(manager)
        .await
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("sessions")
        .id()
        .references("user_id", "users", OnDelete::Cascade)
        .text("refresh_hash")
        .text_or_null("previous_refresh_hash")
        .moment_or_null("rotated_at")
        .text_or_null("user_agent")
        .text_or_null("ip")
        .moment("created_at")
        .moment("last_used_at")
        .moment("expires_at")
        .moment_or_null("revoked_at")
        .unique("uq_sessions_refresh_hash", &["refresh_hash"])
        .unique("uq_sessions_previous_refresh_hash", &["previous_refresh_hash"])
        .index("ix_sessions_user_id", &["user_id"])
        .index("ix_sessions_expires_at", &["expires_at"])
        .create(manager)
        .await
}

async fn one_time_tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("one_time_tokens")
        .id()
        .references("user_id", "users", OnDelete::Cascade)
        .one_of("purpose", &["VERIFY_EMAIL", "RESET_PASSWORD"])
        .text("token_hash")
        .text("email")
        .moment("created_at")
        .moment("expires_at")
        .moment_or_null("used_at")
        .unique("uq_one_time_tokens_token_hash", &["token_hash"])
        .index("ix_one_time_tokens_user_id", &["user_id", "purpose"])
        .index("ix_one_time_tokens_expires_at", &["expires_at"])
        .create(manager)
        .await
}

async fn addresses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    table("addresses")
        .id()
        .references("user_id", "users", OnDelete::Cascade)
        .text_or_null("label")
        .text("first_name")
        .text("last_name")
        .text("address1")
        .text_or_null("address2")
        .text("city")
        .text("state")
        .text("postal_code")
        .text("country")
        .text_or_null("phone")
        .boolean("is_default")
        .timestamps()
        .check("country", "length(country) = 2")
        .unique_where("is_default", "uq_addresses_default", &["user_id"])
        .index("ix_addresses_user_id", &["user_id", "created_at", "id"])
        .create(manager)
        .await
}
