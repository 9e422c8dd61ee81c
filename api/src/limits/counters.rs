//! The counters of all clients, in shards, so that one worker seldom waits for another.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    counter::{Counter, Moment, Taken, Untold},
    policy::{MINUTE, Policy},
};

const SHARDS: usize = 64;
/// How many clients a shard remembers: 256 000 in all.
const CAPACITY: usize = 4_000;
const WINDOW: i64 = MINUTE as i64 * 1_000;

/// What is counted: a policy's name and a client.
pub(super) type Key = (&'static str, IpAddr);

#[derive(Debug)]
pub(super) struct Counters {
    shards: Box<[Mutex<Shard>]>,
    hasher: RandomState,
    /// Whether there are others to tell.
    shared: bool,
}

#[derive(Debug, Default)]
struct Shard {
    counters: HashMap<Key, Entry>,
    changed: Vec<Key>,
    /// In which window it was last looked for what can be forgotten.
    tidied: i64,
}

#[derive(Debug, Default)]
struct Entry {
    counter: Counter,
    changed: bool,
}

impl Counters {
    pub(super) fn new(shared: bool) -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect(), hasher: RandomState::new(), shared }
    }

    /// Counts a request; or says nothing, when there are too many clients to remember another one.
    pub(super) fn take(&self, policy: Policy, client: IpAddr, now: i64) -> Option<Taken> {
        let (key, at) = ((policy.name, client), Moment::new(now, WINDOW));
        let mut shard = self.shard(&key);
        let Shard { counters, changed, tidied } = &mut *shard;
        // In whole windows, so that it is seldom done; when it is full, so that it is done once for all.
        if *tidied != at.index && !counters.contains_key(&key) {
            *tidied = at.index;
            counters.retain(|_, entry| entry.counter.counts(at.index));
        }
        if counters.len() >= CAPACITY && !counters.contains_key(&key) {
            return None;
        }
        let entry = counters.entry(key).or_default();
        let taken = entry.counter.take(policy.quota, at);
        if self.shared && taken.admitted && !entry.changed {
            entry.changed = true;
            changed.push(key);
        }
        Some(taken)
    }

    /// What the others are to be told now.
    pub(super) fn tell(&self) -> Vec<(Key, Untold)> {
        let mut told = Vec::new();
        for shard in &self.shards {
            let mut shard = lock(shard);
            let Shard { counters, changed, .. } = &mut *shard;
            for key in changed.drain(..) {
                if let Some(entry) = counters.get_mut(&key) {
                    entry.changed = false;
                    told.push((key, entry.counter.tell()));
                }
            }
        }
        told
    }

    /// Takes over what all servers have counted together.
    pub(super) fn learn(&self, key: &Key, index: i64, current: u32, previous: u32) {
        if let Some(entry) = self.shard(key).counters.get_mut(key) {
            entry.counter.learn(index, current, previous);
        }
    }

    fn shard(&self, key: &Key) -> MutexGuard<'_, Shard> {
        let nth = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or_default();
        lock(&self.shards[nth])
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: Policy = Policy { name: "test", quota: 2, window: MINUTE };

    fn client(nth: u32) -> IpAddr {
        IpAddr::from(nth.to_be_bytes())
    }

    #[test]
    fn each_client_has_a_counter_of_its_own_and_of_each_policy() {
        let counters = Counters::new(false);
        let other = Policy { name: "other", ..POLICY };
        for (policy, nth) in [(POLICY, 1), (POLICY, 2), (other, 1)] {
            for admitted in [true, true, false] {
                assert_eq!(counters.take(policy, client(nth), 0).unwrap().admitted, admitted);
            }
        }
        assert!(counters.tell().is_empty(), "there is nobody to tell");
    }

    #[test]
    fn a_flood_of_clients_is_let_through_and_forgotten_with_its_window() {
        let counters = Counters::new(true);
        let most = u32::try_from(SHARDS * CAPACITY).unwrap();
        let uncounted = (0..2 * most).filter(|nth| counters.take(POLICY, client(*nth), 0).is_none()).count();
        assert!(uncounted >= most as usize);
        assert!(counters.take(POLICY, client(u32::MAX), 2 * WINDOW).is_some());
        assert!(counters.tell().len() <= most as usize);
    }

    #[test]
    fn what_changed_is_told_once() {
        let counters = Counters::new(true);
        counters.take(POLICY, client(1), 0);
        counters.take(POLICY, client(1), 0);
        let told = counters.tell();
        assert_eq!(told, [(("test", client(1)), Untold { index: 0, current: 2, previous: 0 })]);
        assert!(counters.tell().is_empty());
        assert!(!counters.take(POLICY, client(1), 0).unwrap().admitted);
        assert!(counters.tell().is_empty(), "what is refused is no news");
    }
}
