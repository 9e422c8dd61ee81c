//! What the tests stand on: the real application on a free port, with a database of its own and a clock that can be set.

mod answer;
mod app;
mod clock;
pub mod cloudfront;
pub mod collector;
mod database;
mod factory;
pub mod mail;
mod nginx;
pub mod people;
pub mod proxy;
mod redis;
pub mod requests;
pub mod roles;
pub mod secrets;
pub mod smtp;
pub mod sql;
mod stand_in;
pub mod tokens;
mod wait;

pub use answer::Answer;
pub use app::{AppBuilder, TestApp};
pub use clock::TestClock;
pub use database::{TestDatabase, connect, postgres_url};
pub use factory::{NewProduct, NewVariant};
pub use nginx::Nginx;
pub use people::{PASSWORD, Person, cookie_of, new_email};
pub use redis::{RedisServer, redis_url};
pub use wait::{PATIENCE, within};
