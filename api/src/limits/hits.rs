//! Who reaches a limit: told once per window, so that a flood is one event and not thousands.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use tokio::sync::mpsc;

use super::policy::Policy;

/// A client reached a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitHit {
    pub policy: &'static str,
    pub client: IpAddr,
}

/// How many may wait to be fetched.
const WAITING: usize = 256;
/// How many limits are remembered as reached.
const REMEMBERED: usize = 10_000;

#[derive(Debug)]
pub(super) struct Hits {
    /// Until when nothing more is told of a limit.
    told: Mutex<HashMap<String, i64>>,
    sender: mpsc::Sender<LimitHit>,
    receiver: Mutex<Option<mpsc::Receiver<LimitHit>>>,
}

impl Hits {
    pub(super) fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self { told: Mutex::default(), sender, receiver: Mutex::new(Some(receiver)) }
    }

    pub(super) fn take_receiver(&self) -> Option<mpsc::Receiver<LimitHit>> {
        self.receiver.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Tells of it, unless that has been done.
    pub(super) fn note(&self, policy: Policy, key: &str, client: IpAddr, now: i64) {
        if !self.is_news(policy, key, now) {
            return;
        }
        tracing::warn!(target: "security", event = "limit.hit", policy = policy.name, %client, "a limit is reached");
        // A full channel drops it: the log has it, and a flood must not fill the memory.
        let _ = self.sender.try_send(LimitHit { policy: policy.name, client });
    }

    fn is_news(&self, policy: Policy, key: &str, now: i64) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.get(key).is_some_and(|until| *until > now) {
            return false;
        }
        if told.len() >= REMEMBERED {
            told.retain(|_, until| *until > now);
        }
        if told.len() < REMEMBERED {
            told.insert(key.to_owned(), now + policy.window_ms());
            return true;
        }
        // So many at once are one attack, of which enough has been told.
        false
    }
}

#[cfg(test)]
mod tests {
    use super::{super::policy::REGISTRATION, *};

    #[test]
    fn a_flood_is_one_event_in_each_window() {
        let hits = Hits::new();
        let mut receiver = hits.take_receiver().unwrap();
        let client = IpAddr::from([203, 0, 113, 7]);
        for moment in 0..1_000 {
            hits.note(REGISTRATION, "registration:203.0.113.7", client, moment);
        }
        assert_eq!(receiver.try_recv().unwrap(), LimitHit { policy: "registration", client });
        assert!(receiver.try_recv().is_err(), "one is enough");
        hits.note(REGISTRATION, "registration:203.0.113.7", client, REGISTRATION.window_ms());
        assert!(receiver.try_recv().is_ok(), "a new window");
        assert!(hits.take_receiver().is_none());
    }
}
