//! Structured logs: JSON for machines, a readable line for people. Log identifiers, never secrets.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{LogFormat, LoggingConfig};

/// Starts logging to standard error. Only the first call in a process counts.
pub fn start_logging(config: &LoggingConfig) {
    // What libraries say of their own start is of interest only to who asks for it.
    let filter = EnvFilter::new(format!("sea_orm_migration=warn,actix_server=warn,{}", config.filter));
    let registry = tracing_subscriber::registry().with(filter);
    let started = match config.format {
        LogFormat::Json => registry
            .with(
                fmt::layer()
                    .json()
                    .flatten_event(true)
                    .with_current_span(true)
                    .with_span_list(false)
                    .with_writer(std::io::stderr),
            )
            .try_init(),
        LogFormat::Pretty => registry
            .with(
                fmt::layer()
                    .compact()
                    .with_ansi(std::io::stderr().is_terminal())
                    .with_writer(std::io::stderr),
            )
            .try_init(),
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string);
            tracing::error!(place, "{}", panic.payload_as_str().unwrap_or("panicked"));
        }));
    }
}
