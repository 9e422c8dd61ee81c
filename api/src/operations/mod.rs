//! What operators, load balancers and client builders ask for: health, readiness, metrics, the API's own description.

mod contract;
mod docs;
mod health;
mod metrics;

pub(crate) use contract::{ApiDocument, complete, describe};
pub(crate) use docs::{configure as configure_docs, swagger_ui};
pub(crate) use health::configure as configure_health;
pub(crate) use metrics::{configure as configure_metrics, metrics_only};
