//! What operators see: logs and metrics.

mod logs;
mod metrics;

pub use logs::start_logging;
pub use metrics::Metrics;
