//! What operators see: logs and metrics.

mod line;
mod logs;
mod metrics;
mod output;
mod request;

pub use logs::start_logging;
pub use metrics::Metrics;
pub(crate) use output::flush;
pub use request::Request;
