//! What operators see: logs, metrics and traces.

mod line;
mod logs;
mod metrics;
mod output;
mod request;
mod traces;

pub use logs::start_logging;
pub use metrics::Metrics;
pub(crate) use output::flush;
pub use request::Request;
pub(crate) use traces::{Answered, Call, Origin, Trace, Traces, redis_call, start as send_traces};
