//! Placing orders, against PostgreSQL alone running the same statements by hand: of many products, and of one that
//! everybody wants.

mod buyers;
mod script;
mod things;

use std::{path::Path, time::Duration};

use clap::{Args, value_parser};

use super::{Outcome, whole};
use crate::{
    failure::{Failure, While},
    load::Pace,
    postgres::{Pgbench, psql},
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, Engine, Server},
};
use buyers::Buyers;
use script::Scripts;
use things::stock_up;

/// To the shop, and clients of `pgbench`.
const CONNECTIONS: usize = 64;
const THINGS: usize = 128;
/// Less of PostgreSQL's own rate than this is told: of many products, and of one.
const TARGETS: [f64; 2] = [0.5, 0.6];
/// More statements than these are told.
const MOST_STATEMENTS: u32 = 15;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each side is measured, in turn.
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// For how many seconds each time.
    #[arg(long, default_value_t = 4, value_parser = value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// How many connections to the database the shop has.
    #[arg(long, default_value_t = 10, value_parser = value_parser!(u32).range(1..=90))]
    pool: u32,
    /// An empty `PostgreSQL` database; `cargo xtask services` starts a server to make one on.
    #[arg(long, value_name = "URL")]
    database_url: String,
}

/// What is bought.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// One of many things, at random.
    Many,
    /// Always the same.
    One,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let pgbench = Pgbench::find()?;
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let engine = Engine::postgres(&options.database_url);
    engine.prepare(binary, folder.path())?;
    engine.run(binary, folder.path(), &["seed", "--products", "1000"])?;
    let mut server = Server::start(binary, folder.path(), &variables(&engine, options, "info"))?;
    server.first_answer("/health")?;
    let buyers = Buyers::register(&server, CONNECTIONS, THINGS)?;
    drop(server);
    stock_up(&engine.url, THINGS, CONNECTIONS)?;
    let scripts = Scripts::write(THINGS)?;
    let statements = learn(binary, folder.path(), &engine, options, &buyers)?;
    scripts.check(&statements)?;

    let mut table = Table::headed([
        "What is bought",
        "Shop, orders/s",
        "p99",
        "Its processor, each",
        "pgbench, 64 clients",
        "pgbench, as many clients as the shop has connections",
        "shop/pgbench",
        "Bound",
    ]);
    let mut verdict = Ok(());
    let mut server = Server::start(binary, folder.path(), &variables(&engine, options, "info"))?;
    server.first_answer("/health")?;
    for (wanted, target) in [Wanted::Many, Wanted::One].into_iter().zip(TARGETS) {
        let comparison = Comparison::make(&server, &pgbench, &buyers, &scripts, wanted, options)?;
        verdict = verdict.and(comparison.verdict(target));
        comparison.show(wanted, target, &mut table);
    }
    let made = statements.len();
    if u32::try_from(made).is_ok_and(|made| made > MOST_STATEMENTS) {
        verdict = verdict.and(Err(Failure::Broken(format!("an order takes {made} statements"))));
    }
    let Options { rounds, seconds, pool, .. } = options;
    let arguments =
        format!(" --rounds {rounds} --seconds {seconds} --pool {pool} --database-url postgres://…");
    let report = Report::new("orders", "Placing orders", binary, &arguments, table)?
        .fact("Shop", format!("PostgreSQL, 1,000 synthetic products, of which {THINGS} are bought, {pool} connections"))
        .fact("Limit", pgbench.version()?)
        .note(format!(
            "Shop: `POST /api/orders` of one piece by {CONNECTIONS} customers over {CONNECTIONS} connections, each as soon as \
             the last was answered, every one with a key of its own; all are answered 201. It sends the mails these orders \
             cause meanwhile. PostgreSQL alone: `pgbench -n -M prepared -j 1` with the same {made} statements in one \
             transaction, written by hand; the kinds and tables of those that the shop's own log tells must be the same. \
             {rounds} rounds of {seconds} s each in turn; medians with the least and the greatest."
        ))
        .note("The ratio is to the faster of the two. Everything shares the processors: what the shop and the askers use \
             is not PostgreSQL's.".to_owned());
    Ok(Outcome { report, verdict })
}

