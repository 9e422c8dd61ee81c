//! Two servers under reading load, one of them changing prices: no old price where it was changed, none elsewhere after a
//! second, whatever becomes of the Redis they share.

mod history;
mod readers;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use clap::{Args, value_parser};
use nix::sys::signal::Signal;
use openapi::{
    Data, Page,
    assortment::VariantChange,
    cache::CacheReport,
    catalog::{ProductDetail, ProductSummary},
};

use self::{
    history::History,
    readers::{Place, Seen},
};
use super::{Outcome, joined, list_statuses};
use crate::{
    failure::{Failure, While},
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, Client, Engine, Redis, Server, people},
    stop,
};

/// Products whose prices change.
const PRODUCTS: usize = 10;
/// Between two changes: twenty in a second.
const PAUSE: Duration = Duration::from_millis(50);
/// So many reads prove something.
const ENOUGH: usize = 100_000;
/// The greatest p99 while Redis is away, in milliseconds.
const BOUND: f64 = 50.0;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// An empty `PostgreSQL` database; `cargo xtask services` starts a server to make one on.
    #[arg(long, value_name = "URL")]
    database_url: String,
    /// For how many seconds Redis is left in each state.
    #[arg(long, default_value_t = 10, value_parser = value_parser!(u64).range(2..=600))]
    seconds: u64,
}

/// What is done to Redis, and then read for a while.
const PHASES: [(&str, Harm); 5] = [
    ("is well", |_| Ok(())),
    ("is stopped (SIGSTOP)", |redis| redis.signal(Signal::SIGSTOP)),
    ("goes on (SIGCONT)", |redis| redis.signal(Signal::SIGCONT)),
    ("is emptied (FLUSHALL)", |redis| redis.empty()),
    ("is killed and started anew", Redis::restart),
];
type Harm = fn(&mut Redis) -> Result<(), Failure>;

struct Shop {
    writing: Server,
    other: Server,
    admin: Client,
    products: Vec<ProductDetail>,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let mut redis = Redis::start()?;
    let shop = Shop::open(binary, folder.path(), &options.database_url, &redis)?;
    let places = shop.places();
    let history = Arc::new(History::of(PRODUCTS));
    let ports = [shop.writing.port(), shop.other.port()];
    let length = Duration::from_secs(options.seconds);

    let mut table = Table::headed([
        "Redis",
        "Changes",
        "Server",
        "Reads",
        "Answers",
        "Old prices",
        "p99",
        "Seen after, median",
        "p99",
        "Max",
    ]);
    let (mut verdict, mut reads, number) = (Ok(()), 0, AtomicU32::new(0));
    for (phase, harm) in PHASES {
        println!("Redis {phase} …");
        let before = number.load(Ordering::Relaxed);
        let is_over = AtomicBool::new(false);
        let seen = thread::scope(|scope| {
            let writer = scope.spawn(|| shop.change_prices(&history, &number, &is_over));
            harm(&mut redis)?;
            let seen = readers::read(ports, &places, &history, length);
            is_over.store(true, Ordering::Relaxed);
            joined(writer)?;
            seen
        })?;
        let changes = number.load(Ordering::Relaxed) - before;
        reads += seen.iter().map(|seen| seen.times.len()).sum::<usize>();
        let delays = Sample::of(&history.delays(), "ms");
        for (server, seen) in ["the writing one", "the other"].into_iter().zip(&seen) {
            let delays = delays.as_ref().filter(|_| server == "the other");
            show(&mut table, phase, changes, server, seen, delays);
            verdict = verdict.and(judge(phase, server, seen));
        }
    }
    verdict = verdict.and(shop.uses_redis_again());
    if reads < ENOUGH {
        let few = format!("{reads} reads prove nothing: give it more seconds than {}", options.seconds);
        verdict = verdict.and(Err(Failure::Broken(few)));
    }
    let arguments = format!(" --seconds {} --database-url postgres://…", options.seconds);
    let report = Report::new("fresh-prices", "No old price", binary, &arguments, table)?
        .fact("Database", "PostgreSQL, shared by both servers")
        .note(format!(
            "{PRODUCTS} products whose prices one server changes, one every {} ms; readers on 16 connections to each server \
             read their pages and a list of each by SKU as fast as they are answered, {reads} reads in all. A price is old on \
             the writing server if a change of it had been answered before the question was sent, on the other if that was \
             more than a second before. `Seen after`: from the answer to a change until a reader of the other server was \
             first shown it.",
            PAUSE.as_millis()
        ));
    Ok(Outcome { report, verdict })
}

