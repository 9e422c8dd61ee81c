//! Reads from the cache, through everything a request passes, against the least a server can do with the same bytes.

use std::time::Duration;

use clap::{Args, value_parser};
use openapi::{Page, catalog::ProductSummary};

use super::{Outcome, whole};
use crate::{
    bare::Bare,
    failure::{Failure, While},
    load::{Load, Pace},
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, Engine, Server},
};

const CONNECTIONS: usize = 64;
/// Both servers have as many.
const WORKERS: usize = 2;
/// How fast to ask when it is not as fast as possible.
const PACE: u32 = 5_000;
/// Less of the bare server's answers in a second than this is told.
const TARGET: f64 = 0.7;
/// The greatest p99, in milliseconds.
const PATIENCE: f64 = 10.0;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many synthetic products to make.
    #[arg(long, default_value_t = 1_000, value_parser = value_parser!(u32).range(100..=1_000_000))]
    products: u32,
    /// How often each side is measured, in turn.
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// For how many seconds each time.
    #[arg(long, default_value_t = 2, value_parser = value_parser!(u64).range(1..=60))]
    seconds: u64,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let engine = Engine::all(None).remove(0);
    println!("making {} products …", options.products);
    engine.prepare(binary, folder.path())?;
    engine.run(binary, folder.path(), &["seed", "--products", &options.products.to_string()])?;
    let mut variables = engine.variables();
    variables.push(("WORKERS", WORKERS.to_string()));
    let mut server = Server::start(binary, folder.path(), &variables)?;
    server.first_answer("/health")?;

    let mut rates =
        Table::headed(["Read", "Bytes", "Bare, /s", "Shop, /s", "shop/bare", "Bare, p99", "Shop, p99"]);
    let mut costs = Table::headed([
        "Read",
        "Bare, processor",
        "Shop, processor",
        "shop − bare",
        "Bare, p99",
        "Shop, p99",
    ]);
    let mut verdict = Ok(());
    for (name, path) in reads(&server)? {
        println!("{name}: {path} …");
        let bytes = server.get(&path)?.body;
        let bare = Bare::start(&bytes, WORKERS)?;
        let flat_out = Pair::measure(&server, &bare, &path, Pace::FlatOut, options)?;
        verdict = verdict.and(flat_out.verdict(name));
        flat_out.show_rates(name, bytes.len(), &mut rates);
        Pair::measure(&server, &bare, &path, Pace::PerSecond(PACE), options)?.show_costs(name, &mut costs);
    }
    let arguments =
        format!(" --products {} --rounds {} --seconds {}", options.products, options.rounds, options.seconds);
    let report = Report::new("cached-reads", "Reads from the cache", binary, &arguments, rates)?
        .table(costs)
        .fact("Shop", format!("SQLite, {} synthetic products", options.products))
        .note(format!(
            "Bare: an actix-web server without routes or layers that answers the same bytes from memory. Both have {WORKERS} \
             workers; one thread on the same machine asks over {CONNECTIONS} connections, {} rounds of {} s on each in turn; \
             medians with the least and the greatest. The shop does everything it does for a shopper: request id, limits \
             (passed by header), log line into a file, security headers, metrics.",
            options.rounds, options.seconds
        ))
        .note(format!(
            "The second table: {PACE} requests a second, whether or not those before have been answered, and what of the \
             processors the server used for each (user and kernel). Times include up to 1 ms by which the asker is late."
        ));
    Ok(Outcome { report, verdict })
}

/// What is read, and where.
fn reads(server: &Server) -> Result<Vec<(&'static str, String)>, Failure> {
    let list = "/api/catalog/products?limit=20".to_owned();
    let page: Page<ProductSummary> = server.get(&list)?.json()?;
    let slug = page.data.first().map(|product| product.slug.clone()).unwrap_or_default();
    Ok(vec![
        ("product list", list),
        ("product page", format!("/api/catalog/products/{slug}")),
        ("categories", "/api/catalog/categories".to_owned()),
        ("search", "/api/search?q=wool+tote".to_owned()),
        ("suggestions", "/api/search/suggest?q=wo".to_owned()),
    ])
}

/// Both sides, measured in turn.
struct Pair {
    bare: Side,
    shop: Side,
}

#[derive(Default)]
struct Side {
    per_second: Vec<f64>,
    /// The p99 of each round, in milliseconds.
    p99: Vec<f64>,
    /// Microseconds of the processors for each request.
    processor: Vec<f64>,
}

impl Pair {
    fn measure(
        server: &Server,
        bare: &Bare,
        path: &str,
        pace: Pace,
        options: &Options,
    ) -> Result<Self, Failure> {
        let paths = [path.to_owned()];
        let shop_load = Load::of(server.port(), &paths, CONNECTIONS);
        let bare_load = Load::of(bare.port, &paths, CONNECTIONS);
        let length = Duration::from_secs(options.seconds);
        for load in [&shop_load, &bare_load] {
            load.run(pace, Duration::from_millis(500))?.all(200)?;
        }
        let mut pair = Self { bare: Side::default(), shop: Side::default() };
        for _ in 0..options.rounds {
            pair.bare.round(&bare_load, pace, length, &|| bare.processor_time())?;
            pair.shop.round(&shop_load, pace, length, &|| server.processor_time())?;
        }
        Ok(pair)
    }

    fn show_rates(&self, name: &str, bytes: usize, table: &mut Table) {
        let (Some(bare), Some(shop)) = (self.bare.rate(), self.shop.rate()) else { return };
        table.row([
            name.to_owned(),
            bytes.to_string(),
            whole(&bare),
            whole(&shop),
            shop.ratio_to(&bare),
            self.bare.late(),
            self.shop.late(),
        ]);
    }

    fn show_costs(&self, name: &str, table: &mut Table) {
        let (Some(bare), Some(shop)) = (self.bare.cost(), self.shop.cost()) else { return };
        table.row([
            name.to_owned(),
            bare.to_string(),
            shop.to_string(),
            shop.show(shop.median() - bare.median()),
            self.bare.late(),
            self.shop.late(),
        ]);
    }

    fn verdict(&self, name: &str) -> Result<(), Failure> {
        let (Some(bare), Some(shop)) = (self.bare.rate(), self.shop.rate()) else { return Ok(()) };
        let share = shop.median() / bare.median();
        if share < TARGET {
            return Err(Failure::Broken(format!(
                "the {name} is answered at {share:.2} of the bare server's rate"
            )));
        }
        let p99 = Sample::of(&self.shop.p99, "ms").map_or(0.0, |sample| sample.median());
        if p99 > PATIENCE {
            return Err(Failure::Broken(format!("one {name} of 100 takes {p99:.1} ms or more")));
        }
        Ok(())
    }
}

impl Side {
    fn round(
        &mut self,
        load: &Load,
        pace: Pace,
        length: Duration,
        processor_time: &dyn Fn() -> Result<Duration, Failure>,
    ) -> Result<(), Failure> {
        let before = processor_time()?;
        let measured = load.run(pace, length)?.all(200)?;
        let used = processor_time()?.saturating_sub(before);
        let Some(latency) = measured.latency() else { return Ok(()) };
        self.per_second.push(measured.per_second());
        self.p99.push(latency.percentile(99.0));
        self.processor.push(measured.each_of(used));
        Ok(())
    }

    fn rate(&self) -> Option<Sample> {
        Sample::of(&self.per_second, "/s")
    }

    fn cost(&self) -> Option<Sample> {
        Sample::of(&self.processor, "µs")
    }

    fn late(&self) -> String {
        Sample::of(&self.p99, "ms").map_or_else(String::new, |sample| sample.to_string())
    }
}
