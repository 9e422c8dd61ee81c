//! Whether Redis does what the limiter asks of it. If it does not, that is counted, and nobody is refused for it.

use std::sync::atomic::{AtomicBool, Ordering};

use fred::error::Error;
use prometheus::IntCounter;

#[derive(Debug)]
pub(super) struct RedisHealth {
    errors: IntCounter,
    failing: AtomicBool,
}

impl RedisHealth {
    pub(super) fn new(errors: IntCounter) -> Self {
        Self { errors, failing: AtomicBool::new(false) }
    }

    /// What Redis answered, if it did. The log has only the turns, the metric each failure.
    pub(super) fn noted<T>(&self, outcome: Result<T, Error>) -> Option<T> {
        match outcome {
            Ok(answer) => {
                if self.failing.swap(false, Ordering::Relaxed) {
                    tracing::info!("limits are shared through Redis again");
                }
                Some(answer)
            }
            Err(error) => {
                self.errors.inc();
                if !self.failing.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "Redis fails: limits are counted by each server for itself");
                }
                None
            }
        }
    }
}
