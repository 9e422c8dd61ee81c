//! When what depends on a tag last went out of date, in constant memory.

use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher,
    sync::atomic::{AtomicU64, Ordering},
};

const SLOTS: usize = 4_096;

/// A counter for each tag. Whoever keeps something takes the counts of its tags down *before* loading it, and keeps it
/// for as long as they are the same: what was loaded while it changed is never taken for new.
///
/// Tags share slots. Two that do merely send each other's readers back to the database once more.
pub(crate) struct Epochs {
    slots: Box<[AtomicU64]>,
    hasher: RandomState,
}

impl Default for Epochs {
    fn default() -> Self {
        Self { slots: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(), hasher: RandomState::new() }
    }
}

impl std::fmt::Debug for Epochs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Epochs")
    }
}

impl Epochs {
    /// The present count of a tag.
    pub(crate) fn of(&self, tag: &str) -> u64 {
        self.slot(tag).map_or(0, |slot| slot.load(Ordering::SeqCst))
    }

    /// From now on nothing that was kept under this tag is good.
    pub(crate) fn advance(&self, tag: &str) {
        if let Some(slot) = self.slot(tag) {
            slot.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn slot(&self, tag: &str) -> Option<&AtomicU64> {
        let hash = self.hasher.hash_one(tag);
        self.slots.get(usize::try_from(hash % SLOTS as u64).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_before_a_change_is_known_to_be_old() {
        let epochs = Epochs::default();
        let before = epochs.of("user:1");
        assert_eq!(epochs.of("user:1"), before);
        epochs.advance("user:1");
        assert_ne!(epochs.of("user:1"), before);
    }
}
