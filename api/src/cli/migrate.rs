//! `bottega migrate up|down|status`.

use clap::Subcommand;
use migration::{Migrator, MigratorTrait};

use super::{CliError, say};
use crate::{
    config::Config,
    db::{ConnectError, Database},
};

#[derive(Debug, Subcommand)]
pub(super) enum Migrate {
    /// Apply what is missing. Changes nothing where nothing is. With `MIGRATION_DATABASE_URL` the role of `DATABASE_URL` is
    /// made, too, and given its rights.
    Up,
    /// Take back the newest steps. Loses what only they could hold.
    Down {
        /// How many.
        #[arg(long, default_value_t = 1)]
        steps: u32,
    },
    /// List the steps, and which of them are applied.
    Status,
}

pub(super) async fn run(command: &Migrate, config: &Config) -> Result<(), CliError> {
    let owner = config.database.as_owner();
    let db = Database::connect(owner.as_ref().unwrap_or(&config.database)).await?;
    let connection = db.for_migrations();
    let before = migration::status(connection).await.map_err(ConnectError::Migration)?;
    match command {
        Migrate::Up => {
            db.migrate_up().await?;
            for step in &before.pending {
                say(format_args!("applied {step}"));
            }
            say(format_args!("{} applied, none pending", before.applied.len() + before.pending.len()));
            if owner.is_some() {
                admit_application(&db, config).await?;
            }
        }
        Migrate::Down { steps } => {
            if let Some(newest) = before.newer.last() {
                return Err(CliError::Failed(format!(
                    "A newer version has applied {newest}: take that back with the newer version first."
                )));
            }
            Migrator::down(connection, Some(*steps)).await.map_err(ConnectError::Migration)?;
            let after = migration::status(connection).await.map_err(ConnectError::Migration)?;
            for step in before.applied.iter().rev().filter(|step| !after.applied.contains(step)) {
                say(format_args!("took back {step}"));
            }
            say(format_args!("{} applied, {} pending", after.applied.len(), after.pending.len()));
        }
        Migrate::Status => {
            for step in &before.applied {
                say(format_args!("applied  {step}"));
            }
            for step in &before.pending {
                say(format_args!("pending  {step}"));
            }
            for step in &before.newer {
                say(format_args!("applied  {step} (by a newer version)"));
            }
        }
    }
    db.close().await.map_err(ConnectError::Migration)?;
    Ok(())
}

/// Has the owner admit the role of the servers, and tries whether one could start.
async fn admit_application(owner: &Database, config: &Config) -> Result<(), CliError> {
    let role = owner.admit(&config.database.url).await?;
    let db = Database::connect(&config.database).await?;
    db.require_schema().await?;
    db.close().await.map_err(ConnectError::Migration)?;
    say(format_args!("{role} may read and write"));
    Ok(())
}
