//! Whether the catalogue goes on being read while a crowd signs in at once, and how much memory that takes.

mod flood;
mod reads;

use std::{collections::BTreeMap, path::Path, sync::atomic::AtomicBool, thread, time::Duration};

use clap::{Args, value_parser};

use super::{Outcome, joined, list_statuses};
use crate::{
    failure::{Failure, While},
    report::{Report, Table},
    sample::Sample,
    shop::{Binary, Engine, Server, Services, people},
};
use flood::Flood;

/// What 99 of 100 reads must stay below while the crowd signs in, in milliseconds.
const TARGET: f64 = 50.0;
/// Who sign in.
const PEOPLE: usize = 50;
/// How long a server is left alone before its memory is looked at.
const REST: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many sign-ins are sent at once, each on a connection of its own.
    #[arg(long, default_value_t = 200, value_parser = value_parser!(u16).range(8..=2_000))]
    sign_ins: u16,
    /// How often each of the two is repeated, in turn: reads alone, reads while the crowd signs in.
    #[arg(long, default_value_t = 7, value_parser = value_parser!(u32).range(5..=100))]
    repetitions: u32,
    /// How many seconds the reads alone take each time. With the crowd they take as long as it does.
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u64).range(2..=600))]
    seconds: u64,
    #[command(flatten)]
    services: Services,
}

/// What was seen on one engine.
struct Seen {
    alone: Vec<Vec<f64>>,
    meanwhile: Vec<Vec<f64>>,
    floods: Vec<Flood>,
    rest: f64,
    afterwards: f64,
    unexcused: BTreeMap<u16, usize>,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let mut reads = Table::headed(["Database", "Reads", "Number", "p50", "p99", "Max", "p99, worst time"]);
    let mut floods = Table::headed([
        "Database",
        "Sign-ins",
        "All answered within",
        "Rate",
        "Answers",
        "Memory before",
        "Peak",
        "Afterwards",
    ]);
    let mut verdict = Ok(());
    for engine in options.services.engines() {
        let folder = tempfile::tempdir().doing("make a temporary folder")?;
        let seen = observe(binary, folder.path(), &engine, options)?;
        let p99 = seen.show_reads(engine.name, options, &mut reads);
        seen.show_floods(engine.name, options, &mut floods);
        verdict = verdict.and(seen.verdict(engine.name, options)).and(within_target(engine.name, p99));
    }

    let arguments = format!(
        " --sign-ins {} --repetitions {} --seconds {}{}",
        options.sign_ins,
        options.repetitions,
        options.seconds,
        options.services.arguments(),
    );
    let report = Report::new("sign-in-flood", "A crowd signs in", binary, &arguments, reads)?
        .table(floods)
        .fact("Shop", format!("the demo shop, and {PEOPLE} accounts whose owners sign in"))
        .fact("Target", format!("99 of 100 reads within {TARGET} ms while the crowd signs in, on 2 cores"))
        .note(reads::description())
        .note(format!(
            "The crowd: {} sign-ins at once, each on a new connection; three quarters with the right password, an eighth \
             with a wrong one, an eighth for accounts that do not exist. Medians with the least and the greatest of {} \
             times. Server, crowd and readers share the machine's cores.",
            options.sign_ins, options.repetitions
        ))
        .note(
            "Limits are in place; the header `X-Load-Test-Bypass` lets readers and crowd past them. Without it, as the \
             last answers show, the sixth wrong password is one too many.",
        )
        .note(format!(
            "Memory: resident set (VmRSS, in megabytes of a million bytes), looked at every {} ms; before and afterwards \
             {} s after the last request.",
            flood::LOOK.as_millis(),
            REST.as_secs()
        ));
    Ok(Outcome { report, verdict })
}

