//! Why there is no result: one sentence each.

use std::{io, path::PathBuf};

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("Cannot {doing}: {error}.")]
    System { doing: &'static str, error: io::Error },
    #[error("`{command}` failed: its messages above say why.")]
    Command { command: String },
    #[error("{0} is no file: --binary takes the path of a `bottega` program.")]
    NoBinary(PathBuf),
    #[error("The server ended while it was measured; the last it said: {0}")]
    ServerEnded(String),
    #[error("The server did not answer within {0} s.")]
    NoAnswer(u64),
    #[error("Asking for {path} failed: {reason}.")]
    Request { path: String, reason: String },
    #[error("The database given is not empty: --database-url takes one that holds no tables yet.")]
    DatabaseInUse,
    #[error(
        "The list sorted by {sort} ended after {rows} rows, before the page to measure: seed more products."
    )]
    ListTooShort { sort: String, rows: usize },
    #[error(
        "The list sorted by {sort} does not cost the same statements on every page: {first:?} on the first, {deep:?} \
         deep down."
    )]
    StatementsDiffer { sort: String, first: Vec<u32>, deep: Vec<u32> },
    #[error("{path} was answered {status} where {wanted} was expected.")]
    Unexpected { path: String, status: u16, wanted: u16 },
    #[error("The shop at {url} cannot be reached: {reason}.")]
    Unreachable { url: String, reason: String },
    /// A sentence for each limit that was missed.
    #[error("{0}")]
    Missed(String),
    #[error("It is not as it must be: {0}.")]
    Broken(String),
    #[error(
        "pgbench is neither on PATH nor in /usr/lib/postgresql: install the programs of PostgreSQL's server."
    )]
    NoPgbench,
    #[error("`load` starts no server and saves no table: leave out --binary, --save and --note.")]
    NotOfLoad,
    #[error("Stopped.")]
    Stopped,
}

/// Names what was being done when the system said no.
pub(crate) trait While<T> {
    fn doing(self, what: &'static str) -> Result<T, Failure>;
}

impl<T, E: Into<io::Error>> While<T> for Result<T, E> {
    fn doing(self, what: &'static str) -> Result<T, Failure> {
        self.map_err(|error| Failure::System { doing: what, error: error.into() })
    }
}
