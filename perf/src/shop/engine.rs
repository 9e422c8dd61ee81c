//! What a shop is kept in.

use std::path::Path;

use clap::Args;

use super::{BYPASS_TOKEN, Binary, run};
use crate::failure::Failure;

/// The servers to measure with as well as without.
#[derive(Debug, Args)]
pub(crate) struct Services {
    /// An empty `PostgreSQL` database to measure as well as `SQLite`.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// A Redis for the shop on `PostgreSQL`.
    #[arg(long, value_name = "URL", requires = "database_url")]
    redis_url: Option<String>,
}

impl Services {
    /// The embedded engine, and those that were given.
    pub(crate) fn engines(&self) -> Vec<Engine> {
        let mut engines = Engine::all(self.database_url.as_deref());
        if let (Some(engine), Some(url)) = (engines.get_mut(1), &self.redis_url) {
            *engine = Engine { name: "PostgreSQL, Redis", redis: Some(url.clone()), url: engine.url.clone() };
        }
        engines
    }

    /// How they are given, without saying where they are.
    pub(crate) fn arguments(&self) -> String {
        let database = self.database_url.as_ref().map_or("", |_| " --database-url postgres://…");
        let redis = self.redis_url.as_ref().map_or("", |_| " --redis-url redis://…");
        format!("{database}{redis}")
    }
}

/// What a shop is kept in.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    pub(crate) url: String,
    redis: Option<String>,
}

impl Engine {
    /// The embedded one, and an empty one of `PostgreSQL` where it is given.
    pub(crate) fn all(postgres: Option<&str>) -> Vec<Self> {
        let embedded = Self { name: "SQLite", url: "sqlite:shop.db".to_owned(), redis: None };
        std::iter::once(embedded).chain(postgres.map(Self::postgres)).collect()
    }

    pub(crate) fn postgres(url: &str) -> Self {
        Self { name: "PostgreSQL", url: url.to_owned(), redis: None }
    }

    /// What to start a server with, so that it uses this, and lets those past its limits who know how.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("DATABASE_URL", self.url.clone()),
            ("RATE_LIMIT_BYPASS_TOKEN", BYPASS_TOKEN.to_owned()),
            // What an earlier measurement left in Redis is not ours.
            ("REDIS_KEY_PREFIX", format!("perf-{}:", std::process::id())),
        ];
        variables.extend(self.redis.iter().map(|url| ("REDIS_URL", url.clone())));
        variables
    }

    /// Makes the tables, in a database that has none.
    pub(crate) fn prepare(&self, binary: &Binary, folder: &Path) -> Result<(), Failure> {
        let status = self.run(binary, folder, &["migrate", "status"])?;
        if status.lines().any(|step| step.starts_with("applied")) {
            return Err(Failure::DatabaseInUse);
        }
        self.run(binary, folder, &["migrate", "up"]).map(drop)
    }

    /// Runs a command of the binary on this database.
    pub(crate) fn run(&self, binary: &Binary, folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
        let mut command = binary.command(folder);
        run(command.args(arguments).env("DATABASE_URL", &self.url).env("LOG_LEVEL", "warn"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redis_belongs_to_the_shop_on_postgresql() {
        let given = |url: &str| Some(url.to_owned());
        let services = Services { database_url: given("postgres://p"), redis_url: given("redis://r") };
        let [embedded, both] = &services.engines()[..] else { panic!("two engines") };
        let has_redis = |engine: &Engine| engine.variables().iter().any(|(name, _)| *name == "REDIS_URL");
        assert!(!has_redis(embedded) && has_redis(both));
        assert_eq!((embedded.name, both.name), ("SQLite", "PostgreSQL, Redis"));
        assert_eq!(services.arguments(), " --database-url postgres://… --redis-url redis://…");
        let neither = Services { database_url: None, redis_url: None };
        assert_eq!((neither.engines().len(), neither.arguments().as_str()), (1, ""));
    }
}
