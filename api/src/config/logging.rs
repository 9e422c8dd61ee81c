//! What is logged, and how.

use std::str::FromStr;

use super::{ConfigError, Environment, Mode, Variable};

const LOG_LEVEL: Variable = Variable::open(
    "LOG_LEVEL",
    "`info`",
    "`error`, `warn`, `info`, `debug` or `trace`; or directives like `info,api::catalog=debug`.",
);
const LOG_FORMAT: Variable = Variable::open(
    "LOG_FORMAT",
    "`pretty` (`json` in production)",
    "`pretty` for people, `json` for machines.",
);

pub(super) const VARIABLES: &[Variable] = &[LOG_LEVEL, LOG_FORMAT];

/// For people or for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Pretty,
    Json,
}

impl FromStr for LogFormat {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "pretty" => Ok(Self::Pretty),
            "json" => Ok(Self::Json),
            _ => Err("it must be pretty or json"),
        }
    }
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub struct LoggingConfig {
    /// In the syntax of `tracing_subscriber::EnvFilter`, known to be readable.
    pub filter: String,
    pub format: LogFormat,
}

impl LoggingConfig {
    pub(super) fn read(environment: &Environment, mode: Mode) -> Result<Self, ConfigError> {
        let filter = environment.text(&LOG_LEVEL)?.unwrap_or_else(|| "info".into());
        // `EnvFilter` takes a misspelt level for the name of a module, and then logs nothing.
        let names_levels = filter.split(',').all(|directive| {
            let level = directive.rsplit('=').next().unwrap_or_default().trim().to_ascii_lowercase();
            matches!(level.as_str(), "off" | "error" | "warn" | "info" | "debug" | "trace")
        });
        if !names_levels || tracing_subscriber::EnvFilter::try_new(&filter).is_err() {
            return Err(LOG_LEVEL.refuse("must be error, warn, info, debug or trace"));
        }
        let by_mode = if mode == Mode::Production { LogFormat::Json } else { LogFormat::Pretty };
        Ok(Self { filter, format: environment.parsed(&LOG_FORMAT)?.unwrap_or(by_mode) })
    }
}
