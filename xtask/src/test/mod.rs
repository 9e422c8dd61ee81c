//! `cargo xtask test`: every test, on every engine it is about.

mod programs;
mod report;
mod requirements;
mod suite;

use std::process::Command;
use std::time::Instant;

use crate::failure::{self, Outcome};
use crate::options::Options;
use crate::process;
use crate::services::Services;
use crate::storefront::{self, Build};
use crate::tools::wasm_target;

use programs::Program;
use report::Report;
use suite::Suite;

/// Gets what is missing, runs everything that can be run, and ends with one line.
pub(crate) fn run(options: Options) -> Outcome<()> {
    let filter = options.names()?;
    let started = Instant::now();
    let found = requirements::obtain();
    storefront::build(Build::Quick)?;
    let programs = process::step("compiling the tests", programs::compile)?;

    let mut report = Report::default();
    let mut runner = Runner { programs: &programs, filter: &filter, report: &mut report };
    runner.run(Suite::Unit, &[])?;
    runner.documentation()?;
    runner.run(Suite::Sqlite, &[])?;
    if found.servers {
        match Services::start() {
            Ok(services) => runner.run(Suite::PostgresRedis, &services.variables())?,
            Err(failure) => runner.report.fail(failure.to_string()),
        }
    }
    if let Some(browser) = &found.browser {
        runner.run(Suite::Browser, &browser.variables())?;
    }
    if filter.is_empty() {
        contract_types_compile_for_the_browser(&mut report)?;
    }
    conclude(&report, &found.missing, process::duration(started.elapsed()).as_str())
}

#[derive(Debug)]
struct Runner<'a> {
    programs: &'a [Program],
    filter: &'a [String],
    report: &'a mut Report,
}

impl Runner<'_> {
    fn run(&mut self, suite: Suite, variables: &[(&'static str, String)]) -> Outcome<()> {
        let programs: Vec<&Program> =
            self.programs.iter().filter(|program| suite.includes(program)).collect();
        if programs.is_empty() {
            return Ok(());
        }
        process::step(&format!("testing: {}", suite.name()), || {
            for program in programs {
                println!("  · {program}");
                let mut command = program.command();
                suite::prepare(&mut command, suite, variables);
                command.args(self.filter);
                self.count(suite, &program.to_string(), &mut command)?;
            }
            Ok(())
        })
    }

    /// The examples in the documentation; with a filter they are left out, for they have no names to filter by.
    fn documentation(&mut self) -> Outcome<()> {
        if !self.filter.is_empty() {
            return Ok(());
        }
        process::step("testing: examples in the documentation", || {
            let mut cargo = process::cargo();
            cargo.args(["test", "--doc", "--quiet", "--no-fail-fast"]).args(programs::SELECTION);
            self.count(Suite::Unit, "documentation", &mut cargo)
        })
    }

    fn count(&mut self, suite: Suite, name: &str, command: &mut Command) -> Outcome<()> {
        let mut reader = report::Reader::default();
        let fine = process::run_lines(command, name, |line| {
            reader.read(line);
            if reader.is_worth_showing(line) {
                println!("{line}");
            }
        })?;
        let tally = reader.finish();
        if !fine && tally.failed.is_empty() {
            self.report.fail(format!("{name} ended before its tests did ({})", suite.name()));
        }
        self.report.add(suite, tally);
        Ok(())
    }
}

/// The browser compiles the contract without its schemas, and nothing may keep it from compiling them.
fn contract_types_compile_for_the_browser(report: &mut Report) -> Outcome<()> {
    wasm_target::obtain()?;
    for features in [&[][..], &["--all-features"]] {
        let what = format!("the contract types compile for the browser {}", features.join(" "));
        let outcome = process::step(what.trim_end(), || {
            let mut cargo = process::cargo();
            cargo.args(["check", "--quiet", "-p", "openapi", "--target", wasm_target::NAME]).args(features);
            process::run(&mut cargo, "cargo check")
        });
        if outcome.is_err() {
            report.fail("`openapi` does not compile for the browser");
        }
    }
    Ok(())
}

fn conclude(report: &Report, missing: &[String], time: &str) -> Outcome<()> {
    println!();
    for failure in report.failures() {
        println!("FAILED  {failure}");
    }
    let summary = report.summary();
    if !report.failures().is_empty() {
        return failure::because(format!("FAILED: {} failed, {summary} in {time}", report.failures().len()));
    }
    if report.passed() == 0 {
        return failure::because("FAILED: no test ran; is the filter spelt right?");
    }
    if !missing.is_empty() {
        return failure::because(format!(
            "NOT COMPLETE: {summary} in {time}; not run: {}",
            missing.join("; ")
        ));
    }
    println!("ok: {summary} in {time}");
    Ok(())
}
