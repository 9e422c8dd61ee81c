//! How often one client may ask.

use super::{ConfigError, Environment, Variable};

const ENABLE_RATE_LIMITING: Variable =
    Variable::open("ENABLE_RATE_LIMITING", "`true`", "Whether clients that ask too often are answered 429.");
const RATE_LIMIT_PUBLIC_READS: Variable =
    Variable::open("RATE_LIMIT_PUBLIC_READS", "`600`", "Public reads a client may make in a minute.");
const RATE_LIMIT_DEFAULT: Variable = Variable::open(
    "RATE_LIMIT_DEFAULT",
    "`100`",
    "Any other requests under `/api` a client may make in a minute.",
);

pub(super) const VARIABLES: &[Variable] =
    &[ENABLE_RATE_LIMITING, RATE_LIMIT_PUBLIC_READS, RATE_LIMIT_DEFAULT];

/// How often one client may ask, in a minute.
#[derive(Debug, Clone)]
pub struct LimitsConfig {
    pub enabled: bool,
    pub public_reads: u32,
    pub default: u32,
}

impl LimitsConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        Ok(Self {
            enabled: environment.flag(&ENABLE_RATE_LIMITING, true)?,
            public_reads: environment.number(&RATE_LIMIT_PUBLIC_READS, 1, 10_000_000, 600)?,
            default: environment.number(&RATE_LIMIT_DEFAULT, 1, 10_000_000, 100)?,
        })
    }
}
