//! How much is kept in memory.

use super::{ConfigError, Environment, Variable};

const CACHE_MEMORY_MB: Variable = Variable::open(
    "CACHE_MEMORY_MB",
    "`64`",
    "What answers kept in memory may weigh together; `0` keeps none, in Redis neither.",
);

pub(super) const VARIABLES: &[Variable] = &[CACHE_MEMORY_MB];

/// How much is kept in memory.
#[derive(Debug, Clone)]
pub struct CacheConfig {
    pub memory_bytes: u64,
}

impl CacheConfig {
    pub(super) fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let megabytes: u64 = environment.number(&CACHE_MEMORY_MB, 0, 65_536, 64)?;
        Ok(Self { memory_bytes: megabytes << 20 })
    }
}
