//! Holds the migrated schema to what it promises, on `SQLite` and, with `TEST_DATABASE_URL`, on `PostgreSQL`.

#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(clippy::print_stdout, reason = "shown when a test fails: which engine it was on")]

mod counts;
mod databases;
mod dump;
mod entities;
mod lists;
mod round_trip;
mod rules;
mod shop;
mod steps;
