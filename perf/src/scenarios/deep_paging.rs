//! The product list's first page against one thousands of rows deep, both by cursor.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use clap::{Args, value_parser};
use openapi::{Meta, Page, catalog::ProductSummary};

use super::{Outcome, without_cache};
use crate::{
    failure::{Failure, While},
    report::{Report, Table},
    sample::Sample,
    shop::{Answer, Binary, Engine, Server, Timing},
};

/// Products on a page: as many as the API hands out.
const LIMIT: usize = 100;
/// Pages before the deep one.
const DEPTH: usize = 50;
/// Requests that are not counted, on each page.
const WARM_UP: u32 = 3;
/// What the orders are called, and how a request asks for them.
const SORTS: [(&str, &str); 3] = [("newest (default)", ""), ("price", "&sort=price"), ("name", "&sort=name")];

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many synthetic products the shop gets.
    #[arg(long, default_value_t = 100_000, value_parser = value_parser!(u32).range(6_000..=10_000_000))]
    products: u32,
    /// How often each page is asked for.
    #[arg(long, default_value_t = 31, value_parser = value_parser!(u32).range(15..=10_000))]
    requests: u32,
    /// An empty `PostgreSQL` database to measure as well as `SQLite`.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let engines = Engine::all(options.database_url.as_deref());

    let mut table = Table::headed([
        "Engine",
        "Order",
        "Statements, first",
        "Statements, deep",
        "Database, first",
        "Database, deep",
        "deep/first",
        "Total, first",
        "Total, deep",
        "deep/first",
    ]);
    let (mut seeding, mut verdict) = (vec![], Ok(()));
    for engine in &engines {
        let time = fill(engine, binary, folder.path(), options.products)?;
        seeding.push(format!("{} {:.1} s", engine.name, time.as_secs_f64()));
        let mut variables = engine.variables();
        variables.extend([without_cache(), ("ENABLE_RATE_LIMITING", "false".to_owned())]);
        let mut server = Server::start(binary, folder.path(), &variables)?;
        server.first_answer("/health")?;
        for (name, parameter) in SORTS {
            println!("{}: asking for both pages, sorted by {name} …", engine.name);
            let comparison = Comparison::make(&server, name, parameter, options.requests)?;
            comparison.show(engine.name, &mut table);
            verdict = verdict.and(comparison.verdict());
        }
    }

    let database = if options.database_url.is_some() { " --database-url postgres://…" } else { "" };
    let arguments = format!(" --products {} --requests {}{database}", options.products, options.requests);
    let report = Report::new("deep-paging", "Paging deep by cursor", binary, &arguments, table)?
        .fact("Shop", format!("{} synthetic products", options.products))
        .fact("Seeding", format!("`bottega seed --products {}`: {}", options.products, seeding.join(", ")))
        .note(format!(
            "First: `GET /api/catalog/products?cursor=&limit={LIMIT}`. Deep: the same list {} rows on, reached through \
             {DEPTH} times `nextCursor`. Both asked for in turn, {} times each after {WARM_UP} uncounted; times are the \
             server's own (`Server-Timing`), medians with the least and the greatest.",
            DEPTH * LIMIT,
            options.requests
        ));
    Ok(Outcome { report, verdict })
}

/// Makes tables and products, and tells how long the products took.
fn fill(engine: &Engine, binary: &Binary, folder: &Path, products: u32) -> Result<Duration, Failure> {
    println!("{}: making {products} products …", engine.name);
    engine.prepare(binary, folder)?;
    let started = Instant::now();
    engine.run(binary, folder, &["seed", "--products", &products.to_string()])?;
    Ok(started.elapsed())
}

/// What the two pages of one order cost.
struct Comparison {
    sort: &'static str,
    first: Vec<Timing>,
    deep: Vec<Timing>,
}

