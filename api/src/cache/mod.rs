//! What is kept in memory and in Redis, and how every server learns that it is out of date. Nothing here makes a request
//! fail because Redis is away.

mod answer;
mod answers;
mod breaker;
mod changes;
mod family;
mod flights;
mod invalidation;
mod kept;
mod memory;
mod metrics;
mod news;
mod redis;
mod redis_login;
mod shared;

use actix_web::web::Data;

pub(crate) use answer::Answer;
pub(crate) use answers::{Answers, Loaded};
pub(crate) use changes::Moment;
pub(crate) use family::{Family, Key};
pub(crate) use invalidation::Invalidation;
pub(crate) use kept::EVERYTHING;
pub(crate) use metrics::CacheMetrics;
pub use redis::Redis;

use crate::{background::Background, state::AppState};

/// Starts what keeps this server's knowledge fresh for as long as it runs.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    invalidation::start(background, state);
    if let Some(redis) = &state.redis {
        breaker::start(background, redis, state.answers.breaker());
    }
}
