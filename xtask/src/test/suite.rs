//! The suites: which test programs belong to each, and what their tests are told.

use std::env;
use std::process::Command;
use std::thread;

use super::programs::Program;
use crate::storefront;

/// One way to run test programs.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Suite {
    /// What no engine is behind: run once.
    Unit,
    /// SQLite, in-process cache.
    Sqlite,
    /// PostgreSQL, Redis.
    PostgresRedis,
    /// A real browser, on SQLite.
    Browser,
}

/// Settings of the person at the terminal that a test must not pick up.
const NOT_FOR_TESTS: [&str; 8] = [
    "TEST_DATABASE_URL",
    "TEST_REDIS_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "REDIS_HOST",
    "SMTP_URL",
    "WEB_ROOT",
    "APP_ENV",
];

/// What Rust's test programs read it from.
const SIDE_BY_SIDE: &str = "RUST_TEST_THREADS";

impl Suite {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Sqlite => "SQLite",
            Self::PostgresRedis => "PostgreSQL+Redis",
            Self::Browser => "browser",
        }
    }

    pub(crate) fn includes(self, program: &Program) -> bool {
        let suites: &[Self] = match (program.package.as_str(), program.target.as_str()) {
            ("api", "browser") => &[Self::Browser],
            // The platform runs the shop on PostgreSQL and Redis, and on nothing else.
            ("api", "platform") => &[Self::PostgresRedis],
            ("api", _) if !program.is_integration_test() => &[Self::Unit],
            ("api" | "entity" | "migration", _) => &[Self::Sqlite, Self::PostgresRedis],
            _ => &[Self::Unit],
        };
        suites.contains(&self)
    }

    /// How many of its tests run side by side. Those on the engines wait as much as they reckon: for the database, and for
    /// time to pass.
    fn side_by_side(self) -> usize {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        match self {
            Self::Unit | Self::Browser => cores,
            Self::Sqlite | Self::PostgresRedis => 2 * cores,
        }
    }
}

/// Tells a test program what its tests run on.
pub(crate) fn prepare(command: &mut Command, suite: Suite, variables: &[(&'static str, String)]) {
    for name in NOT_FOR_TESTS {
        command.env_remove(name);
    }
    command.env("TEST_WEB_ROOT", storefront::dist());
    // Unless the person at the terminal wants it otherwise.
    if env::var_os(SIDE_BY_SIDE).is_none() {
        command.env(SIDE_BY_SIDE, suite.side_by_side().to_string());
    }
    for (name, value) in variables {
        command.env(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suites_of(package: &str, kind: &str, target: &str) -> Vec<&'static str> {
        let program = Program::example(package, kind, target);
        let all = [Suite::Unit, Suite::Sqlite, Suite::PostgresRedis, Suite::Browser];
        all.into_iter().filter(|suite| suite.includes(&program)).map(Suite::name).collect()
    }

    #[test]
    fn each_program_runs_on_what_it_is_about() {
        assert_eq!(suites_of("api", "test", "api"), ["SQLite", "PostgreSQL+Redis"]);
        assert_eq!(suites_of("migration", "lib", "migration"), ["SQLite", "PostgreSQL+Redis"]);
        assert_eq!(suites_of("api", "test", "browser"), ["browser"]);
        assert_eq!(suites_of("api", "test", "platform"), ["PostgreSQL+Redis"]);
        assert_eq!(suites_of("api", "lib", "api"), ["unit"]);
        assert_eq!(suites_of("web", "bin", "web"), ["unit"]);
    }
}
