//! Many who ask for the same at once wait for one who fetches it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use sea_orm::DbErr;
use tokio::sync::OnceCell;

use super::{answers::Fetched, changes::Moment, family::Key};

type Outcome = Result<Fetched, DbErr>;
type Cell = Arc<OnceCell<Outcome>>;

/// What is being fetched now.
#[derive(Debug, Default)]
pub(super) struct Flights(Mutex<HashMap<(Key, Moment), Cell>>);

impl Flights {
    /// Fetches it, or waits for whoever does already; tells which. Whoever asks after a change never joins one who began
    /// before it. When the one who fetches is cut off, the next in line does it.
    pub(super) async fn join(
        &self,
        key: &Key,
        now: Moment,
        fetch: impl Future<Output = Outcome>,
    ) -> (Outcome, bool) {
        let seat = Seat::take(self, key, now);
        let mut fetched_here = false;
        let outcome = seat
            .cell
            .get_or_init(|| {
                fetched_here = true;
                fetch
            })
            .await;
        (outcome.clone(), fetched_here)
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<(Key, Moment), Cell>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of those who wait. The last one out closes the door, however it leaves.
struct Seat<'a> {
    flights: &'a Flights,
    flight: (Key, Moment),
    cell: Cell,
}

impl<'a> Seat<'a> {
    fn take(flights: &'a Flights, key: &Key, now: Moment) -> Self {
        let flight = (key.clone(), now);
        let cell = flights.locked().entry(flight.clone()).or_default().clone();
        Self { flights, flight, cell }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut flights = self.flights.locked();
        // The map's and this one. Once it has landed nobody need board it: the answer is in memory.
        let is_over = self.cell.initialized() || Arc::strong_count(&self.cell) <= 2;
        if is_over && flights.get(&self.flight).is_some_and(|cell| Arc::ptr_eq(cell, &self.cell)) {
            flights.remove(&self.flight);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::DateTime;
    use futures_util::{FutureExt, future::join_all};
    use sea_orm::ConnAcquireErr;

    use super::*;
    use crate::cache::{
        Invalidation,
        answer::How,
        family::Family,
        kept::{Kept, Making},
    };

    fn key() -> Key {
        Key::new(Family::Product, "lamp")
    }

    fn made(invalidation: &Invalidation) -> Fetched {
        let making = Making {
            body: None,
            tags: vec![],
            loaded: invalidation.now(),
            made_at: DateTime::UNIX_EPOCH,
            fresh_for: Duration::ZERO,
        };
        (Kept::new(invalidation, making), How::Made)
    }

    #[tokio::test]
    async fn many_who_ask_at_once_wait_for_one() {
        let (flights, invalidation) = (Flights::default(), Invalidation::default());
        let fetch = || async {
            tokio::task::yield_now().await;
            Ok(made(&invalidation))
        };
        let (key, now) = (key(), invalidation.now());
        let landed = join_all((0..10).map(|_| flights.join(&key, now, fetch()))).await;
        assert_eq!(landed.iter().filter(|(_, is_first)| *is_first).count(), 1);
        let first = &landed[0].0.as_ref().unwrap().0;
        assert!(landed.iter().all(|(outcome, _)| Arc::ptr_eq(&outcome.as_ref().unwrap().0, first)));
        assert!(flights.locked().is_empty());
    }

    #[tokio::test]
    async fn whoever_asks_after_a_change_does_not_join_one_who_asked_before() {
        let (flights, invalidation) = (Flights::default(), Invalidation::default());
        let key = key();
        let never = std::future::pending::<Outcome>();
        let mut before = Box::pin(flights.join(&key, invalidation.now(), never));
        assert!(before.as_mut().now_or_never().is_none());
        invalidation.overturn("product:1");
        let (_, is_first) = flights.join(&key, invalidation.now(), async { Ok(made(&invalidation)) }).await;
        assert!(is_first);
    }

    #[tokio::test]
    async fn when_the_one_who_fetches_is_cut_off_the_next_does_it() {
        let (flights, invalidation) = (Flights::default(), Invalidation::default());
        let (key, now) = (key(), invalidation.now());
        let never = std::future::pending::<Outcome>();
        let mut first = Box::pin(flights.join(&key, now, never));
        assert!(first.as_mut().now_or_never().is_none());
        let second = flights.join(&key, now, async { Ok(made(&invalidation)) });
        drop(first);
        assert!(second.await.1);
        assert!(flights.locked().is_empty(), "nothing is left behind");
    }

    #[tokio::test]
    async fn a_failure_is_everybodys_and_not_kept() {
        let (flights, invalidation) = (Flights::default(), Invalidation::default());
        let (key, now) = (key(), invalidation.now());
        let away = async { Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) };
        assert!(flights.join(&key, now, away).await.0.is_err());
        assert!(flights.join(&key, now, async { Ok(made(&invalidation)) }).await.0.is_ok());
    }
}
