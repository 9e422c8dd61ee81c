//! The access token, and who waits for another one. Plain data: nothing is sent from here.
//!
//! However many requests find their token too old, one renewal is under way at a time, and all of them wait for it.
//! Whoever signs in or out in the meantime makes its outcome worthless.

use std::rc::Rc;

/// What to do for want of a token.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(super) enum Advice {
    /// Use this one.
    Use(Rc<str>),
    /// Ask for another one, and hand the outcome to [`Tokens::renewed`] with this number. Wait, like the others.
    Renew(u32),
    /// Somebody asks already.
    Wait,
}

/// The token in memory, and nowhere else. Not even a log can show it.
pub(super) struct Tokens<W> {
    token: Option<Rc<str>>,
    /// Those who wait for the renewal under way.
    waiting: Option<Vec<W>>,
    /// How often somebody signed in or out.
    turn: u32,
}

impl<W> Default for Tokens<W> {
    fn default() -> Self {
        Self { token: None, waiting: None, turn: 0 }
    }
}

impl<W> Tokens<W> {
    /// Whether this is the one in memory.
    pub(super) fn is_current(&self, token: &str) -> bool {
        self.token.as_deref() == Some(token)
    }

    /// What to send. `refused` is a token that the API did not take any more; `waiter` is kept unless there is another.
    pub(super) fn need(&mut self, refused: Option<&str>, waiter: W) -> Advice {
        if let Some(token) = self.token.as_ref().filter(|token| Some(token.as_ref()) != refused) {
            return Advice::Use(Rc::clone(token));
        }
        if let Some(waiting) = &mut self.waiting {
            waiting.push(waiter);
            return Advice::Wait;
        }
        self.waiting = Some(vec![waiter]);
        Advice::Renew(self.turn)
    }

    /// Whose turn it is: another number for everybody who signs in.
    pub(super) fn turn(&self) -> u32 {
        self.turn
    }

    /// Whether nobody signed in or out since.
    pub(super) fn is_turn(&self, turn: u32) -> bool {
        self.turn == turn
    }

    /// The renewal is over, with another token or without. Everybody who waited is to be told.
    pub(super) fn renewed(&mut self, turn: u32, token: Option<&str>) -> Vec<W> {
        if !self.is_turn(turn) {
            return Vec::new();
        }
        if let Some(token) = token {
            self.token = Some(token.into());
        }
        self.waiting.take().unwrap_or_default()
    }

    /// Somebody signed in, or out. Those who waited did so for somebody else, and are to be told that it is over.
    pub(super) fn replace(&mut self, token: Option<&str>) -> Vec<W> {
        self.turn += 1;
        self.token = token.map(Into::into);
        self.waiting.take().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed_in(token: &str) -> Tokens<u8> {
        let mut tokens = Tokens::default();
        assert!(tokens.replace(Some(token)).is_empty());
        tokens
    }

    #[test]
    fn a_token_that_was_not_refused_is_used() {
        let mut tokens = signed_in("old");
        assert_eq!(tokens.need(None, 1), Advice::Use("old".into()));
        assert_eq!(tokens.need(Some("older"), 2), Advice::Use("old".into()));
    }

    #[test]
    fn many_waiters_cause_one_renewal() {
        let mut tokens = signed_in("old");
        let Advice::Renew(turn) = tokens.need(Some("old"), 1) else { panic!("the first one asks") };
        for waiter in 2..=9 {
            assert_eq!(tokens.need(Some("old"), waiter), Advice::Wait);
        }
        assert_eq!(tokens.renewed(turn, Some("new")), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        // A request that was slow to be refused finds the new one.
        assert_eq!(tokens.need(Some("old"), 10), Advice::Use("new".into()));
    }

    #[test]
    fn the_renewal_of_a_page_that_loads_is_shared_as_well() {
        let mut tokens = Tokens::default();
        let Advice::Renew(turn) = tokens.need(None, 1) else { panic!("the page itself asks") };
        assert_eq!(tokens.need(None, 2), Advice::Wait);
        assert_eq!(tokens.renewed(turn, Some("new")), [1, 2]);
        assert_eq!(tokens.need(None, 3), Advice::Use("new".into()));
    }

    #[test]
    fn a_failed_renewal_wakes_everybody_and_is_tried_again_by_the_next() {
        let mut tokens = signed_in("old");
        let Advice::Renew(turn) = tokens.need(Some("old"), 1) else { panic!() };
        assert_eq!(tokens.need(Some("old"), 2), Advice::Wait);
        assert_eq!(tokens.renewed(turn, None), [1, 2]);
        assert_eq!(tokens.need(Some("old"), 3), Advice::Renew(turn));
    }

    #[test]
    fn a_token_survives_a_renewal_that_did_not_get_through() {
        let mut tokens = signed_in("old");
        let Advice::Renew(turn) = tokens.need(Some("old"), 1) else { panic!() };
        tokens.renewed(turn, None);
        assert_eq!(tokens.need(None, 2), Advice::Use("old".into()), "the network is away, not the visitor");
    }

    #[test]
    fn who_signs_out_while_a_token_is_renewed_stays_signed_out() {
        let mut tokens = signed_in("old");
        let Advice::Renew(turn) = tokens.need(Some("old"), 1) else { panic!() };
        assert_eq!(tokens.replace(None), [1]);
        assert!(!tokens.is_turn(turn));
        assert!(tokens.renewed(turn, Some("late")).is_empty());
        assert!(matches!(tokens.need(None, 2), Advice::Renew(_)), "the late token is not kept");
    }

    #[test]
    fn a_late_renewal_does_not_replace_another_visitor() {
        let mut tokens = signed_in("ada");
        let Advice::Renew(turn) = tokens.need(Some("ada"), 1) else { panic!() };
        assert_eq!(tokens.replace(Some("bob")), [1]);
        assert!(tokens.renewed(turn, Some("ada again")).is_empty());
        assert_eq!(tokens.need(None, 2), Advice::Use("bob".into()));
    }

    #[test]
    fn a_late_renewal_takes_no_waiters_from_the_next_one() {
        let mut tokens = signed_in("ada");
        let Advice::Renew(first) = tokens.need(Some("ada"), 1) else { panic!() };
        tokens.replace(Some("bob"));
        let Advice::Renew(second) = tokens.need(Some("bob"), 2) else { panic!() };
        assert!(tokens.renewed(first, None).is_empty());
        assert_eq!(tokens.renewed(second, Some("bob again")), [2]);
    }
}
