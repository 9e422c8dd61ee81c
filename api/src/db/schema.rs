//! Whether the database has the tables this version needs.

use migration::{Migrator, MigratorTrait};

use sea_orm::DbErr;

use super::{ConnectError, Database, wait_for_name};

/// Which of PostgreSQL's advisory locks is ours: any number will do, as long as every version has the same.
pub(super) const MIGRATION_LOCK: i64 = 40_002_026;

impl Database {
    /// Applies what is missing, one server at a time: others that want to wait, and then find nothing to do.
    pub async fn migrate_up(&self) -> Result<(), ConnectError> {
        self.migrate().await.map_err(ConnectError::Migration)
    }

    async fn migrate(&self) -> Result<(), DbErr> {
        let transaction = self.begin().await?;
        wait_for_name(&transaction, MIGRATION_LOCK).await?;
        // What a newer release has added stays: this one may be put in its place again, and does without.
        if !migration::status(&transaction).await?.pending.is_empty() {
            Migrator::up(&transaction, None).await?;
        }
        transaction.commit().await
    }

    /// Fails unless this version's migrations are applied. There may be more: a newer version's, which takes over soon, or
    /// has been taken back.
    pub async fn require_schema(&self) -> Result<(), ConnectError> {
        let status = migration::status(self.for_migrations()).await.map_err(ConnectError::Migration)?;
        if let Some(newest) = status.newer.last() {
            tracing::info!(newest, "the database is prepared for a newer version");
        }
        match status.pending.len() {
            0 => Ok(()),
            pending => Err(ConnectError::MigrationsPending { pending }),
        }
    }
}
