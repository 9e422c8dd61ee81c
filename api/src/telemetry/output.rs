//! Where log lines go: to standard error, through a thread that writes all that have come in since it last did. Whoever
//! logs does not wait.

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    thread,
    time::Duration,
};

use tracing_subscriber::fmt::MakeWriter;

/// Lines that wait while nobody takes them off standard error, in bytes. More are dropped, and counted.
const MOST: usize = 16 << 20;

/// How long the first line of a batch waits for others.
const GATHER: Duration = Duration::from_millis(5);

static LINES: OnceLock<Lines> = OnceLock::new();

/// Lines that are to be written.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

struct Shared {
    waiting: Mutex<Waiting>,
    /// There is something to write, or there is nothing left to.
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    dropped: u64,
    is_writing: bool,
}

impl Lines {
    /// The lines of this process, and the thread that writes them.
    pub(super) fn start() -> Self {
        let lines = LINES.get_or_init(|| {
            let shared = Shared { waiting: Mutex::default(), changed: Condvar::new() };
            let lines = Self(Arc::new(shared));
            let written = lines.clone();
            // Without a thread there is no log; that is no reason not to sell anything.
            let _ = thread::Builder::new().name("log".into()).spawn(move || written.write_all());
            lines
        });
        lines.clone()
    }

    fn write_all(&self) {
        let mut batch = Vec::new();
        loop {
            let mut waiting = self.waiting();
            waiting.is_writing = false;
            self.0.changed.notify_all();
            while waiting.bytes.is_empty() && waiting.dropped == 0 {
                waiting = self.0.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            }
            waiting.is_writing = true;
            drop(waiting);
            // What comes in meanwhile is written with it: on a busy server that is one call for many lines.
            thread::sleep(GATHER);
            let mut waiting = self.waiting();
            batch.clear();
            mem::swap(&mut batch, &mut waiting.bytes);
            let dropped = mem::take(&mut waiting.dropped);
            drop(waiting);
            if dropped > 0 {
                batch.extend_from_slice(format!("{dropped} lines were dropped here\n").as_bytes());
            }
            // When nobody can be told, nobody is told.
            let _ = io::stderr().lock().write_all(&batch);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits until everything that was logged is written.
pub(crate) fn flush() {
    let Some(lines) = LINES.get() else { return };
    let mut waiting = lines.waiting();
    while !waiting.bytes.is_empty() || waiting.is_writing {
        waiting = lines.0.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
    }
}

impl Write for Lines {
    /// Takes a whole line.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut waiting = self.waiting();
        if waiting.bytes.len() + line.len() > MOST {
            waiting.dropped += 1;
        } else {
            let was_empty = waiting.bytes.is_empty();
            waiting.bytes.extend_from_slice(line);
            drop(waiting);
            if was_empty {
                self.0.changed.notify_all();
            }
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
