//! Whether the server takes requests or is about to stop, and how many it is working on.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

/// From start to stop.
#[derive(Debug)]
pub struct Lifecycle {
    started: Instant,
    draining: AtomicBool,
    running: AtomicUsize,
}

/// A request being worked on.
#[derive(Debug)]
pub(crate) struct Running<'a>(&'a Lifecycle);

impl Default for Lifecycle {
    fn default() -> Self {
        Self { started: Instant::now(), draining: AtomicBool::new(false), running: AtomicUsize::new(0) }
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

    /// How many requests are being worked on.
    pub fn running(&self) -> usize {
        self.running.load(Ordering::SeqCst)
    }

    pub(crate) fn enter(&self) -> Running<'_> {
        self.running.fetch_add(1, Ordering::SeqCst);
        Running(self)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}
