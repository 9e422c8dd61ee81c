//! One file or folder per scenario: what is done, how often, and the table it makes.

pub(crate) mod cached_reads;
pub(crate) mod deep_paging;
pub(crate) mod fresh_prices;
pub(crate) mod hit_rate;
pub(crate) mod orders;
pub(crate) mod sign_in_flood;
pub(crate) mod sign_in_timing;
pub(crate) mod size;
pub(crate) mod startup;
pub(crate) mod traces;
pub(crate) mod two_servers;
pub(crate) mod uncached_list;

use std::{collections::BTreeMap, panic, thread::ScopedJoinHandle};

use crate::{failure::Failure, report::Report, sample::Sample};

/// A page, and whether what must be exact is.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) report: Report,
    pub(crate) verdict: Result<(), Failure>,
}

/// Has a server ask its database for every answer.
fn without_cache() -> (&'static str, String) {
    ("CACHE_MEMORY_MB", "0".to_owned())
}

/// What a thread found out. Whatever broke it breaks this one.
pub(crate) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|broken| panic::resume_unwind(broken))
}

/// `150 × 200, 50 × 401`: how often each status was answered.
fn list_statuses(statuses: &BTreeMap<u16, usize>) -> String {
    let counted: Vec<_> = statuses.iter().map(|(status, times)| format!("{times} × {status}")).collect();
    counted.join(", ")
}

/// Thousands in a second are not told to the hundredth.
fn whole(rate: &Sample) -> String {
    format!("{:.0} ({:.0}–{:.0})", rate.median(), rate.min(), rate.max())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_counted_in_order() {
        assert_eq!(list_statuses(&BTreeMap::from([(429, 35), (401, 5)])), "5 × 401, 35 × 429");
    }
}
