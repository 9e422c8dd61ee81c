//! What it costs that a collector is sent traces: the same reads of a server that sends none.

use std::time::Duration;

use clap::{Args, value_parser};

use super::{Outcome, whole, without_cache};
use crate::{
    bare::Bare,
    failure::{Failure, While},
    load::{Load, Pace},
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, Engine, Server},
};

const CONNECTIONS: usize = 64;
const PRODUCTS: u32 = 1_000;
/// Less of the rate without traces than this is told, with as many as are sent unasked.
const TARGET: f64 = 0.85;
/// What is sent unless told otherwise, and everything.
const PERCENT: [u32; 2] = [5, 100];
const LIST: &str = "/api/catalog/products?limit=20";

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each side is measured, in turn.
    #[arg(long, default_value_t = 7, value_parser = value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// For how many seconds each time.
    #[arg(long, default_value_t = 2, value_parser = value_parser!(u64).range(1..=60))]
    seconds: u64,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let engine = Engine::all(None).remove(0);
    println!("making {PRODUCTS} products …");
    engine.prepare(binary, folder.path())?;
    engine.run(binary, folder.path(), &["seed", "--products", &PRODUCTS.to_string()])?;
    // Whatever it is sent, it says yes.
    let collector = Bare::start(b"{}", 1)?;
    let mut table = Table::headed([
        "Product list",
        "No traces, /s",
        "5 in 100, /s",
        "5/none",
        "All, /s",
        "all/none",
        "Sent of all",
    ]);
    let mut verdict = Ok(());
    for (name, more) in [("from the cache", None), ("from the database", Some(without_cache()))] {
        println!("{name} …");
        let start = |percent: Option<u32>| {
            let mut variables = engine.variables();
            variables.extend(more.clone());
            if let Some(percent) = percent {
                variables
                    .push(("OTEL_EXPORTER_OTLP_ENDPOINT", format!("http://127.0.0.1:{}", collector.port)));
                variables.push(("TRACES_SAMPLE_PERCENT", percent.to_string()));
            }
            let mut server = Server::start(binary, folder.path(), &variables)?;
            server.first_answer("/health")?;
            Ok::<_, Failure>(server)
        };
        let servers = [start(None)?, start(Some(PERCENT[0]))?, start(Some(PERCENT[1]))?];
        let [none, few, all] = rates(&servers, options)?;
        let share = few.median() / none.median();
        if share < TARGET {
            verdict = Err(Failure::Broken(format!(
                "with traces of 5 in 100 the list {name} is answered at {share:.2} of the rate without"
            )));
        }
        let (fewer, all_of) = (few.ratio_to(&none), all.ratio_to(&none));
        let sent = sent(&servers[2])?;
        table.row([name.to_owned(), whole(&none), whole(&few), fewer, whole(&all), all_of, sent]);
    }
    let arguments = format!(" --rounds {} --seconds {}", options.rounds, options.seconds);
    let report = Report::new("traces", "Sending traces", binary, &arguments, table)?
        .fact("Shop", format!("SQLite, {PRODUCTS} synthetic products"))
        .note(format!(
            "Three servers of the same shop on the same machine, asked in turn over {CONNECTIONS} connections by one thread, {} \
             rounds of {} s each; medians with the least and the greatest. The collector is a server that says yes to everything; \
             it and the sending take their share of the machine. Where more spans come than may wait, they are lost, which is \
             cheaper than sending them: the last column says how many of all were sent.",
            options.rounds, options.seconds
        ));
    Ok(Outcome { report, verdict })
}

/// How many of a server's spans reached the collector.
fn sent(server: &Server) -> Result<String, Failure> {
    let metrics = server.get("/metrics")?.body;
    let metrics = String::from_utf8_lossy(&metrics);
    let spans = |outcome: &str| {
        let name = format!("trace_spans_total{{outcome=\"{outcome}\"}} ");
        metrics.lines().find_map(|line| line.strip_prefix(&name)?.parse::<f64>().ok()).unwrap_or_default()
    };
    Ok(format!("{:.0} %", 100.0 * spans("sent") / (spans("sent") + spans("lost"))))
}

/// Answers in a second of each server, measured in turn.
fn rates(servers: &[Server; 3], options: &Options) -> Result<[Sample; 3], Failure> {
    let length = Duration::from_secs(options.seconds);
    let loads = servers.each_ref().map(|server| Load::of(server.port(), &[LIST.to_owned()], CONNECTIONS));
    for load in &loads {
        load.run(Pace::FlatOut, Duration::from_millis(500))?.all(200)?;
    }
    let mut measured = [const { Vec::new() }; 3];
    for _ in 0..options.rounds {
        for (load, rates) in loads.iter().zip(&mut measured) {
            rates.push(load.run(Pace::FlatOut, length)?.all(200)?.per_second());
        }
    }
    let [none, few, all] = measured.map(|rates| Sample::of(&rates, "/s"));
    match (none, few, all) {
        (Some(none), Some(few), Some(all)) => Ok([none, few, all]),
        _ => Err(Failure::Broken("nothing was measured".into())),
    }
}
