//! `bottega search reindex`.

use clap::Subcommand;

use super::{CliError, database, say};
use crate::{
    clock::{Clock, IdSource},
    config::Config,
    search,
};

#[derive(Debug, Subcommand)]
pub(super) enum Search {
    /// Make anew what every product is found by, while the shop goes on. Servers do by themselves what has to be done; this
    /// is for when somebody changed products without them.
    Reindex,
}

pub(super) async fn run(command: &Search, config: &Config) -> Result<(), CliError> {
    let db = database(config).await?;
    let clock = Clock::system();
    let ids = IdSource::new(clock.clone());
    let failed = |error| CliError::Failed(format!("The products cannot be indexed ({error})."));
    match command {
        Search::Reindex => {
            let products = search::reindex_everything(&db, &clock, &ids).await.map_err(failed)?;
            say(format_args!("indexed {products} products"));
        }
    }
    db.close().await.map_err(failed)
}
