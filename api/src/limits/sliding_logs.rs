//! Sliding logs in process: when each of the last few happened. Does what `sliding_logs.lua` does in Redis.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use super::{
    decision::{Intent, Limit, Reading, Verdict},
    policy::Policy,
};

/// How many logs there may be. Each takes an attempt to sign in, which takes the attacker's time and ours.
const CAPACITY: usize = 100_000;
/// Below so many it is not worth looking for what can be forgotten.
const FEW: usize = 1_000;

#[derive(Debug)]
pub(super) struct SlidingLogs(Mutex<Logs>);

#[derive(Debug)]
struct Logs {
    by_key: HashMap<String, Log>,
    capacity: usize,
    /// At how many logs to look for those that can be forgotten.
    tidy_at: usize,
}

#[derive(Debug, Default)]
struct Log {
    /// In ascending order.
    times: VecDeque<i64>,
    /// When the last of them runs out.
    ends: i64,
}

impl Default for SlidingLogs {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl SlidingLogs {
    fn with_capacity(capacity: usize) -> Self {
        Self(Mutex::new(Logs { by_key: HashMap::new(), capacity, tidy_at: FEW.min(capacity) }))
    }

    pub(super) fn decide(&self, limits: &[Limit], now: i64, intent: Intent) -> Verdict {
        let mut logs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut admitted = true;
        for Limit { policy, key } in limits {
            if let Some(log) = logs.by_key.get_mut(key) {
                log.forget(*policy, now);
                admitted &= log.times.len() < policy.quota as usize;
            }
        }
        if admitted && intent == Intent::Add {
            for Limit { policy, key } in limits {
                logs.log(key, now).add(*policy, now);
            }
        }
        let readings = limits.iter().map(|limit| logs.read(limit, now)).collect();
        Verdict { admitted, readings }
    }
}

impl Logs {
    fn log(&mut self, key: &str, now: i64) -> &mut Log {
        if self.by_key.len() >= self.tidy_at {
            self.tidy(now);
        }
        self.by_key.entry(key.to_owned()).or_default()
    }

    /// Forgets what has run out, and if that is not enough what would run out first.
    fn tidy(&mut self, now: i64) {
        self.by_key.retain(|_, log| log.ends > now);
        if self.by_key.len() >= self.capacity {
            let mut ends: Vec<i64> = self.by_key.values().map(|log| log.ends).collect();
            // A quarter, so that this is not done all over with the next one.
            let (_, last_to_go, _) = ends.select_nth_unstable(self.capacity / 4);
            let mut excess = self.capacity / 4 + 1;
            self.by_key.retain(|_, log| {
                let goes = excess > 0 && log.ends <= *last_to_go;
                excess -= usize::from(goes);
                !goes
            });
        }
        self.tidy_at = (self.by_key.len() * 2).max(FEW).min(self.capacity);
    }

    fn read(&self, Limit { policy, key }: &Limit, now: i64) -> Reading {
        let times = self.by_key.get(key).map(|log| &log.times);
        let used = times.map_or(0, VecDeque::len);
        let leaving = times.and_then(|times| times.get(used.saturating_sub(policy.quota as usize)));
        Reading {
            used: u32::try_from(used).unwrap_or(u32::MAX),
            opens_in: leaving.map_or(0, |time| time + policy.window_ms() - now),
        }
    }
}

impl Log {
    fn forget(&mut self, policy: Policy, now: i64) {
        while self.times.front().is_some_and(|time| *time <= now - policy.window_ms()) {
            self.times.pop_front();
        }
    }

    fn add(&mut self, policy: Policy, now: i64) {
        // A clock may be set back, a log is never.
        let now = self.times.back().map_or(now, |last| now.max(*last));
        self.times.push_back(now);
        self.ends = now + policy.window_ms();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICY: Policy = Policy { name: "test", quota: 3, window: 10 };

    fn limit(subject: &str) -> Limit {
        Limit::new(POLICY, subject)
    }

    #[test]
    fn a_full_log_opens_when_it_says_so_and_not_before() {
        let logs = SlidingLogs::default();
        let limits = [limit("a")];
        for (now, used) in [(0, 1), (4_000, 2), (5_000, 3)] {
            let verdict = logs.decide(&limits, now, Intent::Add);
            assert_eq!((verdict.admitted, verdict.readings[0].used), (true, used));
        }
        let refused = logs.decide(&limits, 6_000, Intent::Add);
        assert_eq!(
            refused,
            Verdict { admitted: false, readings: vec![Reading { used: 3, opens_in: 4_000 }] }
        );
        assert!(!logs.decide(&limits, 9_999, Intent::Add).admitted);
        assert!(logs.decide(&limits, 10_000, Intent::Look).admitted, "looking takes nothing");
        assert!(logs.decide(&limits, 10_000, Intent::Add).admitted);
        assert!(!logs.decide(&limits, 10_000, Intent::Add).admitted);
    }

    #[test]
    fn one_full_log_keeps_the_others_from_being_added_to() {
        let logs = SlidingLogs::default();
        for _ in 0..3 {
            assert!(logs.decide(&[limit("full")], 0, Intent::Add).admitted);
        }
        assert!(!logs.decide(&[limit("free"), limit("full")], 0, Intent::Add).admitted);
        assert_eq!(logs.decide(&[limit("free")], 0, Intent::Look).readings[0].used, 0);
    }

    #[test]
    fn however_many_ask_only_so_many_are_remembered_and_the_newest_are() {
        let logs = SlidingLogs::with_capacity(100);
        for nth in 0..1_000 {
            logs.decide(&[limit(&nth.to_string())], nth, Intent::Add);
        }
        assert!(logs.0.lock().unwrap().by_key.len() <= 100);
        assert_eq!(logs.decide(&[limit("999")], 1_000, Intent::Look).readings[0].used, 1);
        assert_eq!(logs.decide(&[limit("0")], 1_000, Intent::Look).readings[0].used, 0);
    }

    #[test]
    fn what_has_run_out_is_forgotten() {
        let logs = SlidingLogs::default();
        for nth in 0..10_000 {
            logs.decide(&[limit(&nth.to_string())], nth * 100, Intent::Add);
        }
        assert!(logs.0.lock().unwrap().by_key.len() <= FEW);
    }

    proptest! {
        #[test]
        fn never_more_than_the_quota_in_any_window(steps in prop::collection::vec(0_i64..6_000, 1..200)) {
            let (logs, limits) = (SlidingLogs::default(), [limit("a")]);
            let (mut now, mut admitted) = (0, Vec::new());
            for step in steps {
                now += step;
                let verdict = logs.decide(&limits, now, Intent::Add);
                if verdict.admitted {
                    admitted.push(now);
                } else {
                    let opens = now + verdict.readings[0].opens_in;
                    prop_assert!(!logs.decide(&limits, opens - 1, Intent::Look).admitted);
                }
            }
            for within in admitted.windows(4) {
                prop_assert!(within[3] - within[0] >= POLICY.window_ms());
            }
        }
    }
}
