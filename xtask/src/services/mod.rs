//! Throw-away PostgreSQL and Redis servers on free ports of this machine, private to one command.

mod port;
mod postgres;
mod redis;

use std::thread;
use std::time::Duration;

use crate::debian;
use crate::failure::{self, Outcome};
use crate::options::Options;
use crate::process;

pub(crate) use port::free as free_port;
use postgres::Postgres;
use redis::Redis;

/// The Debian packages of both servers.
const PACKAGES: [&str; 2] = ["postgresql", "redis-server"];

/// Both servers, running; they stop when this is dropped.
#[derive(Debug)]
pub(crate) struct Services {
    postgres: Postgres,
    redis: Redis,
}

impl Services {
    pub(crate) fn start() -> Outcome<Self> {
        process::step("starting PostgreSQL and Redis", || {
            Ok(Self { postgres: Postgres::start()?, redis: Redis::start()? })
        })
    }

    /// What the tests read.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        [("TEST_DATABASE_URL", self.postgres.url()), ("TEST_REDIS_URL", self.redis.url())]
    }
}

/// The packages to install before both servers can start.
pub(crate) fn missing_packages() -> Vec<&'static str> {
    let there = [Postgres::is_installed(), Redis::is_installed()];
    PACKAGES.into_iter().zip(there).filter(|(_, there)| !there).map(|(package, _)| package).collect()
}

/// `cargo xtask services`.
pub(crate) fn run(options: Options) -> Outcome<()> {
    options.end()?;
    let missing = missing_packages();
    if !missing.is_empty() {
        if !debian::can_install() {
            return failure::because(format!(
                "A server is missing: {} and repeat.",
                debian::advice(&missing)
            ));
        }
        process::step("installing what is missing", || debian::install(&missing))?;
    }
    let services = Services::start()?;
    for (name, value) in services.variables() {
        println!("export {name}={value}");
    }
    println!("ok: both run until Ctrl-C; `cargo test -p api --test api` in another terminal uses them");
    loop {
        thread::sleep(Duration::from_secs(1));
        if !services.postgres.is_running() || !services.redis.is_running() {
            return failure::because("One of the servers has stopped: start `cargo xtask services` again.");
        }
    }
}
