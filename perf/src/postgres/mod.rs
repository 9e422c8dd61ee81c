//! PostgreSQL itself, asked past the shop: with the programs that come with it.

mod pgbench;
mod psql;

pub(crate) use pgbench::Pgbench;
pub(crate) use psql::psql;
