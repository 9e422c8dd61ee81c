//! Throw-away PostgreSQL and Redis servers on free ports of this machine, private to one command.

mod port;
mod postgres;
mod redis;

use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::debian;
use crate::failure::{self, Outcome};
use crate::options::Options;
use crate::process;

pub(crate) use port::free as free_port;
use postgres::Postgres;
use redis::Redis;

/// The caching proxy that tests start before the shop, and where Debian puts it: outside an ordinary user's `PATH`.
const PROXY: (&str, &str) = ("nginx", "/usr/sbin/nginx");

/// Both servers, running; they stop when this is dropped.
#[derive(Debug)]
pub(crate) struct Services {
    postgres: Postgres,
    redis: Redis,
}

impl Services {
    /// Starts both, installed first where they are missing.
    pub(crate) fn start() -> Outcome<Self> {
        debian::obtain("A server", &missing_packages())?;
        process::step("starting PostgreSQL and Redis", || {
            Ok(Self { postgres: Postgres::start()?, redis: Redis::start()? })
        })
    }

    /// What the tests read.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        [("TEST_DATABASE_URL", self.database_url()), ("TEST_REDIS_URL", self.redis_url())]
    }

    pub(crate) fn database_url(&self) -> String {
        self.postgres.url()
    }

    pub(crate) fn redis_url(&self) -> String {
        self.redis.url()
    }
}

/// The Debian packages to install before tests can use servers.
pub(crate) fn missing_packages() -> Vec<&'static str> {
    let packages = [
        ("postgresql", Postgres::is_installed()),
        ("redis-server", Redis::is_installed()),
        (PROXY.0, process::on_path(PROXY.0).is_some() || Path::new(PROXY.1).exists()),
        // What the scripts of charts/ops ask the shop with, and read its answers by.
        ("curl", process::on_path("curl").is_some()),
        ("jq", process::on_path("jq").is_some()),
    ];
    packages.into_iter().filter(|(_, is_there)| !is_there).map(|(package, _)| package).collect()
}

/// `cargo xtask services`.
pub(crate) fn run(options: Options) -> Outcome<()> {
    options.end()?;
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
