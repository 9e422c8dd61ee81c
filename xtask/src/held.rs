//! What must be given back on every way out (child processes, temporary folders), Ctrl-C included.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::failure::{Outcome, While};

type Release = Box<dyn FnOnce() + Send>;

static HELD: Mutex<BTreeMap<u64, Release>> = Mutex::new(BTreeMap::new());
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Gives something back, exactly once: when dropped, or when a signal ends the program.
#[derive(Debug)]
#[must_use]
pub(crate) struct Held(u64);

/// Holds something until the answer is dropped.
pub(crate) fn until_dropped(release: impl FnOnce() + Send + 'static) -> Held {
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    held().insert(id, Box::new(release));
    Held(id)
}

impl Held {
    /// It went away by itself: there is nothing to give back.
    pub(crate) fn forget(self) {
        held().remove(&self.0);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let release = held().remove(&self.0);
        if let Some(release) = release {
            release();
        }
    }
}

/// From now on SIGINT, SIGTERM and SIGHUP give everything back, newest first, before the program ends.
pub(crate) fn watch_signals() -> Outcome<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).while_trying("watch for signals")?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Locked to the end: the main thread stands still at whatever it wants to hold or give back next.
            let mut held = held();
            while let Some((_, release)) = held.pop_last() {
                release();
            }
            eprintln!("Stopped.");
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

fn held() -> MutexGuard<'static, BTreeMap<u64, Release>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;

    #[test]
    fn a_held_thing_is_given_back_once_and_a_forgotten_one_never() {
        let given_back = Arc::new(AtomicUsize::new(0));
        let count = |by: usize| {
            let given_back = Arc::clone(&given_back);
            until_dropped(move || {
                given_back.fetch_add(by, Ordering::SeqCst);
            })
        };
        drop(count(1));
        count(10).forget();
        assert_eq!(given_back.load(Ordering::SeqCst), 1);
    }
}
