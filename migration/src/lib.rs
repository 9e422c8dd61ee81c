//! The steps that build Bottega's schema, the same on `SQLite` and `PostgreSQL`.
//!
//! A step spells its tables and columns itself: it must mean the same in a year, whatever the entities look like then.

mod m20261120_000001_accounts;
mod m20261120_000002_catalog;
mod m20261120_000003_orders;
mod m20261120_000004_operations;
mod m20261120_000005_search;
mod m20261121_000006_customers;
mod m20261121_000007_search_index;
mod m20261121_000008_product_lists;
mod m20261121_000009_product_counts;
mod m20261122_000010_admin_lists;
mod m20261122_000011_order_upkeep;
mod m20261122_000012_cdn_purges;
mod schema;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All steps, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261120_000001_accounts::Migration),
            Box::new(m20261120_000002_catalog::Migration),
            Box::new(m20261120_000003_orders::Migration),
            Box::new(m20261120_000004_operations::Migration),
            Box::new(m20261120_000005_search::Migration),
            Box::new(m20261121_000006_customers::Migration),
            Box::new(m20261121_000007_search_index::Migration),
            Box::new(m20261121_000008_product_lists::Migration),
            Box::new(m20261121_000009_product_counts::Migration),
            Box::new(m20261122_000010_admin_lists::Migration),
            Box::new(m20261122_000011_order_upkeep::Migration),
            Box::new(m20261122_000012_cdn_purges::Migration),
        ]
    }
}

/// The names of the steps a database has and has not, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub applied: Vec<String>,
    pub pending: Vec<String>,
}

/// Asks a database which steps it has, without changing anything in it.
///
/// A step the database has and this build does not know (a newer release was here) is an error that names it.
pub async fn status<C: ConnectionTrait>(db: &C) -> Result<Status, DbErr> {
    let (applied, pending): (Vec<_>, Vec<_>) = Migrator::get_migration_with_status_read_only(db)
        .await?
        .into_iter()
        .partition(|step| step.status() == sea_orm_migration::MigrationStatus::Applied);
    let names =
        |steps: Vec<sea_orm_migration::Migration>| steps.iter().map(|s| s.name().to_owned()).collect();
    Ok(Status { applied: names(applied), pending: names(pending) })
}
