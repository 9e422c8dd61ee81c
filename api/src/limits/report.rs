//! What an answer says about the limits its request met, and whether they hold for it at all.

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::{HeaderName, HeaderValue};

use super::policy::{Policy, whole_seconds};

pub(super) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
pub(super) const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

tokio::task_local! {
    static REPORT: Report;
}

/// How a client stands with one limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    policy: Policy,
    remaining: u32,
    /// Seconds until there is more room.
    reset: u64,
}

impl Standing {
    pub(super) fn new(policy: Policy, used: u32, opens_in: i64) -> Self {
        Self { policy, remaining: policy.quota.saturating_sub(used), reset: whole_seconds(opens_in) }
    }
}

/// What is gathered while a request is worked on. Clones gather together, so that work in another task counts too.
#[derive(Debug, Clone, Default)]
pub(super) struct Report {
    bypassed: bool,
    standings: Arc<Mutex<Vec<Standing>>>,
}

impl Report {
    pub(super) fn new(bypassed: bool) -> Self {
        Self { bypassed, ..Self::default() }
    }

    /// That of the request this task works on. Outside a request there is nobody to report to.
    pub(super) fn current() -> Self {
        REPORT.try_with(Clone::clone).unwrap_or_default()
    }

    /// Lets a task tell the request that starts it.
    pub(super) fn told_alike<F: Future>(task: F) -> impl Future<Output = F::Output> {
        REPORT.scope(Self::current(), task)
    }

    pub(super) fn is_bypassed(&self) -> bool {
        self.bypassed
    }

    /// Works on a request.
    pub(super) async fn during<F: Future>(&self, request: F) -> F::Output {
        REPORT.scope(self.clone(), request).await
    }

    /// How the client stands now, in place of what was told of this limit before.
    pub(super) fn tell(&self, standing: Standing) {
        let mut standings = self.standings.lock().unwrap_or_else(PoisonError::into_inner);
        match standings.iter_mut().find(|told| told.policy.name == standing.policy.name) {
            Some(told) => *told = standing,
            None => standings.push(standing),
        }
    }

    /// The headers, as draft-ietf-httpapi-ratelimit-headers has them.
    pub(super) fn headers(&self) -> Option<[(HeaderName, HeaderValue); 2]> {
        let standings = self.standings.lock().unwrap_or_else(PoisonError::into_inner);
        let list = |item: fn(&Standing) -> String| standings.iter().map(item).collect::<Vec<_>>().join(", ");
        let limits = list(|told| format!("\"{}\";r={};t={}", told.policy.name, told.remaining, told.reset));
        let policies = list(|Standing { policy, .. }| {
            format!("\"{}\";q={};w={}", policy.name, policy.quota, policy.window)
        });
        let [limits, policies] = [limits, policies].map(|text| HeaderValue::from_str(&text).ok());
        let told = [(RATE_LIMIT, limits?), (RATE_LIMIT_POLICY, policies?)];
        (!standings.is_empty()).then_some(told)
    }
}