impl Comparison {
    fn make(server: &Server, sort: &'static str, parameter: &str, requests: u32) -> Result<Self, Failure> {
        let page = |cursor: &str| {
            server.get(&format!("/api/catalog/products?limit={LIMIT}{parameter}&cursor={cursor}"))
        };
        let mut cursor = String::new();
        for pages in 1..=DEPTH {
            cursor = next_cursor(&page(&cursor)?)?
                .ok_or_else(|| Failure::ListTooShort { sort: sort.to_owned(), rows: pages * LIMIT })?;
        }
        let mut comparison = Self { sort, first: vec![], deep: vec![] };
        for number in 0..WARM_UP + requests {
            let (first, deep) = (page("")?, page(&cursor)?);
            if number >= WARM_UP {
                comparison.first.push(first.timing()?);
                comparison.deep.push(deep.timing()?);
            }
        }
        Ok(comparison)
    }

    fn show(&self, engine: &str, table: &mut Table) {
        let sample = |timings: &[Timing], of: fn(&Timing) -> f64| {
            Sample::of(&timings.iter().map(of).collect::<Vec<_>>(), "ms")
        };
        let pair = |of| Some((sample(&self.first, of)?, sample(&self.deep, of)?));
        let (Some(database), Some(total)) = (pair(|timing| timing.database), pair(|timing| timing.total))
        else {
            return;
        };
        table.row([
            engine.to_owned(),
            self.sort.to_owned(),
            list(&statements(&self.first)),
            list(&statements(&self.deep)),
            database.0.to_string(),
            database.1.to_string(),
            database.1.ratio_to(&database.0),
            total.0.to_string(),
            total.1.to_string(),
            total.1.ratio_to(&total.0),
        ]);
    }

    /// Every request of both pages must cost the same number of statements.
    fn verdict(&self) -> Result<(), Failure> {
        let (first, deep) = (statements(&self.first), statements(&self.deep));
        if first.len() == 1 && first == deep {
            return Ok(());
        }
        Err(Failure::StatementsDiffer { sort: self.sort.to_owned(), first, deep })
    }
}

/// The numbers of statements that occurred.
fn statements(timings: &[Timing]) -> Vec<u32> {
    let mut numbers: Vec<u32> = timings.iter().map(|timing| timing.statements).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn list(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

fn next_cursor(answer: &Answer) -> Result<Option<String>, Failure> {
    let page: Page<ProductSummary> = answer.json()?;
    Ok(match page.meta {
        Meta::Cursor(meta) if page.data.len() == LIMIT => meta.next_cursor,
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(first: &[u32], deep: &[u32]) -> Comparison {
        let timings = |numbers: &[u32]| {
            numbers.iter().map(|&statements| Timing { total: 2.0, database: 1.0, statements }).collect()
        };
        Comparison { sort: "price", first: timings(first), deep: timings(deep) }
    }

    #[test]
    fn the_same_statements_everywhere_are_fine() {
        assert!(comparison(&[3, 3], &[3, 3]).verdict().is_ok());
    }

    #[test]
    fn a_page_that_costs_another_statement_is_named() {
        for (first, deep) in [(&[3, 3], &[3, 4]), (&[3, 4], &[3, 4]), (&[3, 3], &[4, 4])] {
            let failure = comparison(first, deep).verdict().unwrap_err().to_string();
            assert!(failure.contains("sorted by price"), "{failure}");
        }
    }

    #[test]
    fn a_comparison_is_one_row() {
        let mut table = Table::headed(["engine"]);
        comparison(&[3, 3, 4], &[3, 3, 3]).show("SQLite", &mut table);
        let text = table.to_string();
        assert!(text.contains("| SQLite | price | 3, 4 | 3 "), "{text}");
        assert!(text.contains("| 2.00 ms (2.00–2.00) | 2.00 ms (2.00–2.00) | 1.00 |"), "{text}");
    }

    #[test]
    fn the_last_page_leads_nowhere() {
        let answer =
            |body: &str| Answer { path: "/".into(), body: body.into(), server_timing: String::new() };
        let last = answer(r#"{"data":[],"meta":{"limit":100,"nextCursor":null}}"#);
        assert_eq!(next_cursor(&last).unwrap(), None);
        assert!(next_cursor(&answer("oops")).is_err());
    }
}
