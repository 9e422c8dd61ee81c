//! Readers of the catalogue who come at a steady pace, whether or not those before them have been answered.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use super::super::joined;
use crate::{
    failure::Failure,
    shop::{Client, Server},
    stop,
};

const PATH: &str = "/api/catalog/products?limit=20";
/// Between two readers: 100 in a second.
const PACE: Duration = Duration::from_millis(10);
/// How many may be waiting for an answer at once. More than ever do: at this pace they would have waited 320 ms.
const READERS: usize = 32;

pub(super) fn description() -> String {
    format!(
        "Reads: `GET {PATH}`, {} in a second over {READERS} open connections. A read's time begins when it was due, not \
         when it was sent, so that what waits behind a slow one counts as slow, too.",
        1_000 / PACE.as_millis()
    )
}

/// Reads for as long as this is true of the time since the beginning, and tells how long each took, in milliseconds.
pub(super) fn read_while(
    server: &Server,
    goes_on: &(dyn Fn(Duration) -> bool + Sync),
) -> Result<Vec<f64>, Failure> {
    let clients: Vec<Client> = (0..READERS).map(|_| server.client().past_limits()).collect();
    for client in &clients {
        client.get(PATH)?.expect(200)?;
    }
    let (begun, next) = (Instant::now(), AtomicU32::new(0));
    thread::scope(|scope| {
        let next = &next;
        let reader = |client| scope.spawn(move || read_in_turn(client, begun, next, goes_on));
        let readers: Vec<_> = clients.iter().map(reader).collect();
        let mut times = vec![];
        for reader in readers {
            times.extend(joined(reader)?);
        }
        Ok(times)
    })
}

/// Takes the next turn again and again.
fn read_in_turn(
    client: &Client,
    begun: Instant,
    next: &AtomicU32,
    goes_on: &(dyn Fn(Duration) -> bool + Sync),
) -> Result<Vec<f64>, Failure> {
    let mut times = vec![];
    loop {
        let due = PACE * next.fetch_add(1, Ordering::Relaxed);
        thread::sleep(due.saturating_sub(begun.elapsed()));
        if !goes_on(due) {
            return Ok(times);
        }
        stop::check()?;
        client.get(PATH)?.expect(200)?;
        times.push(begun.elapsed().saturating_sub(due).as_secs_f64() * 1_000.0);
    }
}
