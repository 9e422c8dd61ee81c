//! What keeps refunds from being given twice, finds those that were left halfway, and lists orders by their payment.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE \"refunds\" ADD COLUMN \"request_key\" text NULL",
    "CREATE UNIQUE INDEX \"uq_refunds_request_key\" ON \"refunds\" (\"request_key\")",
    "CREATE INDEX \"ix_refunds_pending\" ON \"refunds\" (\"created_at\") WHERE status = 'PENDING'",
    "CREATE INDEX \"ix_orders_payment_status_created_at\" ON \"orders\" (\"payment_status\", \"created_at\", \"id\")",
];

const DOWN: &[&str] = &[
    "DROP INDEX \"ix_orders_payment_status_created_at\"",
    "DROP INDEX \"ix_refunds_pending\"",
    "DROP INDEX \"uq_refunds_request_key\"",
    "ALTER TABLE \"refunds\" DROP COLUMN \"request_key\"",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in UP {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in DOWN {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
