//! `cargo xtask contract`: a server of this checkout, held to its own OpenAPI document by schemathesis.

use std::fs;
use std::time::Duration;

use nix::sys::signal::Signal;

use crate::failure::{self, Outcome, While};
use crate::http;
use crate::members;
use crate::options::Options;
use crate::process::{self, Background};
use crate::run::{Profile, build_server};
use crate::scratch::Scratch;
use crate::services;
use crate::tools::schemathesis;

/// Rules that a schema cannot express, each an exception with its reason.
const EXCEPTIONS: &str = "xtask/tools/schemathesis.toml";
const EXAMPLES: u32 = 200;

pub(crate) fn run(mut options: Options) -> Outcome<()> {
    let examples = options.value::<u32>("--examples")?.unwrap_or(EXAMPLES);
    let seed = options.value::<u64>("--seed")?;
    options.end()?;

    let mut schemathesis = schemathesis::command()?;
    let executable = process::step("building the server", || build_server(Profile::Dev))?;
    let folder = Scratch::new("contract")?;
    let (_server, port) = process::step("starting a demo shop", || start(&executable, &folder))?;

    let address = format!("http://127.0.0.1:{port}");
    schemathesis
        .arg("--config-file")
        .arg(members::in_root(EXCEPTIONS))
        .args(["run", "--checks", "all", "--max-examples", &examples.to_string(), "--url", &address])
        .args(seed.map(|seed| format!("--seed={seed}")))
        .arg(members::in_root(crate::openapi::FILE))
        // It keeps notes where it is started.
        .current_dir(folder.path());
    let mut tested = Tested::default();
    let fine = process::step(&format!("testing the contract ({examples} examples an operation)"), || {
        process::run_lines(&mut schemathesis, "schemathesis", |line| {
            tested.read(line);
            println!("{line}");
        })
    })?;
    tested.conclude(fine)
}

fn start(executable: &std::path::Path, folder: &Scratch) -> Outcome<(Background, u16)> {
    let port = services::free_port()?;
    let log = fs::File::create(folder.join("log")).while_trying("write the server's log")?;
    let mut command = process::dying_with_us(executable, "TERM", None);
    // A fresh demo shop, whatever shop the variables of whoever runs this are about.
    command
        .env_clear()
        .env("HOST", "127.0.0.1")
        .env("PORT", port.to_string())
        .env("ENABLE_RATE_LIMITING", "false")
        .env("LOG_LEVEL", "warn")
        // The embedded database lands beside the log, and no .env of the checkout is read.
        .current_dir(folder.path())
        .stdout(log.try_clone().while_trying("write the server's log")?)
        .stderr(log);
    let server = Background::start(&mut command, "The server", Signal::SIGTERM)?;
    if server.becomes_ready(Duration::from_mins(1), || http::is_ready(port)) {
        return Ok((server, port));
    }
    drop(server);
    let said = fs::read_to_string(folder.join("log")).unwrap_or_default();
    failure::because(format!("The server does not become ready; it says: {}", said.trim()))
}

/// What schemathesis says it did.
#[derive(Debug, Default)]
struct Tested {
    operations: usize,
    /// `5800 generated, 5800 passed`
    cases: String,
}

impl Tested {
    fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(number) = line.strip_prefix("Tested: ") {
            self.operations = number.parse().unwrap_or(0);
        } else if line.contains(" generated, ") {
            line.clone_into(&mut self.cases);
        }
    }

    fn conclude(&self, fine: bool) -> Outcome<()> {
        let Self { operations, cases } = self;
        if !fine {
            return failure::because(format!(
                "FAILED: the server breaks its contract ({operations} operations, {cases})"
            ));
        }
        if *operations == 0 {
            return failure::because("FAILED: schemathesis tested no operation; its output above says why.");
        }
        println!("ok: {operations} operations keep their contract ({cases})");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_read_from_the_summary() {
        let mut tested = Tested::default();
        let output =
            "API Operations:\n  Selected: 2/2\n  Tested: 2\n\nTest cases:\n  69 generated, 69 passed\n";
        output.lines().for_each(|line| tested.read(line));
        assert_eq!((tested.operations, tested.cases.as_str()), (2, "69 generated, 69 passed"));
        assert!(tested.conclude(true).is_ok());
        assert!(tested.conclude(false).unwrap_err().to_string().contains("2 operations"));
        assert!(Tested::default().conclude(true).is_err(), "nothing tested is no success");
    }
}
