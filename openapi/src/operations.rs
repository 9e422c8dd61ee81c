//! What operators and load balancers ask: is it up, is it ready.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The process is up. Says nothing about what it depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Always `ok`: a process that is not does not answer.
    #[cfg_attr(feature = "schema", schema(example = "ok"))]
    pub status: String,
    #[cfg_attr(feature = "schema", schema(example = "0.1.0"))]
    pub version: String,
    /// The commit the binary was built from, or `unknown`.
    #[cfg_attr(feature = "schema", schema(example = "1a2b3c4d5e6f"))]
    pub commit: String,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 4711))]
    pub uptime_seconds: u64,
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    #[serde(with = "crate::time")]
    pub timestamp: DateTime<Utc>,
}

/// Whether this process should be sent requests, and how its dependencies are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Readiness {
    pub status: ReadinessStatus,
    pub checks: Vec<DependencyCheck>,
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    #[serde(with = "crate::time")]
    pub timestamp: DateTime<Utc>,
}

/// `degraded`: something is away, and what can still be answered is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReadinessStatus {
    Ready,
    Degraded,
}

/// How one dependency is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DependencyCheck {
    #[cfg_attr(feature = "schema", schema(example = "database"))]
    pub name: String,
    /// What stands behind the name: `sqlite`, `postgresql`, `redis`.
    #[cfg_attr(feature = "schema", schema(example = "sqlite"))]
    pub engine: String,
    pub state: DependencyState,
    /// How long it took to answer.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 0.21))]
    pub latency_ms: f64,
}

/// Whether a dependency answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum DependencyState {
    Up,
    Down,
}

/// A problem that also says how each dependency is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NotReadyProblem {
    #[serde(flatten)]
    pub problem: crate::Problem,
    pub checks: Vec<DependencyCheck>,
}

/// How strictly to judge readiness.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, validator::Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ReadinessQuery {
    /// Answer 503 whenever anything is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(default = false))]
    pub strict: Option<bool>,
}
