//! One file per scenario: what is done, how often, and the table it makes.

pub(crate) mod deep_paging;
pub(crate) mod startup;

use crate::{failure::Failure, report::Report};

/// A page, and whether what must be exact is.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) report: Report,
    pub(crate) verdict: Result<(), Failure>,
}
