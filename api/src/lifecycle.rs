//! Whether the server takes requests or is about to stop, and how many connections are open to it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use tokio::sync::watch;

/// From start to stop.
#[derive(Debug)]
pub struct Lifecycle {
    started: Instant,
    draining: AtomicBool,
    connections: watch::Sender<usize>,
}

/// An open connection. A server that drains closes each one when the last byte of its running answer is written, so
/// that what is still open is still being worked on.
#[derive(Debug)]
pub(crate) struct Connection(watch::Sender<usize>);

impl Default for Lifecycle {
    fn default() -> Self {
        Self { started: Instant::now(), draining: AtomicBool::new(false), connections: watch::Sender::new(0) }
    }
}

impl Lifecycle {
    /// How long it has been up.
    pub fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    /// From now on the server answers that it should not be sent requests.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    /// Whether it is about to stop.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        *self.connections.borrow()
    }

    /// Counts a connection for as long as what is returned lives.
    pub(crate) fn connected(&self) -> Connection {
        self.connections.send_modify(|open| *open += 1);
        Connection(self.connections.clone())
    }

    /// Waits until no connection is open.
    pub(crate) async fn quiet(&self) {
        // Fails only when nobody can open or close one any more, and `self` can.
        let _ = self.connections.subscribe().wait_for(|open| *open == 0).await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}
