//! What the cache counts about itself, per tier and family.

use openapi::cache::{FamilyReport, MemoryLookups, RedisLookups};
use prometheus::{IntCounter, IntCounterVec, IntGauge, Opts, Registry};

use super::family::Family;

/// What came of asking the first tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemoryOutcome {
    Hit,
    /// Somebody else was fetching it already.
    Coalesced,
    Miss,
    /// Shown although it may be out of date, because the database is away.
    Stale,
}

/// What came of asking the second tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SharedOutcome {
    Hit,
    Miss,
    Failed,
    /// Redis is left alone at present.
    Skipped,
}

const MEMORY: [(MemoryOutcome, &str); 4] = [
    (MemoryOutcome::Hit, "hit"),
    (MemoryOutcome::Coalesced, "coalesced"),
    (MemoryOutcome::Miss, "miss"),
    (MemoryOutcome::Stale, "stale"),
];
const SHARED: [(SharedOutcome, &str); 4] = [
    (SharedOutcome::Hit, "hit"),
    (SharedOutcome::Miss, "miss"),
    (SharedOutcome::Failed, "failed"),
    (SharedOutcome::Skipped, "skipped"),
];

/// The counters of one family, looked up once.
#[derive(Debug, Clone)]
struct Counters {
    memory: [IntCounter; 4],
    shared: [IntCounter; 4],
    loads: IntCounter,
    load_errors: IntCounter,
}

/// What is counted.
#[derive(Debug, Clone)]
pub(crate) struct CacheMetrics {
    families: Vec<Counters>,
    written: IntCounter,
    pub(super) bytes: IntGauge,
    pub(super) entries: IntGauge,
    pub(super) breaker: IntGauge,
}

impl CacheMetrics {
    pub(crate) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let lookups = IntCounterVec::new(
            Opts::new("cache_lookups_total", "What came of asking a tier of the cache for an answer."),
            &["tier", "family", "outcome"],
        )?;
        let loads = IntCounterVec::new(
            Opts::new("cache_loads_total", "Answers that were made from the database."),
            &["family", "outcome"],
        )?;
        let metrics = Self {
            families: Family::ALL
                .iter()
                .map(|family| Counters {
                    memory: MEMORY
                        .map(|(_, outcome)| lookups.with_label_values(&["memory", family.name(), outcome])),
                    shared: SHARED
                        .map(|(_, outcome)| lookups.with_label_values(&["redis", family.name(), outcome])),
                    loads: loads.with_label_values(&[family.name(), "made"]),
                    load_errors: loads.with_label_values(&[family.name(), "failed"]),
                })
                .collect(),
            written: IntCounter::new(
                "cache_redis_written_bytes_total",
                "Bytes of answers written to Redis.",
            )?,
            bytes: IntGauge::new("cache_memory_bytes", "What the answers in memory weigh.")?,
            entries: IntGauge::new("cache_memory_entries", "How many answers are in memory.")?,
            breaker: IntGauge::new(
                "cache_redis_breaker_open",
                "1 while Redis is left alone because it failed.",
            )?,
        };
        registry.register(Box::new(lookups))?;
        registry.register(Box::new(loads))?;
        registry.register(Box::new(metrics.written.clone()))?;
        registry.register(Box::new(metrics.bytes.clone()))?;
        registry.register(Box::new(metrics.entries.clone()))?;
        registry.register(Box::new(metrics.breaker.clone()))?;
        Ok(metrics)
    }

    pub(super) fn memory(&self, family: Family, outcome: MemoryOutcome) {
        if let Some(counters) = self.families.get(family.index()) {
            counters.memory[outcome as usize].inc();
        }
    }

    pub(super) fn shared(&self, family: Family, outcome: SharedOutcome) {
        if let Some(counters) = self.families.get(family.index()) {
            counters.shared[outcome as usize].inc();
        }
    }

    pub(super) fn loaded(&self, family: Family, well: bool) {
        if let Some(counters) = self.families.get(family.index()) {
            if well { counters.loads.inc() } else { counters.load_errors.inc() }
        }
    }

    pub(super) fn wrote(&self, bytes: usize) {
        self.written.inc_by(bytes as u64);
    }

    pub(super) fn written(&self) -> u64 {
        self.written.get()
    }

    /// The counts of each family.
    pub(super) fn families(&self) -> Vec<FamilyReport> {
        Family::ALL.iter().zip(&self.families).map(|(family, counters)| counters.report(*family)).collect()
    }
}

impl Counters {
    fn report(&self, family: Family) -> FamilyReport {
        let memory = |outcome: MemoryOutcome| self.memory[outcome as usize].get();
        let redis = |outcome: SharedOutcome| self.shared[outcome as usize].get();
        let memory = MemoryLookups {
            hits: memory(MemoryOutcome::Hit),
            coalesced: memory(MemoryOutcome::Coalesced),
            misses: memory(MemoryOutcome::Miss),
            stale: memory(MemoryOutcome::Stale),
        };
        let redis = RedisLookups {
            hits: redis(SharedOutcome::Hit),
            misses: redis(SharedOutcome::Miss),
            failed: redis(SharedOutcome::Failed),
            skipped: redis(SharedOutcome::Skipped),
        };
        let questions = memory.hits + memory.coalesced + memory.misses;
        let from_database = memory.misses.saturating_sub(redis.hits);
        FamilyReport {
            name: family.name().to_owned(),
            hit_rate: (questions > 0).then(|| share(questions - from_database, questions)),
            memory,
            redis,
            loads: self.loads.get(),
            failed_loads: self.load_errors.get(),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of more than 2^52 questions need not be exact")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}
