//! Leaves Redis alone while it fails, so that no request waits for it.

use std::{
    fmt::Display,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use fred::error::Error;

use super::Redis;
use crate::background::Background;

/// So many failures in a row are no accident.
const FAILURES: u32 = 2;
/// How often a Redis that failed is asked whether it is back.
const ASK_EVERY: Duration = Duration::from_millis(500);

/// Whether Redis is to be asked at all.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    open: AtomicBool,
    failures: AtomicU32,
}

impl Breaker {
    /// Whether Redis is left alone at present.
    pub(crate) fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }

    pub(super) fn succeeded(&self) {
        if self.failures.load(Ordering::Relaxed) > 0 {
            self.failures.store(0, Ordering::Relaxed);
        }
    }

    pub(super) fn failed(&self, error: &impl Display) {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
        if failures >= FAILURES && !self.open.swap(true, Ordering::Relaxed) {
            tracing::warn!(%error, "Redis fails: answers are kept by each server for itself");
        }
    }

    fn closed_again(&self) {
        self.failures.store(0, Ordering::Relaxed);
        if self.open.swap(false, Ordering::Relaxed) {
            tracing::info!("answers are shared through Redis again");
        }
    }
}

/// Asks a Redis that failed whether it is back, so that no request has to find out.
pub(super) fn start(background: &mut Background, redis: &Redis, breaker: &Arc<Breaker>) {
    let (redis, breaker) = (redis.clone(), breaker.clone());
    background.repeat("redis-breaker", ASK_EVERY, Arc::default(), move |_| {
        let (redis, breaker) = (redis.clone(), breaker.clone());
        async move {
            if breaker.is_open() && redis.ping().await.is_ok() {
                breaker.closed_again();
            }
            Ok::<(), Error>(())
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_and_closes_when_redis_is_back() {
        let breaker = Breaker::default();
        breaker.failed(&"no answer");
        breaker.succeeded();
        breaker.failed(&"no answer");
        assert!(!breaker.is_open());
        breaker.failed(&"no answer");
        assert!(breaker.is_open());
        breaker.closed_again();
        assert!(!breaker.is_open());
    }
}
