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
