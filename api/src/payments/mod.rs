//! Those through whom money comes in and goes back. Orders know them by this port only: whom they ask, and what they hear.
//!
//! What is asked carries an id of ours. A provider that is asked the same twice, because nobody heard its first answer,
//! does it once. Nothing is asked inside a transaction.

mod manual;

use std::fmt;

use futures_util::future::BoxFuture;
use openapi::Money;
use uuid::Uuid;

pub(crate) use manual::Manual;

/// Money to come in.
#[derive(Debug, Clone)]
pub struct Charge {
    pub id: Uuid,
    pub order_number: String,
    pub amount: Money,
    pub currency: String,
    /// What the provider calls it, once it has said so.
    pub reference: Option<String>,
}

/// Money to go back.
#[derive(Debug, Clone)]
pub struct Repayment {
    pub id: Uuid,
    pub order_number: String,
    pub amount: Money,
    pub currency: String,
    /// What the provider calls the charge it is of.
    pub charge: Option<String>,
}

/// How far the money has come, by the word of a provider: its answer, or what it tells of its own accord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Somebody else has to do something first.
    Waiting,
    /// Promised, and to be captured.
    Authorised,
    /// It has arrived.
    Done,
    /// It will not come.
    Failed(String),
}

/// What a provider says of a charge or a repayment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub progress: Progress,
    /// What the provider calls it.
    pub reference: Option<String>,
}

/// A provider that cannot be asked now.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the payment provider {provider} cannot be asked: {why}")]
pub struct Away {
    pub provider: &'static str,
    pub why: String,
}

/// Somebody through whom money moves.
pub trait Provider: fmt::Debug + Send + Sync {
    /// What it is called, in the database and in the contract.
    fn name(&self) -> &'static str;
    /// What who pays is to do, as long as a charge waits.
    fn instructions(&self) -> Option<&str>;
    /// Begins a charge.
    fn authorise<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, Result<Word, Away>>;
    /// Takes what was promised.
    fn capture<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, Result<Word, Away>>;
    /// Gives back.
    fn refund<'a>(&'a self, repayment: &'a Repayment) -> BoxFuture<'a, Result<Word, Away>>;
}
