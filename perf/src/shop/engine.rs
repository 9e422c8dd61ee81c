//! A database to measure on.

use std::path::Path;

use super::{Binary, run};
use crate::failure::Failure;

/// A database to measure on.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    pub(crate) url: String,
}

impl Engine {
    /// The embedded one, and an empty one of `PostgreSQL` where it is given.
    pub(crate) fn all(postgres: Option<&str>) -> Vec<Self> {
        let embedded = Self { name: "SQLite", url: "sqlite:shop.db".to_owned() };
        std::iter::once(embedded).chain(postgres.map(Self::postgres)).collect()
    }

    pub(crate) fn postgres(url: &str) -> Self {
        Self { name: "PostgreSQL", url: url.to_owned() }
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
