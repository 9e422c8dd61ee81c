//! `bottega seed --demo [--if-empty]` and `bottega seed --products N`.

use clap::Args;

use super::{CliError, database, say};
use crate::{
    cache::EVERYTHING,
    clock::{Clock, IdSource},
    config::{Config, ConfigError, Mode},
    seed::{self, Seeder, demo::Added},
};

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct Seed {
    /// Load the demo shop: products, accounts, orders. Changes nothing where it is loaded already.
    #[arg(long)]
    demo: bool,
    /// With --demo: load it only where nobody has put anything into the shop yet. What was deleted since stays deleted.
    #[arg(long, requires = "demo")]
    if_empty: bool,
    /// See to it that there are this many synthetic products.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    products: Option<u32>,
}

pub(super) async fn run(command: &Seed, config: &Config) -> Result<(), CliError> {
    if command.demo && config.server.mode == Mode::Production {
        return Err(
            ConfigError::UnsafeInProduction("demo accounts have a password everybody knows".into()).into()
        );
    }
    let db = database(config).await?;
    let clock = Clock::system();
    let ids = IdSource::new(clock.clone());
    let seeder = Seeder::new(&db, &clock, &ids);
    let mut has_changed = false;
    if command.demo {
        let added = if command.if_empty {
            seed::demo::load_into_empty(&seeder).await?
        } else {
            seed::demo::load(&seeder).await?
        };
        has_changed |= added != Added::default();
        say(added);
    }
    if let Some(products) = command.products {
        let stocked = seed::synthetic::load(&seeder, products).await?;
        has_changed |= stocked.added > 0;
        say(stocked);
    }
    if has_changed {
        super::cache::forget(&db, vec![EVERYTHING.to_owned()]).await?;
    }
    db.close().await.map_err(seed::SeedError::from)?;
    Ok(())
}
