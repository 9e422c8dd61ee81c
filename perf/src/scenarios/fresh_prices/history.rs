//! What each product has cost since when, and whether what a reader was shown is good.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Within which every server shows a new price.
const BOUND: Duration = Duration::from_secs(1);
/// Every price ever asked is another one: the number of the change, in cents, above this.
const FIRST: u32 = 1_000_000;

/// A change that was answered.
#[derive(Debug, Clone, Copy)]
struct Change {
    number: u32,
    answered: Instant,
    /// How long after its answer a reader of the other server was first shown it.
    shown_after: Option<Duration>,
}

/// The changes of each product.
#[derive(Debug)]
pub(super) struct History(Mutex<Vec<Vec<Change>>>);

/// Which server was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Writing,
    Other,
}

impl History {
    pub(super) fn of(products: usize) -> Self {
        Self(Mutex::new(vec![vec![]; products]))
    }

    /// How a price is written that no other change has.
    pub(super) fn price(number: u32) -> String {
        let cents = FIRST + number;
        format!("{}.{:02}", cents / 100, cents % 100)
    }

    /// A change was answered just now.
    pub(super) fn answered(&self, product: usize, number: u32) {
        let change = Change { number, answered: Instant::now(), shown_after: None };
        if let Some(changes) = self.locked().get_mut(product) {
            changes.push(change);
        }
    }

    /// Whether a reader who asked then may be shown this price. Whoever asks the server that made a change, after that was
    /// answered, must see it; whoever asks another server, a second later.
    pub(super) fn allows(&self, which: Which, product: usize, asked: Instant, shown: Option<u32>) -> bool {
        let mut history = self.locked();
        let Some(changes) = history.get_mut(product) else { return true };
        if which == Which::Other {
            let seen =
                changes.iter_mut().rev().filter(|change| shown.is_some_and(|shown| shown >= change.number));
            for change in seen.take_while(|change| change.shown_after.is_none()) {
                change.shown_after = Some(change.answered.elapsed());
            }
        }
        let grace = if which == Which::Writing { Duration::ZERO } else { BOUND };
        let due = changes.iter().rev().find(|change| change.answered + grace <= asked);
        due.is_none_or(|due| shown.is_some_and(|shown| shown >= due.number))
    }

    /// How long each change took to be shown by the other server, in milliseconds. Forgets them.
    pub(super) fn delays(&self) -> Vec<f64> {
        let mut delays = vec![];
        for changes in self.locked().iter_mut() {
            let last = changes.pop();
            let shown = changes.drain(..).filter_map(|change| change.shown_after);
            delays.extend(shown.map(|delay| delay.as_secs_f64() * 1_000.0));
            changes.extend(last);
        }
        delays
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Vec<Change>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number of the change that set a product's price, as its page or a list of it alone tells; none where the price was
/// never changed.
pub(super) fn number_in(body: &[u8]) -> Option<u32> {
    let mark = b"\"price\":\"";
    let begin = body.windows(mark.len()).position(|window| window == mark)? + mark.len();
    let digits =
        body.get(begin..)?.iter().take_while(|byte| **byte != b'"').filter(|byte| byte.is_ascii_digit());
    let cents: u32 = String::from_utf8(digits.copied().collect()).ok()?.parse().ok()?;
    cents.checked_sub(FIRST)
}

/// How often each status was answered.
pub(super) type Statuses = BTreeMap<u16, usize>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_tells_which_change_it_is_of() {
        let body =
            format!("{{\"data\":{{\"sku\":\"X\",\"price\":\"{}\",\"compareAt\":null}}}}", History::price(42));
        assert_eq!(number_in(body.as_bytes()), Some(42));
        assert_eq!(number_in(b"{\"price\":\"12.00\"}"), None);
        assert_eq!(number_in(b"{}"), None);
    }

    #[test]
    fn an_old_price_is_wrong_at_once_where_it_was_changed_and_after_a_second_elsewhere() {
        let history = History::of(1);
        let before = Instant::now();
        history.answered(0, 1);
        let after = Instant::now();
        assert!(history.allows(Which::Writing, 0, before, None), "asked before");
        assert!(!history.allows(Which::Writing, 0, after, None));
        assert!(history.allows(Which::Writing, 0, after, Some(1)));
        assert!(history.allows(Which::Writing, 0, after, Some(2)), "a newer one, not answered yet");
        assert!(history.allows(Which::Other, 0, after, None));
        assert!(!history.allows(Which::Other, 0, after + BOUND, None));
    }

    #[test]
    fn the_delay_is_that_until_it_was_first_shown() {
        let history = History::of(1);
        history.answered(0, 1);
        history.answered(0, 2);
        let now = Instant::now();
        history.allows(Which::Other, 0, now, Some(2));
        assert_eq!(history.delays().len(), 1, "of all but the last");
    }
}
