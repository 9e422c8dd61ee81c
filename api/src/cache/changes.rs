//! When what depends on a tag last went out of date, in constant memory.

use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher,
    sync::atomic::{AtomicU64, Ordering},
};

const SLOTS: usize = 4_096;

/// A point in the sequence of changes this server has heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Moment(u64);

/// Where a tag's last change is written down. Tags share slots: two that do merely send each other's readers back to
/// the database once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot(usize);

/// Every change heard of, numbered, and for each tag the number of its last. Whoever keeps something notes the moment
/// *before* loading it: what was loaded while it changed is never taken for new.
pub(super) struct Changes {
    count: AtomicU64,
    slots: Box<[AtomicU64]>,
    hasher: RandomState,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            count: AtomicU64::new(0),
            slots: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
        }
    }
}

impl std::fmt::Debug for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} changes", self.count.load(Ordering::Relaxed))
    }
}

impl Changes {
    pub(super) fn now(&self) -> Moment {
        Moment(self.count.load(Ordering::SeqCst))
    }

    pub(super) fn slot(&self, tag: &str) -> Slot {
        let hash = self.hasher.hash_one(tag);
        Slot(usize::try_from(hash % SLOTS as u64).unwrap_or_default())
    }

    /// From now on nothing that was loaded before is good under this tag.
    pub(super) fn advance(&self, tag: &str) {
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(last) = self.slots.get(self.slot(tag).0) {
            // Not `store`: of two changes that meet here the later counts.
            last.fetch_max(number, Ordering::SeqCst);
        }
    }

    pub(super) fn is_unchanged(&self, slot: Slot, since: Moment) -> bool {
        self.slots.get(slot.0).is_some_and(|last| last.load(Ordering::SeqCst) <= since.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_loaded_before_a_change_is_known_to_be_old() {
        let changes = Changes::default();
        let (slot, before) = (changes.slot("user:1"), changes.now());
        assert!(changes.is_unchanged(slot, before));
        changes.advance("user:1");
        assert!(!changes.is_unchanged(slot, before));
        assert!(changes.is_unchanged(slot, changes.now()));
    }
}
