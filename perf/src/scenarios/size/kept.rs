//! Reads that come out of the cache: how many in a second, from a small shop and from a large one.

use std::time::Duration;

use openapi::{Page, catalog::ProductSummary};

use super::{
    Options, questions,
    shops::{Both, Shop},
};
use crate::{
    failure::Failure,
    load::{Load, Pace},
    report::Table,
    sample::Sample,
    scenarios::whole,
    shop::{Binary, Server},
};

pub(super) const CONNECTIONS: usize = 64;
/// Less of the small shop's rate than this is told.
pub(super) const TARGET: f64 = 0.95;

pub(super) fn table() -> Table {
    Table::headed([
        "Engine",
        "Read, cached",
        "Bytes, small",
        "Bytes, large",
        "Small, /s",
        "Large, /s",
        "large/small",
    ])
}

/// Measures every read on servers of both shops, and fails by what is slower in the large one.
pub(super) fn measure(
    binary: &Binary,
    shops: &Both<Shop>,
    options: &Options,
    table: &mut Table,
) -> Result<Result<(), Failure>, Failure> {
    let servers = shops.make(|shop| shop.open(binary, &[]))?;
    let engine = shops.small.engine();
    let mut verdict = Ok(());
    for (name, path) in reads(&servers.small)? {
        println!("{engine}: {name} from the cache …");
        let bytes = servers.make(|server| Ok(server.get(&path)?.body.len()))?;
        let rates = rates(&servers, &path, options)?;
        let (Some(small), Some(large)) = (Sample::of(&rates.small, "/s"), Sample::of(&rates.large, "/s"))
        else {
            continue;
        };
        table.row([
            engine.to_owned(),
            name.to_owned(),
            bytes.small.to_string(),
            bytes.large.to_string(),
            whole(&small),
            whole(&large),
            large.ratio_to(&small),
        ]);
        verdict = verdict.and(judged(engine, name, large.median() / small.median()));
    }
    Ok(verdict)
}

/// The same for both shops: the first product of the one is the first of the other, too.
fn reads(small: &Server) -> Result<Vec<(&'static str, String)>, Failure> {
    let oldest: Page<ProductSummary> = small.get("/api/catalog/products?sort=createdAt&limit=1")?.json()?;
    let slug = oldest.data.first().map(|product| product.slug.clone()).unwrap_or_default();
    Ok(vec![
        ("product list", questions::list()),
        ("product page", questions::product_page(&slug)),
        ("categories", "/api/catalog/categories".to_owned()),
        ("search", questions::search_for("steel")),
        ("suggest", questions::suggestions_for("ste")),
    ])
}

/// In turn, each as fast as it answers.
fn rates(servers: &Both<Server>, path: &str, options: &Options) -> Result<Both<Vec<f64>>, Failure> {
    let loads = servers.make(|server| Ok(Load::of(server.port(), &[path.to_owned()], CONNECTIONS)))?;
    loads.make(|load| load.run(Pace::FlatOut, Duration::from_millis(500))?.all(200))?;
    let mut rates: Both<Vec<f64>> = Both::default();
    for _ in 0..options.rounds {
        let round = loads.make(|load| {
            Ok(load.run(Pace::FlatOut, Duration::from_secs(options.seconds))?.all(200)?.per_second())
        })?;
        rates.small.push(round.small);
        rates.large.push(round.large);
    }
    Ok(rates)
}

fn judged(engine: &str, name: &str, share: f64) -> Result<(), Failure> {
    if share >= TARGET {
        return Ok(());
    }
    Err(Failure::Broken(format!(
        "on {engine} the cached {name} of the large shop is answered at {share:.2} of the small one's rate"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twentieth_less_is_borne_and_more_is_told() {
        assert!(judged("SQLite", "search", 0.95).is_ok() && judged("SQLite", "search", 1.3).is_ok());
        let failure = judged("SQLite", "search", 0.94).unwrap_err().to_string();
        assert!(failure.contains("on SQLite the cached search") && failure.contains("at 0.94 "), "{failure}");
    }
}
