//! What the tests stand on: the real application on a free port, with a database of its own and a clock that can be set.

mod answer;
mod app;
mod clock;
mod database;
mod factory;
pub mod mail;
mod proxy;
mod redis;
pub mod smtp;
pub mod sql;

pub use answer::Answer;
pub use app::{AppBuilder, TestApp};
pub use clock::TestClock;
pub use database::{TestDatabase, connect, postgres_url};
pub use factory::{NewProduct, NewVariant};
pub use redis::{RedisServer, redis_url};
