//! The product list, nothing of it kept, against PostgreSQL alone answering the same statements.

mod statements;

use std::{io::Write as _, path::Path, time::Duration};

use clap::{Args, value_parser};
use openapi::{Page, catalog::ProductSummary};
use tempfile::NamedTempFile;

use super::{Outcome, whole, without_cache};
use crate::{
    failure::{Failure, While},
    load::{Load, Pace},
    postgres::{Pgbench, psql},
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, Engine, Server},
};
use statements::Statements;

const PATH: &str = "/api/catalog/products";
/// Products on a page.
const LIMIT: usize = 20;
/// To the shop.
const CONNECTIONS: usize = 64;
/// To the database: as many as the shop opens unless told otherwise, and as many clients of `pgbench`.
const DATABASE_CONNECTIONS: usize = 10;
/// Less of PostgreSQL's own rate than this is told.
const TARGET: f64 = 0.5;
/// More statements than these are told.
const MOST_STATEMENTS: u32 = 4;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many synthetic products to make.
    #[arg(long, default_value_t = 100_000, value_parser = value_parser!(u32).range(100..=10_000_000))]
    products: u32,
    /// How often each side is measured, in turn.
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// For how many seconds each time.
    #[arg(long, default_value_t = 3, value_parser = value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// An empty `PostgreSQL` database; `cargo xtask services` starts a server to make one on.
    #[arg(long, value_name = "URL")]
    database_url: String,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let pgbench = Pgbench::find()?;
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let engine = Engine::postgres(&options.database_url);
    println!("making {} products …", options.products);
    engine.prepare(binary, folder.path())?;
    engine.run(binary, folder.path(), &["seed", "--products", &options.products.to_string()])?;
    let statements = learn(binary, folder.path(), &engine)?;
    let rows = psql(&engine.url, statements.page()?)?.lines().count();
    if rows != LIMIT {
        return Err(Failure::Broken(format!("PostgreSQL alone answers {rows} products instead of {LIMIT}")));
    }

    let mut server = Server::start(binary, folder.path(), &variables(&engine))?;
    server.first_answer("/health")?;
    let per_request = server.get(&list())?.timing()?.statements;
    let comparison = Comparison::make(&server, &pgbench, &statements, options)?;
    let mut table =
        Table::headed(["What answers", "Statements", "Per second", "shop/this", "p99", "Its processor"]);
    comparison.show(per_request, statements.count(), &mut table);
    let verdict = comparison.verdict().and(few_enough(per_request));

    let Options { products, rounds, seconds, .. } = options;
    let arguments =
        format!(" --products {products} --rounds {rounds} --seconds {seconds} --database-url postgres://…");
    let report = Report::new("uncached-list", "The product list without the cache", binary, &arguments, table)?
        .fact("Shop", format!("PostgreSQL, {products} synthetic products, `CACHE_MEMORY_MB=0`"))
        .fact("Limit", pgbench.version()?)
        .note(format!(
            "Shop: `GET {}`, asked by one thread over {CONNECTIONS} connections as fast as it is answered; it has \
             {DATABASE_CONNECTIONS} connections to the database. PostgreSQL alone: `pgbench -n -M prepared -c \
             {DATABASE_CONNECTIONS} -j 1` with what the shop's own log says it asks for that list, with its values; once \
             the statement that reads the page, once all of them, one after the other. {rounds} rounds of {seconds} s \
             each in turn; medians with the least and the greatest.",
            list()
        ))
        .note(format!(
            "The bounds: {TARGET} of the rate at which PostgreSQL alone answers all of the statements, and \
             {MOST_STATEMENTS} statements a request. Everything shares the processors: what the shop and the asker use is \
             not PostgreSQL's."
        ));
    Ok(Outcome { report, verdict })
}

fn list() -> String {
    format!("{PATH}?limit={LIMIT}")
}

fn variables(engine: &Engine) -> Vec<(&'static str, String)> {
    let mut variables = engine.variables();
    variables.extend([without_cache(), ("DATABASE_MAX_CONNECTIONS", DATABASE_CONNECTIONS.to_string())]);
    variables
}

/// Has a server that logs its statements answer the list once.
fn learn(binary: &Binary, folder: &Path, engine: &Engine) -> Result<Statements, Failure> {
    let mut variables = variables(engine);
    variables.extend([("LOG_LEVEL", "info,sql=trace".to_owned()), ("LOG_FORMAT", "json".to_owned())]);
    let mut server = Server::start(binary, folder, &variables)?;
    server.first_answer("/health")?;
    let page: Page<ProductSummary> = server.get(&list())?.json()?;
    Statements::read(&server.stop()?, PATH, &page.data)
}

