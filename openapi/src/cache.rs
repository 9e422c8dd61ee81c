//! What the cache says of itself.

use serde::{Deserialize, Serialize};

/// How the cache of this server is doing since it started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CacheReport {
    pub memory: MemoryReport,
    /// Null where the shop runs without Redis.
    #[cfg_attr(feature = "schema", schema(required))]
    pub redis: Option<RedisReport>,
    /// Kinds of answers.
    pub families: Vec<FamilyReport>,
}

/// What is kept in this process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemoryReport {
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 1_250))]
    pub entries: u64,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 9_800_000))]
    pub bytes: u64,
    /// 0 where the cache is turned off.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 67_108_864))]
    pub capacity_bytes: u64,
}

/// What is shared with other servers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RedisReport {
    /// Whether it is left alone at present, because it failed.
    pub is_left_alone: bool,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 512_000))]
    pub written_bytes: u64,
}

/// One kind of answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FamilyReport {
    #[cfg_attr(feature = "schema", schema(example = "products"))]
    pub name: String,
    /// The share of questions answered without the database; null before the first.
    #[cfg_attr(feature = "schema", schema(required, minimum = 0, maximum = 1, example = 0.9995))]
    pub hit_rate: Option<f64>,
    pub memory: MemoryLookups,
    pub redis: RedisLookups,
    /// Answers made from the database.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 12))]
    pub loads: u64,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 0))]
    pub failed_loads: u64,
}

/// What came of asking memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemoryLookups {
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 48_000))]
    pub hits: u64,
    /// Those who waited for somebody else's answer to the same question.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 31))]
    pub coalesced: u64,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 20))]
    pub misses: u64,
    /// Those who were shown an old answer because the database was away.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 0))]
    pub stale: u64,
}

/// What came of asking Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RedisLookups {
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 8))]
    pub hits: u64,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 12))]
    pub misses: u64,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 0))]
    pub failed: u64,
    /// Not asked, because it is left alone.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 0))]
    pub skipped: u64,
}
