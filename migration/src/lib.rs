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
use sea_orm_migration::{
    prelude::*,
    sea_orm::{EntityTrait, QueryOrder},
    seaql_migrations,
};

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
    /// What a newer release has added, and this build does not know. It only adds what this build does without.
    pub newer: Vec<String>,
}

/// Asks a database which steps it has, without changing anything in it.
pub async fn status<'c>(db: impl IntoSchemaManagerConnection<'c>) -> Result<Status, DbErr> {
    let manager = SchemaManager::new(db);
    let steps: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    let there = names_in(&manager).await?;
    let newer = there.iter().filter(|name| !steps.contains(name)).cloned().collect();
    let (applied, pending) = steps.into_iter().partition(|step| there.contains(step));
    Ok(Status { applied, pending, newer })
}

/// A database nobody has migrated yet has no table to look into.
async fn names_in(manager: &SchemaManager<'_>) -> Result<Vec<String>, DbErr> {
    if !manager.has_table(Migrator::migration_table_name().to_string()).await? {
        return Ok(vec![]);
    }
    let rows = seaql_migrations::Entity::find()
        .order_by_asc(seaql_migrations::Column::Version)
        .all(manager.get_connection())
        .await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}