/// The shop and PostgreSQL alone, measured in turn, each in answers a second.
#[derive(Debug, Default)]
struct Comparison {
    shop: Vec<f64>,
    /// The shop's p99 of each round, in milliseconds.
    p99: Vec<f64>,
    /// Microseconds of the processors the shop itself uses for each request.
    processor: Vec<f64>,
    page: Vec<f64>,
    all: Vec<f64>,
}

impl Comparison {
    fn make(
        server: &Server,
        pgbench: &Pgbench,
        statements: &Statements,
        options: &Options,
    ) -> Result<Self, Failure> {
        let page = script(&format!("{};\n", statements.page()?))?;
        let all = script(&statements.script())?;
        let length = Duration::from_secs(options.seconds);
        let load = Load::of(server.port(), &[list()], CONNECTIONS);
        load.run(Pace::FlatOut, Duration::from_millis(500))?.all(200)?;
        let alone = |script: &NamedTempFile| {
            pgbench.rate(&options.database_url, script.path(), DATABASE_CONNECTIONS, length)
        };
        let mut comparison = Self::default();
        for round in 1..=options.rounds {
            println!("round {round} of {} …", options.rounds);
            let before = server.processor_time()?;
            let shop = load.run(Pace::FlatOut, length)?.all(200)?;
            let used = server.processor_time()?.saturating_sub(before);
            comparison.processor.push(shop.each_of(used));
            comparison.shop.push(shop.per_second());
            comparison.p99.extend(shop.latency().map(|latency| latency.percentile(99.0)));
            comparison.page.push(alone(&page)?);
            comparison.all.push(alone(&all)?);
        }
        Ok(comparison)
    }

    fn show(&self, per_request: u32, all_statements: usize, table: &mut Table) {
        let rate = |rates| Sample::of(rates, "/s");
        let (Some(shop), Some(page), Some(all)) = (rate(&self.shop), rate(&self.page), rate(&self.all))
        else {
            return;
        };
        let shown =
            |values, unit| Sample::of(values, unit).map_or_else(String::new, |sample| sample.to_string());
        table.row([
            "the shop".to_owned(),
            per_request.to_string(),
            whole(&shop),
            String::new(),
            shown(&self.p99, "ms"),
            shown(&self.processor, "µs"),
        ]);
        for (name, statements, alone) in [
            ("PostgreSQL alone, the page's statement", 1, page),
            ("PostgreSQL alone, all statements", all_statements, all),
        ] {
            let ratio = shop.ratio_to(&alone);
            table.row([
                name.to_owned(),
                statements.to_string(),
                whole(&alone),
                ratio,
                String::new(),
                String::new(),
            ]);
        }
    }

    fn verdict(&self) -> Result<(), Failure> {
        let (Some(shop), Some(all)) = (Sample::of(&self.shop, "/s"), Sample::of(&self.all, "/s")) else {
            return Ok(());
        };
        let share = shop.median() / all.median();
        if share < TARGET {
            return Err(Failure::Broken(format!(
                "the uncached product list is answered at {share:.2} of the rate at which PostgreSQL alone answers its \
                 statements"
            )));
        }
        Ok(())
    }
}

fn few_enough(statements: u32) -> Result<(), Failure> {
    if statements <= MOST_STATEMENTS {
        return Ok(());
    }
    Err(Failure::Broken(format!("the uncached product list takes {statements} statements")))
}

/// A file with this in it.
fn script(text: &str) -> Result<NamedTempFile, Failure> {
    let mut file = NamedTempFile::new().doing("make a temporary file")?;
    file.write_all(text.as_bytes()).doing("write a script for pgbench")?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(shop: f64, all: f64) -> Comparison {
        Comparison {
            shop: vec![shop],
            p99: vec![9.0],
            processor: vec![],
            page: vec![2_000.0],
            all: vec![all],
        }
    }

    #[test]
    fn half_of_what_postgresql_does_alone_is_enough_and_less_is_told() {
        assert!(comparison(500.0, 1_000.0).verdict().is_ok());
        let failure = comparison(490.0, 1_000.0).verdict().unwrap_err().to_string();
        assert!(failure.contains("at 0.49 of the rate"), "{failure}");
        assert!(few_enough(4).is_ok() && few_enough(5).is_err());
    }

    #[test]
    fn the_shop_is_set_against_both_scripts() {
        let mut table = Table::headed(["What answers"]);
        comparison(500.0, 1_000.0).show(4, 4, &mut table);
        let text = table.to_string();
        assert!(text.contains("| the shop                               | 4   | 500 (500–500)"), "{text}");
        assert!(text.contains("| 1   | 2000 (2000–2000) | 0.25 |"), "{text}");
        assert!(text.contains("| 4   | 1000 (1000–1000) | 0.50 |"), "{text}");
    }
}
