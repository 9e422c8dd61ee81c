//! Readers who look at every price they are shown.

use std::{
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{runtime::Builder, task::LocalSet};

use super::history::{History, Statuses, Which, number_in};
use crate::{
    failure::{Failure, While},
    load::{Connection, question},
};

/// Connections to each server.
const CONNECTIONS: usize = 16;

/// What readers of one server saw.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) statuses: Statuses,
    /// How many were shown a price that was out of date.
    pub(super) stale: usize,
    pub(super) times: Vec<f64>,
}

/// Where the price of a product is read: its own page, and a list it stands in alone.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) product: usize,
    pub(super) path: String,
}

/// Reads from both servers for so long, over many connections, and checks every price.
pub(super) fn read(
    ports: [u16; 2],
    places: &[Place],
    history: &Arc<History>,
    length: Duration,
) -> Result<[Seen; 2], Failure> {
    let runtime = Builder::new_current_thread().enable_all().build().doing("start the readers")?;
    LocalSet::new().block_on(&runtime, async {
        let mut readers = vec![];
        for (which, port) in [Which::Writing, Which::Other].into_iter().zip(ports) {
            for first in 0..CONNECTIONS {
                let connection = Connection::open(port).await.doing("connect to the server")?;
                let questions: Rc<Vec<_>> = Rc::new(
                    places.iter().map(|place| (place.product, question(port, &place.path))).collect(),
                );
                let reader =
                    Reader { which, first, history: history.clone(), until: Instant::now() + length };
                readers.push((which, tokio::task::spawn_local(reader.read(connection, questions))));
            }
        }
        let mut all = [Seen::default(), Seen::default()];
        for (which, reader) in readers {
            let seen = reader.await.map_err(std::io::Error::other).doing("read")?.doing("read")?;
            let total = &mut all[usize::from(which == Which::Other)];
            total.stale += seen.stale;
            total.times.extend(seen.times);
            for (status, count) in seen.statuses {
                *total.statuses.entry(status).or_default() += count;
            }
        }
        Ok(all)
    })
}

struct Reader {
    which: Which,
    first: usize,
    history: Arc<History>,
    until: Instant,
}

impl Reader {
    async fn read(
        self,
        mut connection: Connection,
        questions: Rc<Vec<(usize, Vec<u8>)>>,
    ) -> std::io::Result<Seen> {
        let mut seen = Seen::default();
        for (product, question) in questions.iter().cycle().skip(self.first) {
            let asked = Instant::now();
            if asked >= self.until {
                break;
            }
            let head = connection.exchange(question).await?;
            seen.times.push(asked.elapsed().as_secs_f64() * 1_000.0);
            *seen.statuses.entry(head.status).or_default() += 1;
            let shown = number_in(connection.body(head));
            if head.status == 200 && !self.history.allows(self.which, *product, asked, shown) {
                seen.stale += 1;
            }
        }
        Ok(seen)
    }
}
