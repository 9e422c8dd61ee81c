//! How often a client may ask: one limiter for every route. What is refused becomes an answer in `error`; whose
//! address it is says `http::client_ip`.
//!
//! Two kinds of limit, because they cost differently. *Exact* ones (sign-in, registration, mail) are sliding logs,
//! decided in one round trip to Redis, or in process without it. The *counted* ones, which every request passes, are
//! decided in process without waiting for anything and brought together with the other servers' in the background.

mod counter;
mod counters;
mod decision;
mod exact;
mod hits;
mod metrics;
mod middleware;
mod policy;
mod reconcile;
mod redis_health;
mod report;
mod shared_logs;
mod sign_in;
mod sliding_logs;
mod subject;

use std::{net::IpAddr, sync::Arc};

use tokio::sync::mpsc;

pub use hits::LimitHit;
pub(crate) use metrics::LimitMetrics;
pub(crate) use middleware::limits;
pub(crate) use policy::{Counted, counted_as};
pub use sign_in::SignIn;

use crate::{
    cache::Redis,
    clock::{Clock, IdSource},
    config::LimitsConfig,
};
use counters::Counters;
use decision::{Intent, Limit};
use exact::ExactLimits;
use hits::Hits;
use policy::Policy;
use redis_health::RedisHealth;
use report::{Report, Standing};

/// Lets a task meet the limits as part of the request that starts it.
pub(crate) fn met_alike<F: Future>(task: F) -> impl Future<Output = F::Output> {
    Report::told_alike(task)
}

/// A limit is reached: ask again in so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    pub retry_after: u64,
}

/// The limiter. Cheap to clone: all clones count together.
#[derive(Debug, Clone)]
pub struct Limits(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    config: LimitsConfig,
    clock: Clock,
    counters: Counters,
    exact: ExactLimits,
    hits: Hits,
    metrics: LimitMetrics,
    redis: Option<Redis>,
    redis_health: Arc<RedisHealth>,
}

impl Limits {
    /// A limiter that nobody has asked anything yet.
    pub(crate) fn new(
        config: LimitsConfig,
        clock: Clock,
        redis: Option<Redis>,
        metrics: LimitMetrics,
    ) -> Self {
        let redis_health = Arc::new(RedisHealth::new(metrics.redis_errors.clone()));
        let exact = ExactLimits::new(redis.clone(), redis_health.clone(), IdSource::new(clock.clone()));
        let counters = Counters::new(redis.is_some());
        Self(Arc::new(Parts {
            hits: Hits::new(),
            config,
            clock,
            counters,
            exact,
            metrics,
            redis,
            redis_health,
        }))
    }

    /// The limits of signing in to an account, told by its folded e-mail address, whether or not it exists. For
    /// whatever else asks for a password, too. To be made in the request's own task, and usable in any.
    pub fn sign_in(&self, client: IpAddr, folded_email: &str) -> SignIn {
        SignIn::new(self.clone(), client, folded_email)
    }

    /// Counts an attempt to register, unless this client has made too many.
    pub async fn registration(&self, client: IpAddr) -> Result<(), Refused> {
        let limits = [Limit::of_client(policy::REGISTRATION, client)];
        self.decide(&Report::current(), client, &limits, Intent::Add).await
    }

    /// Counts a mail that somebody unknown asks to be sent to this folded address, whether or not anybody has it.
    pub async fn mail(&self, client: IpAddr, folded_email: &str) -> Result<(), Refused> {
        let account = subject::account(folded_email);
        let limits = [Limit::new(policy::MAIL, &account), Limit::of_client(policy::MAIL_CLIENT, client)];
        self.decide(&Report::current(), client, &limits, Intent::Add).await
    }

    /// Who reaches a limit, once per window and limit. Can be taken once; what nobody fetches is dropped.
    pub fn take_hits(&self) -> Option<mpsc::Receiver<LimitHit>> {
        self.0.hits.take_receiver()
    }

    /// Counts a request.
    fn request(&self, report: &Report, client: IpAddr, counted: Counted) -> Result<(), Refused> {
        let now = self.0.clock.now().timestamp_millis();
        let policy = policy::of_requests(&self.0.config, counted);
        let Some(reading) = self.0.counters.take(policy, subject::group(client), now) else {
            self.0.metrics.uncounted.inc();
            return Ok(());
        };
        report.tell(Standing::new(policy, reading.used, reading.opens_in));
        if reading.admitted {
            return Ok(());
        }
        let key = format!("{}:{}", policy.name, subject::group(client));
        Err(self.refuse(policy, &key, client, reading.opens_in, now))
    }

    /// Decides over all of these limits at once.
    async fn decide(
        &self,
        report: &Report,
        client: IpAddr,
        limits: &[Limit],
        intent: Intent,
    ) -> Result<(), Refused> {
        if !self.0.config.enabled || report.is_bypassed() {
            return Ok(());
        }
        let now = self.0.clock.now().timestamp_millis();
        let verdict = self.0.exact.decide(limits, now, intent).await;
        let mut refused = None;
        for (nth, (limit, reading)) in limits.iter().zip(&verdict.readings).enumerate() {
            let is_full = !verdict.admitted && reading.used >= limit.policy.quota;
            // The first is the one a client should know of. Of the others it learns when they refuse.
            if nth == 0 || is_full {
                report.tell(Standing::new(limit.policy, reading.used, reading.opens_in));
            }
            if is_full {
                let this = self.refuse(limit.policy, &limit.key, client, reading.opens_in, now);
                refused = Some(refused.map_or(this, |other: Refused| Refused {
                    retry_after: other.retry_after.max(this.retry_after),
                }));
            }
        }
        refused.map_or(Ok(()), Err)
    }

    fn refuse(&self, policy: Policy, key: &str, client: IpAddr, opens_in: i64, now: i64) -> Refused {
        self.0.metrics.refused.with_label_values(&[policy.name]).inc();
        self.0.hits.note(policy, key, client, now);
        Refused { retry_after: policy::whole_seconds(opens_in).max(1) }
    }
}
