//! A clock that stands still.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use api::clock::Clock;
use chrono::{DateTime, Utc};

/// Noon on the last day of January 2026.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_769_860_800_000)))
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap()
    }

    /// Lets time go by.
    pub fn advance(&self, by: chrono::Duration) {
        self.0.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }

    /// The same clock for the application.
    pub fn shared(&self) -> Clock {
        let clock = self.clone();
        Clock::from_fn(move || clock.now())
    }
}
