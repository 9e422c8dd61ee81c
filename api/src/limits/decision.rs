//! What an exact decision is asked about, and what comes of it: the same in process and in Redis.

use std::net::IpAddr;

use super::{policy::Policy, subject};

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
