//! One client's requests: how many in this window, and how many in the one before, of which as much counts as a
//! window that ends now would still hold if they had come evenly.

/// All in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// The number of the window.
    pub(super) index: i64,
    window: i64,
    elapsed: i64,
}

impl Moment {
    pub(super) fn new(now: i64, window: i64) -> Self {
        Self { index: now.div_euclid(window), window, elapsed: now.rem_euclid(window) }
    }

    /// How long this window goes on.
    fn left(self) -> i64 {
        self.window - self.elapsed
    }
}

/// Whether a request is within the limit, and how it stands afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) admitted: bool,
    pub(super) used: u32,
    /// In how many milliseconds there is more room; when refused: room at all.
    pub(super) opens_in: i64,
}

/// What the other servers have not been told yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Untold {
    pub(super) index: i64,
    pub(super) current: u32,
    pub(super) previous: u32,
}

#[derive(Debug, Default)]
pub(super) struct Counter {
    index: i64,
    /// Of this window: what all servers know of, and what only this one does.
    told: u32,
    untold: u32,
    /// Of the window before: all of it, and the part of that only this server knows of.
    previous: u32,
    previous_untold: u32,
}

impl Counter {
    /// Counts a request, if it is within the quota. What is refused does not count, so that it opens when it says.
    pub(super) fn take(&mut self, quota: u32, at: Moment) -> Taken {
        self.turn(at.index);
        let used = self.used(at);
        if used < quota {
            self.untold = self.untold.saturating_add(1);
            return Taken { admitted: true, used: used + 1, opens_in: at.left() };
        }
        Taken { admitted: false, used, opens_in: self.opens_in(quota, at) }
    }

    /// Whether it still matters.
    pub(super) fn counts(&self, index: i64) -> bool {
        self.index >= index - 1
    }

    /// What the others are to be told now.
    pub(super) fn tell(&mut self) -> Untold {
        let untold = Untold { index: self.index, current: self.untold, previous: self.previous_untold };
        self.told = self.current();
        (self.untold, self.previous_untold) = (0, 0);
        untold
    }

    /// Takes over what all servers have counted together, never less than this one alone has.
    pub(super) fn learn(&mut self, index: i64, current: u32, previous: u32) {
        match self.index - index {
            0 => {
                self.told = self.told.max(current);
                self.previous = self.previous.max(previous);
            }
            1 => self.previous = self.previous.max(current),
            _ => {}
        }
    }

    fn current(&self) -> u32 {
        self.told.saturating_add(self.untold)
    }

    /// Goes on to a later window.
    fn turn(&mut self, index: i64) {
        match index - self.index {
            // A clock that was set back.
            ..=0 => return,
            1 => (self.previous, self.previous_untold) = (self.current(), self.untold),
            _ => (self.previous, self.previous_untold) = (0, 0),
        }
        (self.told, self.untold, self.index) = (0, 0, index);
    }

    /// The millisecond under way counts as past, so that a new window has room for one at once.
    fn used(&self, at: Moment) -> u32 {
        let share = i64::from(self.previous) * (at.left() - 1) / at.window;
        u32::try_from(share).unwrap_or_default().saturating_add(self.current())
    }

    /// When there will be room if nobody asks until then.
    fn opens_in(&self, quota: u32, at: Moment) -> i64 {
        let (current, quota, window) = (i64::from(self.current()), i64::from(quota), at.window);
        // From when on in a window of what the one before it held only so much counts that there is room for one more.
        let opens_at = |room: i64, before: i64| window - (room * window + before - 1) / before.max(1);
        if current < quota {
            (opens_at(quota - current, i64::from(self.previous)) - at.elapsed).max(1)
        } else {
            at.left() + opens_at(quota, current).max(0)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WINDOW: i64 = 60_000;

    fn at(now: i64) -> Moment {
        Moment::new(now, WINDOW)
    }

    #[test]
    fn a_full_window_opens_with_the_next_one_little_by_little() {
        let mut counter = Counter::default();
        for nth in 1..=100 {
            assert_eq!(counter.take(100, at(10_000)), Taken { admitted: true, used: nth, opens_in: 50_000 });
        }
        assert_eq!(counter.take(100, at(10_000)), Taken { admitted: false, used: 100, opens_in: 50_000 });
        assert!(counter.take(100, at(60_000)).admitted);
        assert!(!counter.take(100, at(60_000)).admitted, "the minute before still counts");
        let half = (0..100).filter(|_| counter.take(100, at(90_000)).admitted).count();
        assert_eq!(half, 50, "and counts half at half time");
    }

    #[test]
    fn what_others_have_counted_counts() {
        let mut counter = Counter::default();
        assert!(counter.take(10, at(0)).admitted);
        assert_eq!(counter.tell(), Untold { index: 0, current: 1, previous: 0 });
        assert!(counter.take(10, at(1)).admitted);
        counter.learn(0, 9, 0);
        assert!(!counter.take(10, at(2)).admitted, "nine that all know of, and one that only we do");
        assert_eq!(counter.tell(), Untold { index: 0, current: 1, previous: 0 });
        counter.learn(0, 3, 0);
        assert!(!counter.take(10, at(3)).admitted, "a Redis that forgot takes nothing back");
    }

    #[test]
    fn what_was_not_told_in_time_is_told_late() {
        let mut counter = Counter::default();
        counter.take(10, at(WINDOW - 1));
        counter.take(10, at(WINDOW));
        assert_eq!(counter.tell(), Untold { index: 1, current: 1, previous: 1 });
        counter.take(10, at(3 * WINDOW));
        assert_eq!(counter.tell(), Untold { index: 3, current: 1, previous: 0 });
    }

    proptest! {
        #[test]
        fn a_window_holds_no_more_than_the_quota_and_a_refusal_tells_the_truth(
            quota in 1_u32..50,
            steps in prop::collection::vec(0_i64..5_000, 1..300),
        ) {
            let mut counter = Counter::default();
            let (mut now, mut admitted) = (0, std::collections::HashMap::new());
            for step in steps {
                now += step;
                let taken = counter.take(quota, at(now));
                if taken.admitted {
                    *admitted.entry(now / WINDOW).or_insert(0_u32) += 1;
                    continue;
                }
                prop_assert!(taken.opens_in >= 1);
                let just_before = now + taken.opens_in - 1;
                prop_assert!(!counter.take(quota, at(just_before)).admitted);
                now += taken.opens_in;
                prop_assert!(counter.take(quota, at(now)).admitted);
                *admitted.entry(now / WINDOW).or_insert(0) += 1;
            }
            prop_assert!(admitted.values().all(|count| *count <= quota));
        }
    }
}
