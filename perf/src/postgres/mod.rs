//! PostgreSQL itself, asked past the shop: with the programs that come with it.

mod pgbench;
mod psql;
mod scratch;

pub(crate) use pgbench::Pgbench;
pub(crate) use psql::psql;
pub(crate) use scratch::ScratchDatabase;
