//! Where time and ids come from, so that tests can say what time it is.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use uuid::{ContextV7, Timestamp, Uuid};

/// What time it is. Whole milliseconds, as far as every database and the wire agree on.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock that says what it is told to.
    pub fn from_fn(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)().trunc_subsecs(3)
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// Makes ids: UUIDv7 of the clock's time, in ascending order within one process.
#[derive(Debug, Clone)]
pub struct IdSource {
    clock: Clock,
    context: Arc<std::sync::Mutex<ContextV7>>,
}

impl IdSource {
    /// Ids of this clock's time.
    pub fn new(clock: Clock) -> Self {
        Self { clock, context: Arc::new(std::sync::Mutex::new(ContextV7::new())) }
    }

    /// A new id.
    pub fn next(&self) -> Uuid {
        self.at(self.clock.now())
    }

    /// A new id of another time: for rows that are told to be older than they are.
    pub fn at(&self, time: DateTime<Utc>) -> Uuid {
        let seconds = u64::try_from(time.timestamp()).unwrap_or_default();
        let context = self.context.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*context, seconds, time.timestamp_subsec_nanos()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_ascend_even_within_one_millisecond() {
        let ids = IdSource::new(Clock::from_fn(|| DateTime::UNIX_EPOCH));
        let made: Vec<Uuid> = (0..1_000).map(|_| ids.next()).collect();
        assert!(made.is_sorted());
        assert_eq!(made.first().unwrap().get_version_num(), 7);
    }
}
