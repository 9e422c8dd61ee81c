//! `bottega seed --demo` and `bottega seed --products N`.

use clap::Args;

use super::{CliError, database, say};
use crate::{
    cache::EVERYTHING,
    clock::{Clock, IdSource},
    config::{Config, ConfigError, Mode},
    seed::{self, Seeder},
};

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct Seed {
    /// Load the demo shop: products, accounts, orders. Changes nothing where it is loaded already.
    #[arg(long)]
    demo: bool,
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
    if command.demo {
        say(seed::demo::load(&seeder).await?);
    }
    if let Some(products) = command.products {
        say(seed::synthetic::load(&seeder, products).await?);
    }
    super::cache::forget(&db, vec![EVERYTHING.to_owned()]).await?;
    db.close().await.map_err(seed::SeedError::from)?;
    Ok(())
}
