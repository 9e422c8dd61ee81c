//! Structured logs: JSON for machines, a readable line for people. Log identifiers, never secrets.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use super::{line::Line, output::Lines};
use crate::config::LoggingConfig;

/// Starts logging to standard error. Only the first call in a process counts.
pub fn start_logging(config: &LoggingConfig) {
    // What libraries say of their own start is of interest only to who asks for it.
    let filter = EnvFilter::new(format!("sea_orm_migration=warn,actix_server=warn,{}", config.filter));
    let lines = fmt::layer().event_format(Line(config.format)).with_writer(Lines::start());
    if tracing_subscriber::registry().with(filter).with(lines).try_init().is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string);
            tracing::error!(place, "{}", panic.payload_as_str().unwrap_or("panicked"));
        }));
    }
}
