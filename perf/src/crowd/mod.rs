//! Load as visitors make it, on a shop that runs anywhere: they come, look around, buy, and leave. Each is a thread that
//! mostly sleeps. Unlike the scenarios this starts no server, and measures what the visitors see, not what the server can.

mod figures;
mod limits;
mod page;
mod plan;
mod summary;
#[cfg(test)]
mod tests;
mod visitor;
mod visits;

use std::{
    env, fs,
    path::PathBuf,
    thread::{self, Builder},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use clap::Args;
use serde::Deserialize;
use ureq::http::Uri;

use crate::{
    failure::{Failure, While},
    random::Random,
    scenarios::joined,
    shop::Client,
    stop,
};
use figures::Figures;
use plan::{Plan, Scenario};
use visitor::{Crowd, Visitor};

/// After this long nobody waits for an answer any more: as long as the shop itself tries.
const PATIENCE: Duration = Duration::from_secs(30);
/// What a visitor's thread needs, with the handshake of TLS.
const STACK: usize = 512 * 1_024;

#[derive(Debug, Args)]
pub(crate) struct Options {
    #[arg(value_enum)]
    scenario: Scenario,
    /// The shop, like `https://shop.example.com`. `RATE_LIMIT_BYPASS_TOKEN` in the environment lets the visitors through
    /// its limits.
    #[arg(long, value_parser = origin)]
    url: String,
    /// How many visitors there are at the height of it, instead of the scenario's.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    users: Option<u16>,
    /// Let the visitors place orders, too: real ones, which take stock and are mailed about.
    #[arg(long)]
    orders: bool,
    /// What chance is made from: the same visitors think as long, and look at the same, in every run.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write the report, one page of HTML, into this file.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write the results in Markdown into this file; they are printed anyway.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
}

/// A request, as who asked saw it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) endpoint: &'static str,
    /// So many seconds after the begin.
    pub(crate) at: f64,
    /// In milliseconds.
    pub(crate) took: f64,
    /// None where no answer came.
    pub(crate) status: Option<u16>,
}

impl Asked {
    pub(crate) fn has_failed(&self) -> bool {
        !self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// What was done to whom, for the head of the reports.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) scenario: String,
    pub(crate) url: String,
    pub(crate) begun: DateTime<Utc>,
    pub(crate) plan: Plan,
    pub(crate) with_orders: bool,
    pub(crate) past_limits: bool,
}

/// Loads the shop and tells what came of it. Fails where a limit is missed.
pub(crate) fn load(options: &Options) -> Result<(), Failure> {
    let plan = options.scenario.plan(options.users.map(usize::from));
    let token = env::var("RATE_LIMIT_BYPASS_TOKEN").ok().filter(|token| !token.is_empty());
    load_by(options, plan, token.as_deref())
}

#[expect(clippy::disallowed_methods, reason = "a run is told apart by the time of its begin")]
fn load_by(options: &Options, plan: Plan, token: Option<&str>) -> Result<(), Failure> {
    let client = || {
        let client = Client::at(options.url.clone(), PATIENCE);
        token.iter().fold(client, |client, token| client.past_limits_by(token))
    };
    let shelf = look_in(&client(), &options.url)?;
    let run = Run {
        scenario: options.scenario.name(),
        url: options.url.clone(),
        begun: std::time::SystemTime::now().into(),
        plan,
        with_orders: options.orders,
        past_limits: token.is_some(),
    };
    println!(
        "{} visitors come to {} within {} s …",
        run.plan.most_users(),
        run.url,
        run.plan.length().as_secs_f64()
    );
    let asked = send_visitors(&run, &shelf, options.seed, client)?;
    let figures =
        Figures::of(&run.plan, &asked).ok_or_else(|| Failure::Broken("nobody asked anything".into()))?;
    let verdicts = limits::judge(&run.plan, &figures);
    let markdown = summary::write(&run, &figures, &verdicts);
    println!("{markdown}");
    let write = |file: &Option<PathBuf>, text: &str| match file {
        Some(file) => fs::write(file, text).doing("write the report"),
        None => Ok(()),
    };
    write(&options.markdown, &markdown)?;
    write(&options.html, &page::write(&run, &figures, &verdicts))?;
    let missed: Vec<_> =
        verdicts.iter().filter(|verdict| !verdict.is_kept).map(limits::Verdict::sentence).collect();
    if missed.is_empty() { Ok(()) } else { Err(Failure::Missed(missed.join("\n"))) }
}

#[derive(Debug, Deserialize)]
struct Shown {
    data: Vec<Product>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Product {
    id: String,
    slug: String,
    in_stock: bool,
}

/// What the shop has, asked before anybody comes: whether there is a shop at all.
fn look_in(client: &Client, url: &str) -> Result<Vec<Product>, Failure> {
    let path = "/api/catalog/products?limit=100";
    let reply = client.get(path).map_err(|failure| match failure {
        Failure::Request { reason, .. } => Failure::Unreachable { url: url.to_owned(), reason },
        other => other,
    })?;
    let products = reply.expect(200)?.json::<Shown>()?.data;
    if products.iter().any(|product| product.in_stock) {
        Ok(products)
    } else {
        Err(Failure::Broken(format!("{url} has nothing to sell")))
    }
}

fn send_visitors(
    run: &Run,
    products: &[Product],
    seed: u64,
    client: impl Fn() -> Client,
) -> Result<Vec<Asked>, Failure> {
    let shelf: Vec<_> = products.iter().map(|product| product.slug.clone()).collect();
    let for_sale: Vec<_> =
        products.iter().filter(|product| product.in_stock).map(|product| product.id.clone()).collect();
    let crowd = Crowd {
        plan: &run.plan,
        begun: Instant::now(),
        shelf: &shelf,
        for_sale: &for_sale,
        with_orders: run.with_orders,
        run: run.begun.timestamp_micros().unsigned_abs(),
    };
    let mut chance = Random::seeded(seed);
    let asked = thread::scope(|scope| {
        let mut visitors = vec![];
        for number in 0..run.plan.most_users() {
            let visitor = Visitor::new(&crowd, number, client(), Random::seeded(chance.next()));
            let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, move || visitor.stay());
            visitors.push(thread.doing("send a visitor")?);
        }
        Ok(visitors.into_iter().flat_map(joined).collect())
    })?;
    stop::check()?;
    Ok(asked)
}

/// Where a shop is: a scheme and a host, and nothing that could be a secret.
fn origin(text: &str) -> Result<String, String> {
    let told = || "must be where a shop is, like https://shop.example.com".to_owned();
    let uri: Uri = text.parse().map_err(|_| told())?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or_else(told)?;
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme)).ok_or_else(told)?;
    if uri.path_and_query().is_none_or(|path| path.as_str() == "/") {
        Ok(format!("{scheme}://{authority}"))
    } else {
        Err(told())
    }
}