fn observe(binary: &Binary, folder: &Path, engine: &Engine, options: &Options) -> Result<Seen, Failure> {
    println!("{}: making a demo shop …", engine.name);
    engine.prepare(binary, folder)?;
    engine.run(binary, folder, &["seed", "--demo"])?;
    let mut server = Server::start(binary, folder, &engine.variables())?;
    server.first_answer("/health")?;
    people::register_all(&server.client().past_limits(), PEOPLE)?;
    thread::sleep(REST);

    let mut seen = Seen {
        alone: vec![],
        meanwhile: vec![],
        floods: vec![],
        rest: server.memory()?,
        afterwards: 0.0,
        unexcused: BTreeMap::new(),
    };
    let pause = Duration::from_secs(options.seconds);
    for number in 1..=options.repetitions {
        println!("{}: reading, alone and with the crowd, {number} of {} …", engine.name, options.repetitions);
        seen.alone.push(reads::read_while(&server, &|scheduled| scheduled < pause)?);
        let (reads, flood) = with_crowd(&server, options.sign_ins.into())?;
        seen.meanwhile.push(reads);
        seen.floods.push(flood);
    }
    thread::sleep(REST);
    seen.afterwards = server.memory()?;
    let guesser = server.client();
    for _ in 0..6 {
        let status = people::attempt(&guesser, &people::known(0), people::WRONG_PASSWORD)?.status;
        *seen.unexcused.entry(status).or_default() += 1;
    }
    Ok(seen)
}

/// Reads for as long as the crowd takes.
fn with_crowd(server: &Server, sign_ins: usize) -> Result<(Vec<f64>, Flood), Failure> {
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let crowd = scope.spawn(|| {
            let flood = flood::send(server, sign_ins, PEOPLE);
            is_over.store(true, std::sync::atomic::Ordering::Relaxed);
            flood
        });
        let reads = reads::read_while(server, &|_| !is_over.load(std::sync::atomic::Ordering::Relaxed));
        let flood = joined(crowd);
        Ok((reads?, flood?))
    })
}

fn within_target(name: &str, p99: f64) -> Result<(), Failure> {
    if p99 < TARGET {
        return Ok(());
    }
    Err(Failure::Broken(format!(
        "on {name} one read of 100 took {p99:.1} ms or more while the crowd signed in"
    )))
}

impl Seen {
    /// Two rows, and the p99 of the second.
    fn show_reads(&self, name: &str, options: &Options, table: &mut Table) -> f64 {
        let meanwhile = format!("while {} sign in", options.sign_ins);
        let mut last = 0.0;
        for (what, times) in [("alone", &self.alone), (meanwhile.as_str(), &self.meanwhile)] {
            let worst =
                times.iter().filter_map(|times| Sample::of(times, "ms")).map(|one| one.percentile(99.0));
            let worst = worst.fold(0.0, f64::max);
            let Some(all) = Sample::of(&times.concat(), "ms") else { continue };
            last = all.percentile(99.0);
            table.row([
                name.to_owned(),
                what.to_owned(),
                all.runs().to_string(),
                all.show(all.median()),
                all.show(last),
                all.show(all.max()),
                all.show(worst),
            ]);
        }
        last
    }

    fn show_floods(&self, name: &str, options: &Options, table: &mut Table) {
        let of = |unit, value: &dyn Fn(&Flood) -> f64| {
            let values: Vec<f64> = self.floods.iter().map(value).collect();
            Sample::of(&values, unit).map_or_else(String::new, |sample| sample.to_string())
        };
        let peak = self.floods.iter().map(|flood| flood.peak).fold(0.0, f64::max);
        let answers = self.floods.first().map(|flood| list_statuses(&flood.statuses)).unwrap_or_default();
        table.row([
            name.to_owned(),
            options.sign_ins.to_string(),
            of("s", &|flood| flood.time.as_secs_f64()),
            of("/s", &|flood| f64::from(options.sign_ins) / flood.time.as_secs_f64()),
            format!("{answers}; without the header {}", list_statuses(&self.unexcused)),
            format!("{:.1} MB", self.rest),
            format!("{peak:.1} MB"),
            format!("{:.1} MB", self.afterwards),
        ]);
    }

    /// Every time the same answers, whatever the crowd.
    fn verdict(&self, name: &str, options: &Options) -> Result<(), Failure> {
        let expected = flood::expected(options.sign_ins.into());
        if let Some(odd) = self.floods.iter().find(|flood| flood.statuses != expected) {
            let (seen, expected) = (list_statuses(&odd.statuses), list_statuses(&expected));
            return Err(Failure::Broken(format!("on {name} a crowd was answered {seen}, not {expected}")));
        }
        if self.unexcused != BTreeMap::from([(401, 5), (429, 1)]) {
            let seen = list_statuses(&self.unexcused);
            return Err(Failure::Broken(format!("on {name} six wrong passwords were answered {seen}")));
        }
        Ok(())
    }
}
