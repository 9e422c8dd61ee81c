//! Answers by URL, and how long they are good for. Plain data: the clock is handed in.

use std::collections::HashMap;

/// Until this age an answer is shown and nobody is asked.
const FRESH_MS: f64 = 30_000.0;
/// Until this age an answer is shown while it is asked for again; after it, it is as good as none.
const USABLE_MS: f64 = 15.0 * 60_000.0;
/// How many answers are kept.
const CAPACITY: usize = 200;

/// What is remembered of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup<V> {
    /// Good to show.
    Fresh(V),
    /// Good to show while it is asked for again.
    Stale(V),
    /// Nothing to show.
    Absent,
}

/// The answers of this visit.
#[derive(Debug)]
pub(super) struct Cache<V> {
    entries: HashMap<String, Entry<V>>,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    stored_at: f64,
}

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Self { entries: HashMap::new() }
    }
}

impl<V: Clone> Cache<V> {
    /// What is known about `url` at the time `now`.
    pub(super) fn look_up(&self, url: &str, now: f64) -> Lookup<V> {
        let Some(entry) = self.entries.get(url) else {
            return Lookup::Absent;
        };
        let age = now - entry.stored_at;
        // A clock that was turned back makes an answer old, not young.
        if (0.0..FRESH_MS).contains(&age) {
            Lookup::Fresh(entry.value.clone())
        } else if age < USABLE_MS {
            Lookup::Stale(entry.value.clone())
        } else {
            Lookup::Absent
        }
    }

    /// Remembers an answer, at the expense of the oldest when there are too many.
    pub(super) fn store(&mut self, url: &str, value: V, now: f64) {
        if self.entries.len() >= CAPACITY && !self.entries.contains_key(url) {
            let oldest = self
                .entries
                .iter()
                .min_by(|(_, a), (_, b)| a.stored_at.total_cmp(&b.stored_at))
                .map(|(url, _)| url.clone());
            if let Some(oldest) = oldest {
                self.entries.remove(&oldest);
            }
        }
        let entry = Entry { value, stored_at: now };
        self.entries.insert(url.to_owned(), entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_fresh_then_stale_then_gone() {
        let mut cache = Cache::default();
        cache.store("/a", 1, 1_000.0);
        assert_eq!(cache.look_up("/a", 1_000.0), Lookup::Fresh(1));
        assert_eq!(cache.look_up("/a", 1_000.0 + FRESH_MS - 1.0), Lookup::Fresh(1));
        assert_eq!(cache.look_up("/a", 1_000.0 + FRESH_MS), Lookup::Stale(1));
        assert_eq!(cache.look_up("/a", 1_000.0 + USABLE_MS), Lookup::Absent);
        assert_eq!(cache.look_up("/b", 1_000.0), Lookup::Absent);
    }

    #[test]
    fn a_new_answer_replaces_the_old_one_and_is_fresh() {
        let mut cache = Cache::default();
        cache.store("/a", 1, 0.0);
        cache.store("/a", 2, FRESH_MS * 2.0);
        assert_eq!(cache.look_up("/a", FRESH_MS * 2.0), Lookup::Fresh(2));
    }

    #[test]
    fn a_clock_turned_back_asks_again() {
        let mut cache = Cache::default();
        cache.store("/a", 1, 10_000.0);
        assert_eq!(cache.look_up("/a", 0.0), Lookup::Stale(1));
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut cache = Cache::default();
        for number in 0..=CAPACITY {
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            cache.store(&format!("/{number}"), number, number as f64);
        }
        assert_eq!(cache.look_up("/0", 1.0), Lookup::Absent);
        assert_eq!(cache.look_up("/1", 1.0), Lookup::Fresh(1));
        assert_eq!(cache.entries.len(), CAPACITY);
    }
}