fn variables(engine: &Engine, options: &Options, log: &str) -> Vec<(&'static str, String)> {
    let mut variables = engine.variables();
    variables.push(("DATABASE_MAX_CONNECTIONS", options.pool.to_string()));
    variables.push(("LOG_LEVEL", log.to_owned()));
    variables.push(("LOG_FORMAT", "json".to_owned()));
    // One secret for all servers, so that who is signed in stays so.
    variables.push(("JWT_SECRET", "a secret for measurements alone, 0123456789".to_owned()));
    variables
}

/// The statements of one order, as the server that makes them logs them.
fn learn(
    binary: &Binary,
    folder: &Path,
    engine: &Engine,
    options: &Options,
    buyers: &Buyers,
) -> Result<Vec<String>, Failure> {
    let mut server = Server::start(binary, folder, &variables(engine, options, "info,sql=trace"))?;
    server.first_answer("/health")?;
    // The first looks up who asks, too.
    buyers.buy_once(&server, "warm-up")?;
    buyers.buy_once(&server, "counted")?;
    Ok(script::last_logged(&server.stop()?))
}

/// The shop and PostgreSQL alone, measured in turn, each in orders a second.
#[derive(Debug, Default)]
struct Comparison {
    shop: Vec<f64>,
    p99: Vec<f64>,
    processor: Vec<f64>,
    crowd: Vec<f64>,
    pool: Vec<f64>,
}

impl Comparison {
    fn make(
        server: &Server,
        pgbench: &Pgbench,
        buyers: &Buyers,
        scripts: &Scripts,
        wanted: Wanted,
        options: &Options,
    ) -> Result<Self, Failure> {
        let length = Duration::from_secs(options.seconds);
        // Dead rows slow down whoever comes next.
        let tidy =
            || psql(&options.database_url, "VACUUM product_variants, users, cache_generations, mail_outbox");
        let alone = |round: u32, clients: usize| {
            tidy()?;
            scripts.rate(pgbench, &options.database_url, wanted, round, clients, length)
        };
        buyers.load(server, wanted, 0).run(Pace::FlatOut, Duration::from_millis(500))?.all(201)?;
        let mut comparison = Self::default();
        for round in 1..=options.rounds {
            println!("{wanted:?}: round {round} of {} …", options.rounds);
            tidy()?;
            let before = server.processor_time()?;
            let shop = buyers.load(server, wanted, round).run(Pace::FlatOut, length)?.all(201)?;
            let used = server.processor_time()?.saturating_sub(before);
            comparison.processor.push(shop.each_of(used));
            comparison.shop.push(shop.per_second());
            comparison.p99.extend(shop.latency().map(|latency| latency.percentile(99.0)));
            comparison.crowd.push(alone(2 * round, CONNECTIONS)?);
            comparison.pool.push(alone(2 * round + 1, options.pool as usize)?);
        }
        Ok(comparison)
    }

    fn share(&self) -> Option<f64> {
        let median = |rates: &[f64]| Sample::of(rates, "/s").map(|sample| sample.median());
        Some(median(&self.shop)? / median(&self.crowd)?.max(median(&self.pool)?))
    }

    fn show(&self, wanted: Wanted, target: f64, table: &mut Table) {
        let rate = |rates: &[f64]| Sample::of(rates, "/s").map_or_else(String::new, |rate| whole(&rate));
        let shown =
            |values: &[f64], unit| Sample::of(values, unit).map_or_else(String::new, |it| it.to_string());
        let what = match wanted {
            Wanted::Many => format!("one of {THINGS} things"),
            Wanted::One => "one hot thing".to_owned(),
        };
        table.row([
            what,
            rate(&self.shop),
            shown(&self.p99, "ms"),
            shown(&self.processor, "µs"),
            rate(&self.crowd),
            rate(&self.pool),
            self.share().map_or_else(String::new, |share| format!("{share:.2}")),
            format!("≥ {target}"),
        ]);
    }

    fn verdict(&self, target: f64) -> Result<(), Failure> {
        match self.share() {
            Some(share) if share < target => Err(Failure::Broken(format!(
                "orders are placed at {share:.2} of the rate at which PostgreSQL alone runs their statements"
            ))),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shop_is_set_against_the_faster_of_the_two() {
        let comparison =
            Comparison { shop: vec![60.0], crowd: vec![80.0], pool: vec![100.0], ..Comparison::default() };
        assert!(comparison.verdict(0.6).is_ok());
        let failure = comparison.verdict(0.61).unwrap_err().to_string();
        assert!(failure.contains("at 0.60 of the rate"), "{failure}");
    }
}
