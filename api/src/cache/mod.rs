//! What is kept in memory, and how every server learns that it is out of date. Nothing here makes a request fail
//! because Redis is away.

mod epochs;
mod invalidation;
mod redis;

use epochs::Epochs;
pub(crate) use invalidation::{Invalidation, start};
pub use redis::Redis;