fn show(table: &mut Table, phase: &str, changes: u32, server: &str, seen: &Seen, delays: Option<&Sample>) {
    let p99 =
        Sample::of(&seen.times, "ms").map_or_else(String::new, |times| times.show(times.percentile(99.0)));
    let delay =
        |of: fn(&Sample) -> f64| delays.map_or_else(|| "–".to_owned(), |delays| delays.show(of(delays)));
    table.row([
        phase.to_owned(),
        changes.to_string(),
        server.to_owned(),
        seen.times.len().to_string(),
        list_statuses(&seen.statuses),
        seen.stale.to_string(),
        p99,
        delay(Sample::median),
        delay(|delays| delays.percentile(99.0)),
        delay(Sample::max),
    ]);
}

fn judge(phase: &str, server: &str, seen: &Seen) -> Result<(), Failure> {
    if seen.stale > 0 {
        return Err(Failure::Broken(format!(
            "{} old prices on {server} server while Redis {phase}",
            seen.stale
        )));
    }
    if seen.statuses.keys().any(|status| *status != 200) {
        let statuses = list_statuses(&seen.statuses);
        return Err(Failure::Broken(format!("{statuses} on {server} server while Redis {phase}")));
    }
    let p99 = Sample::of(&seen.times, "ms").map_or(0.0, |times| times.percentile(99.0));
    if p99 > BOUND {
        return Err(Failure::Broken(format!("p99 of {p99:.1} ms on {server} server while Redis {phase}")));
    }
    Ok(())
}

impl Shop {
    fn open(binary: &Binary, folder: &Path, database_url: &str, redis: &Redis) -> Result<Self, Failure> {
        let engine = Engine::postgres(database_url);
        engine.prepare(binary, folder)?;
        engine.run(binary, folder, &["seed", "--products", "1000"])?;
        let start = |name: &str| {
            let folder = folder.join(name);
            std::fs::create_dir(&folder).doing("make a folder for a server")?;
            let mut variables = engine.variables();
            variables.push(("JWT_SECRET", "signed by one, believed by both".to_owned()));
            variables.push(("REDIS_URL", redis.url()));
            let mut server = Server::start(binary, &folder, &variables)?;
            server.first_answer("/ready?strict=true")?;
            Ok::<_, Failure>(server)
        };
        let (writing, other) = (start("writing")?, start("other")?);
        let boss = people::register(&writing.client().past_limits(), "boss@example.com")?;
        engine.run(binary, folder, &["admin", "promote", "--email", "boss@example.com"])?;
        let list: Page<ProductSummary> =
            writing.get(&format!("/api/catalog/products?limit={PRODUCTS}&inStock=true"))?.json()?;
        let mut products = vec![];
        for product in &list.data {
            let detail: Data<ProductDetail> =
                writing.get(&format!("/api/catalog/products/{}", product.id))?.json()?;
            products.push(detail.data);
        }
        let admin = writing.client().past_limits().with_token(&boss.token);
        Ok(Self { writing, other, admin, products })
    }

    fn places(&self) -> Vec<Place> {
        let places = self.products.iter().enumerate().flat_map(|(product, detail)| {
            let page = format!("/api/catalog/products/{}", detail.summary.slug);
            let list = format!("/api/catalog/products?sku={}", detail.summary.sku);
            [page, list].map(|path| Place { product, path })
        });
        places.collect()
    }

    /// Changes one price after the other until it is over.
    fn change_prices(
        &self,
        history: &History,
        number: &AtomicU32,
        is_over: &AtomicBool,
    ) -> Result<(), Failure> {
        let begun = Instant::now();
        for nth in 1.. {
            thread::sleep((PAUSE * nth).saturating_sub(begun.elapsed()));
            if is_over.load(Ordering::Relaxed) {
                break;
            }
            stop::check()?;
            let number = number.fetch_add(1, Ordering::Relaxed);
            let product = number as usize % self.products.len();
            let detail = &self.products[product];
            let variant = detail.variants[0].id;
            let change = VariantChange { price: Some(History::price(number)), ..Default::default() };
            let path = format!("/api/admin/products/{}/variants/{variant}", detail.summary.id);
            self.admin.patch(&path, &change)?.expect(200)?;
            history.answered(product, number);
        }
        Ok(())
    }

    /// Whether both servers have found Redis again by themselves.
    fn uses_redis_again(&self) -> Result<(), Failure> {
        for server in [&self.writing, &self.other] {
            let is_used = || {
                let report: Data<CacheReport> = server.get("/metrics/cache")?.json()?;
                Ok::<_, Failure>(report.data.redis.is_some_and(|redis| !redis.is_left_alone))
            };
            let until = Instant::now() + Duration::from_secs(5);
            while !is_used()? {
                if Instant::now() > until {
                    return Err(Failure::Broken("Redis is back, and a server does not use it".into()));
                }
                thread::sleep(PAUSE);
            }
        }
        Ok(())
    }
}
