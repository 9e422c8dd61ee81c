//! The database: connecting, the two pools, statement counting, paging. What differs between the engines is here
//! (and in `search`), and nowhere else.

mod again;
mod connect;
pub(crate) mod day;
pub(crate) mod fields;
mod first;
mod hold;
pub(crate) mod insert;
pub mod paging;
mod role;
mod schema;
mod scram;
#[cfg(test)]
pub(crate) mod scratch;
mod sequence;
pub mod statements;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, sqlx,
};

pub(crate) use again::{Passing, again};
pub use connect::ConnectError;
pub(crate) use first::first;
pub(crate) use hold::{hold, take_name, wait_for_name};
pub use role::RoleError;
pub(crate) use sequence::numbered;

/// The database. On SQLite reads go to several connections and writes queue for one; on PostgreSQL both are one pool.
#[derive(Debug, Clone)]
pub struct Database {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Database {
    /// Where reads outside a transaction go.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Opens a transaction that may write. On SQLite it has the right to write from its first statement on, so that
    /// it never fails half way because another writer was faster.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let immediate = (self.backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions {
            access_mode: (self.backend() == DbBackend::Postgres).then_some(AccessMode::ReadWrite),
            sqlite_transaction_mode: immediate,
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// The connection migrations run on.
    pub fn for_migrations(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which engine it is, for people.
    pub fn engine(&self) -> &'static str {
        match self.backend() {
            DbBackend::Sqlite => "sqlite",
            _ => "postgresql",
        }
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.reader.execute_unprepared("SELECT 1").await.map(|_| ())
    }

    /// Lets the planner look at what is there. Worth it after much has been put in at once.
    pub async fn analyze(&self) -> Result<(), DbErr> {
        self.writer.execute_unprepared("ANALYZE").await?;
        if self.backend() == DbBackend::Sqlite {
            // Every list has an index of its own. Having counted, SQLite would rather skip through another one category
            // by category, and sort a million products for the first twenty.
            let without = "UPDATE sqlite_stat1 SET stat = stat || ' noskipscan' WHERE idx IS NOT NULL";
            self.writer.execute_unprepared(without).await?;
            self.writer.execute_unprepared("ANALYZE sqlite_schema").await?;
        }
        Ok(())
    }

    /// Closes every connection. On SQLite the write-ahead log is folded back into the file first: the last connection
    /// to close would do so, too, but the process may end before that one has.
    pub async fn close(&self) -> Result<(), DbErr> {
        if self.backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await
    }

    fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }
}

/// Whether a statement failed because there is no database to be had, rather than because of what it said.
pub(crate) fn is_away(error: &DbErr) -> bool {
    if matches!(error, DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) {
        return true;
    }
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    match &**cause {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // PostgreSQL: class 08 is connection trouble, 57P0x a server that stops or starts, 53300 too many clients.
        sqlx::Error::Database(database) => database
            .code()
            .is_some_and(|code| code.starts_with("08") || code.starts_with("57P0") || code == "53300"),
        _ => false,
    }
}
