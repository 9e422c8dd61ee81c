//! Placing an order once, however often it is sent.
//!
//! Whoever sends an order and hears nothing does not know whether it arrived. So what is sent carries a key, and is kept
//! with it until there is an answer that settles the matter: sent again, also after the page was loaded anew, it is the
//! same order to the server.

use uuid::Uuid;

use crate::client::ClientError;

/// After how many milliseconds to send once more, the first time, the second, and so on.
pub(crate) const PAUSES: [u32; 4] = [1_000, 2_000, 4_000, 8_000];

/// An order that was or is about to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) key: String,
    /// Whose order it is.
    customer: Uuid,
    /// JSON.
    pub(crate) body: String,
}

impl Attempt {
    /// The attempt that was kept, if it is this customer's at the same thing; else a new one.
    pub(crate) fn at(kept: Option<Self>, customer: Uuid, body: String, key: impl FnOnce() -> String) -> Self {
        match kept {
            Some(kept) if kept.customer == customer && kept.body == body => kept,
            _ => Self { key: key(), customer, body },
        }
    }

    /// Reads what was kept, if it is this customer's.
    pub(crate) fn recalled(text: &str, customer: Uuid) -> Option<Self> {
        let mut lines = text.splitn(3, '\n');
        let (key, owner, body) = (lines.next()?, lines.next()?, lines.next()?);
        let is_own = owner.parse() == Ok(customer);
        is_own.then(|| Self { key: key.to_owned(), customer, body: body.to_owned() })
    }

    /// To be kept: one line for each field.
    pub(crate) fn to_text(&self) -> String {
        format!("{}\n{}\n{}", self.key, self.customer, self.body)
    }
}

/// Whether the order may have been placed, or may yet be, in spite of this: then nothing but sending the same attempt
/// again can tell.
pub(crate) fn is_open(error: &ClientError) -> bool {
    match error.status() {
        None | Some(401 | 408 | 500..) => true,
        Some(_) => error.code() == Some("REQUEST_RUNNING"),
    }
}

/// Whether to send it again without being asked.
pub(crate) fn is_worth_repeating(error: &ClientError) -> bool {
    is_open(error) && error.status() != Some(401)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::problem;

    const ADA: Uuid = Uuid::from_u128(1);
    const BOB: Uuid = Uuid::from_u128(2);

    fn first() -> Attempt {
        Attempt::at(None, ADA, "{}".into(), || "one".into())
    }

    #[test]
    fn the_same_order_keeps_its_key_and_another_one_gets_another() {
        let key = |kept: Option<Attempt>, customer, body: &str| {
            Attempt::at(kept, customer, body.into(), || "two".into()).key
        };
        assert_eq!(key(Some(first()), ADA, "{}"), "one");
        assert_eq!(key(Some(first()), ADA, r#"{"notes":"ring twice"}"#), "two");
        assert_eq!(key(Some(first()), BOB, "{}"), "two");
        assert_eq!(key(None, ADA, "{}"), "two");
    }

    #[test]
    fn an_attempt_survives_being_kept_and_is_nobody_elses() {
        let kept = first().to_text();
        assert_eq!(Attempt::recalled(&kept, ADA), Some(first()));
        assert_eq!(Attempt::recalled(&kept, BOB), None);
        assert_eq!(Attempt::recalled("", ADA), None);
        assert_eq!(Attempt::recalled("one\ntwo\n{}", ADA), None);
    }

    #[test]
    fn what_leaves_the_matter_open_is_sent_again_with_the_same_key() {
        let broken = ClientError::Unreadable { status: 502, request_id: None };
        for open in [
            ClientError::Unreachable,
            broken,
            problem(500, "INTERNAL_ERROR", &[]),
            problem(503, "SERVICE_UNAVAILABLE", &[]),
            problem(408, "REQUEST_TIMEOUT", &[]),
            problem(409, "REQUEST_RUNNING", &[]),
        ] {
            assert!(is_open(&open) && is_worth_repeating(&open), "{open:?}");
        }
        // Signed out in the meantime: only the customer can go on, with the same attempt.
        assert!(is_open(&ClientError::SignedOut) && !is_worth_repeating(&ClientError::SignedOut));
    }

    #[test]
    fn what_settles_it_ends_the_attempt() {
        for settled in [
            problem(409, "OUT_OF_STOCK", &[]),
            problem(409, "TOTAL_CHANGED", &[]),
            problem(422, "VALIDATION_ERROR", &[("/shippingAddress/city", "length")]),
            problem(422, "KEY_REUSED", &[]),
            problem(429, "RATE_LIMITED", &[]),
        ] {
            assert!(!is_open(&settled), "{settled:?}");
        }
    }
}
