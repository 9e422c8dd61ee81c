//! A large shop against a small one: what comes out of the cache, and what does not.

mod asked;
mod kept;
mod questions;
mod shops;

use clap::{Args, value_parser};

use super::Outcome;
use crate::{failure::Failure, report::Report, shop::Binary};
use shops::Shop;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many synthetic products the small shop gets.
    #[arg(long, default_value_t = 1_000, value_parser = value_parser!(u32).range(200..=100_000))]
    small: u32,
    /// How many the large one gets.
    #[arg(long, default_value_t = 100_000, value_parser = value_parser!(u32).range(200..=10_000_000))]
    products: u32,
    /// A large shop of so many instead, of which only what goes by a key is measured: products by slug, lists by cursor.
    #[arg(long, conflicts_with = "products", value_parser = value_parser!(u32).range(200..=10_000_000))]
    large: Option<u32>,
    /// How often both shops are asked flat out for each cached read, in turn.
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// For how many seconds each time.
    #[arg(long, default_value_t = 2, value_parser = value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// How often both are asked for each read that is not cached, in turn.
    #[arg(long, default_value_t = 200, value_parser = value_parser!(u32).range(20..=100_000))]
    requests: u32,
    /// Any database of a `PostgreSQL` server, to measure with that as well as `SQLite`: two others are made there, and
    /// dropped again.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

impl Options {
    fn large(&self) -> u32 {
        self.large.unwrap_or(self.products)
    }

    fn is_by_key_only(&self) -> bool {
        self.large.is_some()
    }

    /// How they are given, without saying where the database is.
    fn arguments(&self) -> String {
        let Self { small, rounds, seconds, requests, .. } = self;
        let database = self.database_url.as_ref().map_or("", |_| " --database-url postgres://…");
        match self.large {
            Some(large) => format!(" --small {small} --large {large} --requests {requests}{database}"),
            None => format!(
                " --small {small} --products {} --rounds {rounds} --seconds {seconds} --requests {requests}{database}",
                self.products
            ),
        }
    }
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let (mut kept, mut asked) = (kept::table(), asked::table());
    let mut verdict = Ok(());
    for shops in Shop::all(binary, options)? {
        if !options.is_by_key_only() {
            verdict = verdict.and(kept::measure(binary, &shops, options, &mut kept)?);
        }
        verdict = verdict.and(asked::measure(binary, &shops, options, &mut asked)?);
    }
    let report = Report::new("size", "A large shop against a small one", binary, &options.arguments(), asked)?
        .fact("Shops", format!("{} and {} synthetic products", options.small, options.large()))
        .note(format!(
            "Not cached: `CACHE_MEMORY_MB=0`. Both shops are asked in turn, {} times each, one request after the other, for \
             questions that differ: products and pages from all over the shop, several words. Times are the server's own \
             (`Server-Timing`), medians with the least and the greatest.",
            options.requests
        ));
    let report = if options.is_by_key_only() {
        report.saved_as("size-by-key")
    } else {
        report.table(kept).note(format!(
            "Cached: one thread asks over {} connections as fast as it is answered, {} rounds of {} s in each shop in turn; \
             medians with the least and the greatest. The large shop must be as fast as the small one, to within 5 %.",
            kept::CONNECTIONS, options.rounds, options.seconds
        ))
    };
    Ok(Outcome { report, verdict })
}
