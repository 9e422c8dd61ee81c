//! What the limiter counts about itself.

use prometheus::{IntCounter, IntCounterVec, Opts, Registry};

#[derive(Debug, Clone)]
pub(crate) struct LimitMetrics {
    pub(super) refused: IntCounterVec,
    pub(super) redis_errors: IntCounter,
    pub(super) uncounted: IntCounter,
}

impl LimitMetrics {
    pub(crate) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let metrics = Self {
            refused: IntCounterVec::new(
                Opts::new("rate_limit_refused_total", "Requests refused because a limit was reached."),
                &["policy"],
            )?,
            redis_errors: IntCounter::new(
                "rate_limit_redis_errors_total",
                "Times Redis failed the limiter, which then counted in process alone.",
            )?,
            uncounted: IntCounter::new(
                "rate_limit_uncounted_total",
                "Requests let through uncounted because too many clients asked at once to remember them all.",
            )?,
        };
        registry.register(Box::new(metrics.refused.clone()))?;
        registry.register(Box::new(metrics.redis_errors.clone()))?;
        registry.register(Box::new(metrics.uncounted.clone()))?;
        Ok(metrics)
    }
}
