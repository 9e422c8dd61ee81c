//! Load on a server: as much as it bears, or so much in a second. One thread makes it all, so that the server has the
//! rest of the machine.

mod wire;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{runtime::Builder, task::LocalSet};

use crate::{
    failure::{Failure, While},
    sample::Sample,
    shop::BYPASS_TOKEN,
    stop,
};
pub(crate) use wire::Connection;

/// What is asked of whom, over how many connections.
#[derive(Clone)]
pub(crate) struct Load {
    pub(crate) port: u16,
    pub(crate) connections: usize,
    questions: Questions,
}

/// What a connection, by its number, asks when it asks for the n-th time.
type Questions = Arc<dyn Fn(usize, usize) -> Arc<[u8]> + Send + Sync>;

/// A GET, as it is sent, past every limit.
pub(crate) fn question(port: u16, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nx-load-test-bypass: {BYPASS_TOKEN}\r\n\r\n")
        .into_bytes()
}

/// How fast to ask.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// Each connection asks as soon as it is answered.
    FlatOut,
    /// So many in a second over all connections, whether or not those before have been answered in time.
    PerSecond(u32),
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    pub(crate) statuses: BTreeMap<u16, usize>,
    pub(crate) elapsed: Duration,
    /// From when a question was due to when it was answered, in milliseconds.
    pub(crate) times: Vec<f64>,
}

impl Load {
    /// GETs of these paths, in turn.
    pub(crate) fn of(port: u16, paths: &[String], connections: usize) -> Self {
        let questions: Vec<Arc<[u8]>> = paths.iter().map(|path| question(port, path).into()).collect();
        Self::asking(port, connections, move |connection, nth| {
            questions[(connection + nth) % questions.len()].clone()
        })
    }

    /// Whatever each connection comes up with.
    pub(crate) fn asking(
        port: u16,
        connections: usize,
        questions: impl Fn(usize, usize) -> Arc<[u8]> + Send + Sync + 'static,
    ) -> Self {
        Self { port, connections, questions: Arc::new(questions) }
    }

    /// Asks for so long.
    pub(crate) fn run(&self, pace: Pace, length: Duration) -> Result<Measured, Failure> {
        stop::check()?;
        let runtime = Builder::new_current_thread().enable_all().build().doing("start the load")?;
        LocalSet::new().block_on(&runtime, self.ask(pace, length))
    }

    async fn ask(&self, pace: Pace, length: Duration) -> Result<Measured, Failure> {
        let mut connections = vec![];
        for _ in 0..self.connections {
            connections.push(Connection::open(self.port).await.doing("connect to the server")?);
        }
        let begun = Instant::now();
        let mut askers = vec![];
        for (number, connection) in connections.into_iter().enumerate() {
            let questions = self.questions.clone();
            let due = Due { begun, pace, first: number, step: self.connections };
            askers.push(tokio::task::spawn_local(ask_in_turn(connection, questions, due, length)));
        }
        let mut all = Measured::default();
        for asker in askers {
            let one = asker.await.map_err(std::io::Error::other).doing("ask the server")?;
            let one = one.doing("ask the server")?;
            all.times.extend(one.times);
            for (status, count) in one.statuses {
                *all.statuses.entry(status).or_default() += count;
            }
        }
        all.elapsed = begun.elapsed();
        Ok(all)
    }
}

/// When the questions of one connection are due: every so-many-th of all.
#[derive(Debug, Clone, Copy)]
struct Due {
    begun: Instant,
    pace: Pace,
    first: usize,
    step: usize,
}

impl Due {
    /// When the n-th question of this connection is due; none where it is due at once.
    fn of(&self, nth: usize) -> Option<Instant> {
        let Pace::PerSecond(rate) = self.pace else { return None };
        let number = u32::try_from(self.first + nth * self.step).unwrap_or(u32::MAX);
        Some(self.begun + Duration::from_secs_f64(f64::from(number) / f64::from(rate)))
    }
}

async fn ask_in_turn(
    mut connection: Connection,
    questions: Questions,
    due: Due,
    length: Duration,
) -> std::io::Result<Measured> {
    let mut measured = Measured::default();
    for nth in 0.. {
        let question = questions(due.first, nth);
        let due_at = due.of(nth);
        if let Some(at) = due_at {
            tokio::time::sleep_until(at.into()).await;
        }
        let from = due_at.unwrap_or_else(Instant::now);
        if from.duration_since(due.begun) >= length {
            break;
        }
        let head = connection.exchange(&question).await?;
        measured.times.push(from.elapsed().as_secs_f64() * 1_000.0);
        *measured.statuses.entry(head.status).or_default() += 1;
    }
    Ok(measured)
}

impl Measured {
    pub(crate) fn count(&self) -> usize {
        self.times.len()
    }

    #[expect(clippy::cast_precision_loss, reason = "nobody asks 2^52 times")]
    pub(crate) fn per_second(&self) -> f64 {
        self.count() as f64 / self.elapsed.as_secs_f64()
    }

    /// What one question took of what all of them took, in microseconds.
    #[expect(clippy::cast_precision_loss, reason = "nobody asks 2^52 times")]
    pub(crate) fn each_of(&self, used: Duration) -> f64 {
        used.as_secs_f64() * 1e6 / self.count() as f64
    }

    pub(crate) fn latency(&self) -> Option<Sample> {
        Sample::of(&self.times, "ms")
    }

    /// Fails unless every answer had this status.
    pub(crate) fn all(self, wanted: u16) -> Result<Self, Failure> {
        match self.statuses.keys().find(|status| **status != wanted) {
            None => Ok(self),
            Some(&status) => {
                Err(Failure::Unexpected { path: "a question under load".into(), status, wanted })
            }
        }
    }
}
