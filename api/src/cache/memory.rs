//! The first tier: answers in this process, bounded by what they weigh.

use std::{sync::Arc, time::Duration};

use moka::sync::Cache;

use super::{family::Key, kept::Kept};

/// How long an answer may still be shown after it was made when the database is away. Afterwards it is forgotten.
pub(super) const STALE_FOR: Duration = Duration::from_mins(10);
/// "There is no such thing" is kept apart and in bounded number: whoever asks for nonsense displaces nothing.
const MOST_ABSENT: u64 = 10_000;

#[derive(Debug)]
pub(super) struct Memory {
    answers: Cache<Key, Arc<Kept>>,
    absent: Cache<Key, Arc<Kept>>,
}

impl Memory {
    pub(super) fn of_bytes(most: u64) -> Self {
        let weigh =
            |key: &Key, kept: &Arc<Kept>| u32::try_from(key.weight() + kept.weight()).unwrap_or(u32::MAX);
        Self {
            answers: Cache::builder().max_capacity(most).weigher(weigh).time_to_live(STALE_FOR).build(),
            absent: Cache::builder().max_capacity(MOST_ABSENT.min(most)).time_to_live(STALE_FOR).build(),
        }
    }

    pub(super) fn get(&self, key: &Key) -> Option<Arc<Kept>> {
        self.answers.get(key).or_else(|| self.absent.get(key))
    }

    pub(super) fn put(&self, key: Key, kept: Arc<Kept>) {
        let (here, there) =
            if kept.body.is_some() { (&self.answers, &self.absent) } else { (&self.absent, &self.answers) };
        there.invalidate(&key);
        here.insert(key, kept);
    }

    pub(super) fn entries(&self) -> u64 {
        self.answers.entry_count() + self.absent.entry_count()
    }

    pub(super) fn bytes(&self) -> u64 {
        self.answers.weighted_size()
    }

    pub(super) fn capacity(&self) -> u64 {
        self.answers.policy().max_capacity().unwrap_or_default()
    }
}
