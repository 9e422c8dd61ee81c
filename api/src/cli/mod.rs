//! The command line: what operators run, on their own machine or with `kubectl exec`.

mod admin;
mod cache;
mod doctor;
mod migrate;
mod openapi;
mod search;
mod seed;
mod serve;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    app::StartError,
    config::{Config, ConfigError, Environment},
    db::{ConnectError, Database, RoleError},
    seed::SeedError,
    telemetry, version,
};

/// A shop in one binary. Configured by environment variables, see docs/configuration.md.
#[derive(Debug, Parser)]
#[command(name = "bottega", version = version::FULL)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server (what happens without a command).
    Serve,
    /// Bring the database's tables up to date, or back.
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// Fill the shop.
    Seed(seed::Seed),
    /// Look after what products are found by.
    #[command(subcommand)]
    Search(search::Search),
    /// Make and unmake administrators.
    #[command(subcommand)]
    Admin(admin::Admin),
    /// See how the cache of the server on this machine is doing, or have every server forget.
    #[command(subcommand)]
    Cache(cache::Cache),
    /// Print the `OpenAPI` document.
    Openapi(openapi::Openapi),
    /// Check what this server depends on; fails when something is away.
    Doctor(doctor::Doctor),
}

/// Why a command failed: one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error(transparent)]
    Role(#[from] RoleError),
    #[error(transparent)]
    Seed(#[from] SeedError),
    #[error("{0}")]
    Failed(String),
}

/// Runs a command; what goes wrong is one sentence on standard error.
pub fn run(cli: Cli) -> ExitCode {
    let outcome = dispatch(cli.command.unwrap_or(Command::Serve));
    telemetry::flush();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "this is where commands talk to people")]
fn complain(error: &CliError) {
    eprintln!("bottega: {error}");
}

/// One line for whoever typed the command. Nobody listens any more when it is piped into `head`: no reason to fail.
fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn dispatch(command: Command) -> Result<(), CliError> {
    if let Command::Openapi(openapi) = command {
        return openapi::run(&openapi);
    }
    let config = Config::read(&Environment::of_process()?)?;
    telemetry::start_logging(&config.logging);
    actix_web::rt::System::new().block_on(async {
        match command {
            Command::Serve => serve::run(config).await,
            Command::Migrate(migrate) => migrate::run(&migrate, &config).await,
            Command::Seed(seed) => seed::run(&seed, &config).await,
            Command::Search(search) => search::run(&search, &config).await,
            Command::Admin(admin) => admin::run(&admin, &config).await,
            Command::Cache(cache) => cache::run(&cache, &config).await,
            Command::Doctor(doctor) => doctor::run(&doctor, &config).await,
            Command::Openapi(openapi) => openapi::run(&openapi),
        }
    })
}

/// The database, with the tables this version needs.
async fn database(config: &Config) -> Result<Database, CliError> {
    let db = Database::connect(&config.database).await?;
    if config.database.embedded {
        db.migrate_up().await?;
    } else {
        db.require_schema().await?;
    }
    Ok(db)
}
