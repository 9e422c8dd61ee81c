//! Limits that hold exactly, over all servers that share a Redis.

use std::{net::IpAddr, sync::Arc};

use super::{
    policy::Policy, redis_health::RedisHealth, shared_logs::SharedLogs, sliding_logs::SlidingLogs, subject,
};
use crate::{cache::Redis, clock::IdSource};

/// A policy and whom it is about.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    pub(super) policy: Policy,
    /// The policy's name and the subject's.
    pub(super) key: String,
}

impl Limit {
    pub(super) fn new(policy: Policy, subject: &str) -> Self {
        Self { policy, key: format!("{}:{subject}", policy.name) }
    }

    pub(super) fn of_client(policy: Policy, client: IpAddr) -> Self {
        Self::new(policy, &subject::group(client).to_string())
    }
}

/// Whether a decision counts or only asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    Look,
    Add,
}

/// How one log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) used: u32,
    /// In how many milliseconds there is more room; of a full log: room at all.
    pub(super) opens_in: i64,
}

/// Whether there is room in all logs, and how each stands afterwards, in the order they were asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) admitted: bool,
    pub(super) readings: Vec<Reading>,
}

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
