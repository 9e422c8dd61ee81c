//! Limits that hold exactly, over all servers that share a Redis.

use std::sync::Arc;

use super::{
    decision::{Intent, Limit, Verdict},
    redis_health::RedisHealth,
    shared_logs::SharedLogs,
    sliding_logs::SlidingLogs,
};
use crate::{cache::Redis, clock::IdSource};

#[derive(Debug)]
pub(super) struct ExactLimits {
    own: SlidingLogs,
    shared: Option<SharedLogs>,
    health: Arc<RedisHealth>,
}

impl ExactLimits {
    pub(super) fn new(redis: Option<Redis>, health: Arc<RedisHealth>, ids: IdSource) -> Self {
        let shared = redis.map(|redis| SharedLogs::new(redis, ids));
        Self { own: SlidingLogs::default(), shared, health }
    }

    pub(super) async fn decide(&self, limits: &[Limit], now: i64, intent: Intent) -> Verdict {
        if let Some(shared) = &self.shared
            && let Some(verdict) = self.health.noted(shared.decide(limits, now, intent).await)
        {
            // Whoever waits for Redis to die shall not begin anew with each server.
            if verdict.admitted && intent == Intent::Add {
                self.own.decide(limits, now, intent);
            }
            return verdict;
        }
        self.own.decide(limits, now, intent)
    }
}
