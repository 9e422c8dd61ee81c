//! How orders are paid.

use chrono::TimeDelta;

use super::{ConfigError, Environment, Variable};

const UNPAID_KEPT: Variable = Variable::open(
    "UNPAID_ORDERS_KEPT_HOURS",
    "`72`",
    "After how many hours an order that is neither paid nor confirmed is cancelled, or `never`.",
);
const INSTRUCTIONS: Variable = Variable::open(
    "PAYMENT_INSTRUCTIONS",
    "none",
    "What customers are told to do to pay, like where to transfer the amount to.",
);

pub(super) const VARIABLES: &[Variable] = &[UNPAID_KEPT, INSTRUCTIONS];

const DEFAULT_HOURS: i64 = 72;
/// Ten years: whoever waits longer waits for ever.
const MOST_HOURS: i64 = 87_600;

/// How orders are paid.
#[derive(Debug, Clone)]
pub struct PaymentsConfig {
    /// How long an order waits to be paid; for ever, if none.
    pub unpaid_kept: Option<TimeDelta>,
    pub instructions: Option<String>,
}

impl PaymentsConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let unpaid_kept = match environment.text(&UNPAID_KEPT)?.as_deref().map(str::trim) {
            None => Some(TimeDelta::hours(DEFAULT_HOURS)),
            Some("never") => None,
            Some(text) => Some(
                text.parse()
                    .ok()
                    .filter(|hours| (1..=MOST_HOURS).contains(hours))
                    .map(TimeDelta::hours)
                    .ok_or_else(|| {
                        UNPAID_KEPT.refuse("must be a whole number of hours from 1 to 87600, or never")
                    })?,
            ),
        };
        Ok(Self { unpaid_kept, instructions: environment.text(&INSTRUCTIONS)? })
    }
}
