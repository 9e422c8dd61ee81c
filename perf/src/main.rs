//! `cargo run --release -p perf -- <scenario>`: measures the release binary and prints a table.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its terminal")]

mod bare;
mod crowd;
mod failure;
mod load;
mod overlap;
mod postgres;
mod random;
mod report;
mod sample;
mod scenarios;
mod shop;
mod stop;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use failure::Failure;
use report::Report;
use scenarios::{
    cached_reads, deep_paging, fresh_prices, hit_rate, orders, sign_in_flood, sign_in_timing, size, startup,
    traces, two_servers, uncached_list,
};
use shop::Binary;

/// Measures Bottega. Starts what it measures, on free ports and in temporary folders, and stops it again.
#[derive(Debug, Parser)]
#[command(name = "perf")]
struct Cli {
    #[command(subcommand)]
    what: What,
    /// Measure this binary instead of building one with `cargo build --release -p api`.
    #[arg(long, global = true, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// Also write the table to `perf/results/<scenario>.md`.
    #[arg(long, global = true)]
    save: bool,
    /// A sentence to stand under the table: what somebody who repeats this has to know.
    #[arg(long, global = true, value_name = "SENTENCE")]
    note: Option<String>,
}

#[derive(Debug, Subcommand)]
enum What {
    #[command(flatten)]
    Scenario(Scenario),
    /// Visitors who look around and buy in a shop that runs anywhere, as few or as many as a scenario says.
    Load(crowd::Options),
    /// The server others are compared with. Started by the scenarios that need it.
    #[command(hide = true)]
    Bare(bare::Options),
}

#[derive(Debug, Subcommand)]
enum Scenario {
    /// From starting the server to its first answer, and its memory at rest.
    Startup(startup::Options),
    /// Reads from the cache against the least a server can do.
    CachedReads(cached_reads::Options),
    /// The product list's first page against one thousands of rows deep.
    DeepPaging(deep_paging::Options),
    /// Prices that change on one of two servers, and what readers of both are shown, whatever becomes of Redis.
    FreshPrices(fresh_prices::Options),
    /// How many of the questions of people who look around are answered without the database.
    HitRate(hit_rate::Options),
    /// Orders a second against PostgreSQL alone running the same statements, of many products and of one.
    Orders(orders::Options),
    /// Reading the catalogue while a crowd signs in at once, and the memory that takes.
    SignInFlood(sign_in_flood::Options),
    /// A large shop against a small one, from the cache and without it.
    Size(size::Options),
    /// Whether the time of an answer tells who has an account.
    SignInTiming(sign_in_timing::Options),
    /// What it costs to send traces.
    Traces(traces::Options),
    /// What is decided on one server holds on another: rights, sessions, limits.
    TwoServers(two_servers::Options),
    /// The product list without the cache against PostgreSQL alone answering its statements.
    UncachedList(uncached_list::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match &cli.what {
        What::Scenario(scenario) => run(&cli, scenario),
        What::Load(options) => stop::watch().and_then(|()| crowd::load(options)),
        What::Bare(options) => bare::serve(options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("perf: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli, scenario: &Scenario) -> Result<(), Failure> {
    stop::watch()?;
    let binary = match &cli.binary {
        Some(path) => Binary::at(path)?,
        None => Binary::build()?,
    };
    let outcome = match scenario {
        Scenario::CachedReads(options) => cached_reads::measure(&binary, options)?,
        Scenario::Startup(options) => startup::measure(&binary, options)?,
        Scenario::DeepPaging(options) => deep_paging::measure(&binary, options)?,
        Scenario::FreshPrices(options) => fresh_prices::measure(&binary, options)?,
        Scenario::HitRate(options) => hit_rate::measure(&binary, options)?,
        Scenario::Orders(options) => orders::measure(&binary, options)?,
        Scenario::SignInFlood(options) => sign_in_flood::measure(&binary, options)?,
        Scenario::Size(options) => size::measure(&binary, options)?,
        Scenario::SignInTiming(options) => sign_in_timing::measure(&binary, options)?,
        Scenario::Traces(options) => traces::measure(&binary, options)?,
        Scenario::TwoServers(options) => two_servers::measure(&binary, options)?,
        Scenario::UncachedList(options) => uncached_list::measure(&binary, options)?,
    };
    let report = cli.note.iter().fold(outcome.report, Report::note);
    println!("\n{report}");
    if cli.save {
        println!("saved as {}", report.save()?.display());
    }
    outcome.verdict
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_scenario_can_be_asked_for_by_its_options_defaults() {
        Cli::command().debug_assert();
        let services = ["--database-url", "postgres://p", "--redis-url", "redis://r"];
        for scenario in [
            "startup",
            "cached-reads",
            "deep-paging",
            "hit-rate",
            "sign-in-flood",
            "sign-in-timing",
            "size",
            "traces",
        ] {
            assert!(Cli::try_parse_from(["perf", scenario]).is_ok(), "{scenario}");
        }
        for scenario in ["hit-rate", "sign-in-flood", "sign-in-timing", "two-servers"] {
            assert!(Cli::try_parse_from(["perf", scenario].iter().chain(&services)).is_ok(), "{scenario}");
        }
        let database = &services[..2];
        for scenario in ["deep-paging", "fresh-prices", "orders", "size", "uncached-list"] {
            assert!(Cli::try_parse_from(["perf", scenario].iter().chain(database)).is_ok(), "{scenario}");
        }
    }
}
