//! Telling the CDN in front of the shop what changed, so that it may keep public answers for long. What changed is known
//! from the generations of the cache's tags: a change is to be told until its row says that it was. Nothing here makes a
//! request wait, or fail.

mod cloudfront;
mod keys;
mod metrics;
mod paths;
mod purger;
mod queries;
mod signature;

pub(crate) use metrics::CdnMetrics;
pub(crate) use purger::start;
