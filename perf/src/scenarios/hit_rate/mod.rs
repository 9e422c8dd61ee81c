//! How many of the questions of people who look around are answered without the database, while nothing is sold, and
//! while something is.

mod mix;

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use clap::{Args, value_parser};
use openapi::{Data, assortment::StockAdjustment, cache::CacheReport};

use self::mix::Shelves;
use super::{Outcome, joined};
use crate::{
    failure::{Failure, While},
    load::{Load, Measured, Pace},
    random::Random,
    report::{Report, Table},
    shop::{Binary, Client, Engine, Server, Services, people},
    stop,
};

const CONNECTIONS: usize = 64;
/// Questions a second: not as fast as possible, so that lives of entries end as they do in a shop.
const PACE: u32 = 5_000;
/// Until a server has noticed for certain that it is to forget.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(1);
/// Of 100,000 questions, 50 may need the database.
const TARGET: f64 = 0.9995;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many questions are asked in each row, in thousands.
    #[arg(long, default_value_t = 100, value_parser = value_parser!(u32).range(10..=10_000))]
    thousands: u32,
    #[command(flatten)]
    services: Services,
}

/// How often something is sold, and whether that row must reach the target.
struct Phase {
    name: &'static str,
    sales_per_second: u32,
    is_bound: bool,
}

const PHASES: [Phase; 3] = [
    Phase { name: "from an empty cache", sales_per_second: 0, is_bound: true },
    Phase { name: "something is sold twice a second", sales_per_second: 2, is_bound: true },
    Phase { name: "something is sold ten times a second", sales_per_second: 10, is_bound: false },
];

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let mut table = Table::headed([
        "Engine",
        "Meanwhile",
        "Questions",
        "Sold",
        "Made from the database",
        "Hit rate",
        "p99",
    ]);
    let mut verdict = Ok(());
    for engine in options.services.engines() {
        let folder = tempfile::tempdir().doing("make a temporary folder")?;
        let shop = Shop::open(binary, folder.path(), &engine)?;
        for phase in &PHASES {
            println!("{}: {} …", engine.name, phase.name);
            let seen = shop.observe(phase, options)?;
            verdict = verdict.and(seen.judge(engine.name, phase));
            seen.show(engine.name, phase, &mut table);
        }
    }
    let arguments = format!(" --thousands {}{}", options.thousands, options.services.arguments());
    let report = Report::new("hit-rate", "Answers without the database", binary, &arguments, table)?
        .fact("Shop", "the demo shop")
        .note(format!(
            "{PACE} questions a second over {CONNECTIONS} connections: {}. What was made from the database is counted by \
             the server (`/metrics/cache`); the first row begins with nothing kept.",
            mix::DESCRIPTION
        ))
        .note(
            "Sold: one piece of a product taken out of stock, which changes its page, and lists and findings where it was \
             the last one. The bound is 0.9995, but for the last row: each sale costs one look into the database at most \
             for every answer it changes, so the rate falls as more is sold for each page looked at.",
        );
    Ok(Outcome { report, verdict })
}

struct Shop {
    server: Server,
    admin: Client,
    shelves: Shelves,
    load: Load,
}

/// What came of it.
struct Seen {
    asked: Measured,
    sold: u32,
    loads: u64,
}

impl Shop {
    fn open(binary: &Binary, folder: &Path, engine: &Engine) -> Result<Self, Failure> {
        engine.prepare(binary, folder)?;
        engine.run(binary, folder, &["seed", "--demo"])?;
        let mut server = Server::start(binary, folder, &engine.variables())?;
        server.first_answer("/health")?;
        let boss = people::register(&server.client().past_limits(), "boss@example.com")?;
        engine.run(binary, folder, &["admin", "promote", "--email", "boss@example.com"])?;
        let admin = server.client().past_limits().with_token(&boss.token);
        let shelves = Shelves::of(&server)?;
        engine.run(binary, folder, &["cache", "clear"])?;
        thread::sleep(FORGOTTEN_AFTER);
        let load = Load::of(server.port(), &shelves.paths(), CONNECTIONS);
        Ok(Self { server, admin, shelves, load })
    }

    fn observe(&self, phase: &Phase, options: &Options) -> Result<Seen, Failure> {
        let length = Duration::from_secs_f64(f64::from(options.thousands * 1_000) / f64::from(PACE));
        let before = self.loads()?;
        let is_over = AtomicBool::new(false);
        let (asked, sold) = thread::scope(|scope| {
            let seller = scope.spawn(|| self.sell(phase.sales_per_second, &is_over));
            let asked = self.load.run(Pace::PerSecond(PACE), length);
            is_over.store(true, Ordering::Relaxed);
            Ok::<_, Failure>((asked?.all(200)?, joined(seller)?))
        })?;
        Ok(Seen { asked, sold, loads: self.loads()? - before })
    }

    /// How many answers the server has made from its database so far.
    fn loads(&self) -> Result<u64, Failure> {
        let report: Data<CacheReport> = self.server.get("/metrics/cache")?.json()?;
        Ok(report.data.families.iter().map(|family| family.loads + family.failed_loads).sum())
    }

    /// Takes one piece of some product after the other, until it is over, and tells how many.
    fn sell(&self, per_second: u32, is_over: &AtomicBool) -> Result<u32, Failure> {
        let mut random = Random::seeded(2);
        let begun = Instant::now();
        let in_stock: Vec<_> = self.shelves.products.iter().filter(|product| product.in_stock).collect();
        let mut sold = 0;
        if per_second == 0 {
            return Ok(sold);
        }
        loop {
            stop::check()?;
            let due = Duration::from_secs(1) * (sold + 1) / per_second;
            thread::sleep(due.saturating_sub(begun.elapsed()));
            if is_over.load(Ordering::Relaxed) {
                return Ok(sold);
            }
            let product = in_stock[random.below(in_stock.len())];
            let sale = StockAdjustment { variant_id: None, delta: -1, note: "Sold".to_owned() };
            let reply = self.admin.post(&format!("/api/admin/products/{}/stock", product.id), &sale)?;
            // Sold out is sold out.
            if reply.status != 409 {
                reply.expect(200)?;
            }
            sold += 1;
        }
    }
}

impl Seen {
    #[expect(clippy::cast_precision_loss, reason = "nobody asks 2^52 times")]
    fn hit_rate(&self) -> f64 {
        1.0 - self.loads as f64 / self.asked.count() as f64
    }

    fn show(&self, engine: &str, phase: &Phase, table: &mut Table) {
        let p99 = self.asked.latency().map_or_else(String::new, |times| times.show(times.percentile(99.0)));
        table.row([
            engine.to_owned(),
            phase.name.to_owned(),
            self.asked.count().to_string(),
            self.sold.to_string(),
            self.loads.to_string(),
            format!("{:.5}", self.hit_rate()),
            p99,
        ]);
    }

    fn judge(&self, engine: &str, phase: &Phase) -> Result<(), Failure> {
        if phase.is_bound && self.hit_rate() < TARGET {
            return Err(Failure::Broken(format!(
                "{engine}: {} of {} answers came from the database while {}",
                self.loads,
                self.asked.count(),
                phase.name
            )));
        }
        Ok(())
    }
}
