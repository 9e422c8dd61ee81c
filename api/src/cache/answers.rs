//! Two tiers behind one door: memory first, then Redis, then the database, each answer made once however many ask.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use openapi::cache::{CacheReport, MemoryReport, RedisReport};
use sea_orm::{ConnAcquireErr, DbErr};
use serde::Serialize;

use super::{
    Invalidation, Redis,
    answer::{Answer, How},
    breaker::Breaker,
    changes::Moment,
    family::Key,
    flights::Flights,
    kept::{Kept, Making},
    memory::Memory,
    metrics::{CacheMetrics, MemoryOutcome},
    shared::Shared,
};
use crate::{
    clock::Clock,
    config::Config,
    db::{self, Database},
    http::Representation,
};

/// How long the database may take when an old answer could be shown instead.
const PATIENCE: Duration = Duration::from_secs(2);
/// A database that was away is not asked again this soon by whoever can be shown an old answer.
const LEFT_ALONE: Duration = Duration::from_secs(1);

/// What an answer is made of, and what it depends on. No value: there is no such thing.
#[derive(Debug)]
pub(crate) struct Loaded<T> {
    pub(crate) value: Option<T>,
    pub(crate) tags: Vec<String>,
}

/// An answer that was fetched, and from where.
pub(super) type Fetched = (Arc<Kept>, How);

/// The cache.
#[derive(Debug)]
pub(crate) struct Answers {
    /// None where the cache is turned off.
    memory: Option<Memory>,
    shared: Option<Shared>,
    breaker: Arc<Breaker>,
    flights: Flights,
    invalidation: Arc<Invalidation>,
    db: Database,
    clock: Clock,
    metrics: CacheMetrics,
    /// When the database was last found to be away.
    away: Mutex<Option<Instant>>,
    /// Whether a CDN is told what changes.
    has_cdn: bool,
}

/// How things stood when a question came in.
#[derive(Debug, Clone, Copy)]
struct Arrival {
    now: DateTime<Utc>,
    /// The last change known. What is fetched from here on is newer.
    moment: Moment,
    /// Whether what is kept may be trusted.
    is_current: bool,
}

impl Answers {
    pub(crate) fn new(
        config: &Config,
        redis: Option<&Redis>,
        invalidation: Arc<Invalidation>,
        db: Database,
        clock: Clock,
        metrics: CacheMetrics,
    ) -> Self {
        let breaker = Arc::<Breaker>::default();
        let bytes = config.cache.memory_bytes;
        let memory = (bytes > 0).then(|| Memory::of_bytes(bytes));
        let shared = redis
            .filter(|_| memory.is_some())
            .map(|redis| Shared::new(redis.clone(), breaker.clone(), metrics.clone()));
        Self {
            memory,
            shared,
            breaker,
            flights: Flights::default(),
            invalidation,
            db,
            clock,
            metrics,
            away: Mutex::default(),
            has_cdn: config.cdn.is_some(),
        }
    }

    /// The answer to a question that always has one.
    pub(crate) async fn get<T: Serialize>(
        &self,
        key: Key,
        load: impl AsyncFnOnce() -> Result<(T, Vec<String>), DbErr>,
    ) -> Result<Answer, DbErr> {
        let load = async || load().await.map(|(value, tags)| Loaded { value: Some(value), tags });
        let answer = self.find(key, load).await?;
        answer.ok_or_else(|| DbErr::RecordNotFound("an answer that is always there".into()))
    }

    /// The answer to a question, if there is one: as it is kept, or else made of what `load` finds.
    pub(crate) async fn find<T: Serialize>(
        &self,
        key: Key,
        load: impl AsyncFnOnce() -> Result<Loaded<T>, DbErr>,
    ) -> Result<Option<Answer>, DbErr> {
        let is_current = self.invalidation.is_current()
            || (self.memory.is_some() && Box::pin(self.invalidation.catch_up(&self.db, &self.clock)).await);
        let arrival = Arrival { now: self.clock.now(), moment: self.invalidation.now(), is_current };
        let known = self.memory.as_ref().and_then(|memory| memory.get(&key));
        if let Some(kept) = known.as_ref().filter(|kept| self.is_good(kept, arrival)) {
            self.metrics.memory(key.family, MemoryOutcome::Hit);
            return Ok(self.answer(&key, kept, How::Memory, arrival));
        }
        // Boxed, so that those who find theirs in memory do not carry the room for all this around.
        Box::pin(self.find_out(&key, arrival, known, load)).await
    }

    /// The answer as Redis or the database knows it; an old one while the database is away.
    async fn find_out<T: Serialize>(
        &self,
        key: &Key,
        arrival: Arrival,
        known: Option<Arc<Kept>>,
        load: impl AsyncFnOnce() -> Result<Loaded<T>, DbErr>,
    ) -> Result<Option<Answer>, DbErr> {
        let Some(memory) = &self.memory else {
            let kept = self.make(key, arrival, load).await?;
            return Ok(self.answer(key, &kept, How::Made, arrival));
        };
        let fetched = self.fetch(memory, key, arrival, load);
        let old = known.filter(|kept| key.family.is_public() && kept.is_presentable(arrival.now));
        let Some(old) = old else {
            let (kept, how) = fetched.await?;
            return Ok(self.answer(key, &kept, how, arrival));
        };
        match self.without_waiting_for_the_absent(fetched).await {
            Ok((kept, how)) => Ok(self.answer(key, &kept, how, arrival)),
            Err(error) if db::is_away(&error) => {
                self.metrics.memory(key.family, MemoryOutcome::Stale);
                Ok(self.answer(key, &old, How::Stale, arrival))
            }
            Err(error) => Err(error),
        }
    }

    /// None where there is no such thing.
    fn answer(&self, key: &Key, kept: &Kept, how: How, arrival: Arrival) -> Option<Answer> {
        Answer::of(kept, how, arrival.now, self.has_cdn && key.family.is_purged())
    }

    fn is_good(&self, kept: &Kept, arrival: Arrival) -> bool {
        arrival.is_current && kept.is_good(&self.invalidation, arrival.now)
    }

    /// From Redis or else from the database, together with whoever else asks for it now.
    async fn fetch<T: Serialize>(
        &self,
        memory: &Memory,
        key: &Key,
        arrival: Arrival,
        load: impl AsyncFnOnce() -> Result<Loaded<T>, DbErr>,
    ) -> Result<Fetched, DbErr> {
        let fetch = async {
            // Somebody may have landed with it since this one looked.
            if let Some(kept) = memory.get(key).filter(|kept| self.is_good(kept, arrival)) {
                return Ok((kept, How::Memory));
            }
            let shared = self.shared.as_ref().filter(|_| arrival.is_current);
            if let Some(shared) = shared
                && let Some(kept) = shared.get(key, &self.invalidation, arrival.moment, arrival.now).await
            {
                memory.put(key.clone(), kept.clone());
                return Ok((kept, How::Shared));
            }
            let kept = self.make(key, arrival, load).await?;
            memory.put(key.clone(), kept.clone());
            if let Some(shared) = shared {
                shared.put(key, &kept, &self.invalidation, arrival.now);
            }
            Ok((kept, How::Made))
        };
        let (outcome, is_first) = self.flights.join(key, arrival.moment, fetch).await;
        let is_landed = matches!(&outcome, Ok((_, How::Memory)));
        let counted = if is_first && !is_landed { MemoryOutcome::Miss } else { MemoryOutcome::Coalesced };
        self.metrics.memory(key.family, counted);
        outcome
    }

    async fn make<T: Serialize>(
        &self,
        key: &Key,
        arrival: Arrival,
        load: impl AsyncFnOnce() -> Result<Loaded<T>, DbErr>,
    ) -> Result<Arc<Kept>, DbErr> {
        let outcome = load().await;
        self.metrics.loaded(key.family, outcome.is_ok());
        let Loaded { value, tags } = outcome?;
        let body = value.as_ref().map(Representation::json).transpose();
        let making = Making {
            body: body.map_err(|error| DbErr::Json(error.to_string()))?,
            tags,
            loaded: arrival.moment,
            made_at: arrival.now,
            fresh_for: key.fresh_for(arrival.now),
        };
        Ok(Kept::new(&self.invalidation, making))
    }

    /// For those who have an old answer to show: while the database is away they hardly wait for it.
    async fn without_waiting_for_the_absent(
        &self,
        fetched: impl Future<Output = Result<Fetched, DbErr>>,
    ) -> Result<Fetched, DbErr> {
        let away = || DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        let was_away = *self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if was_away.is_some_and(|at| at.elapsed() < LEFT_ALONE) {
            return Err(away());
        }
        let outcome = tokio::time::timeout(PATIENCE, fetched).await.unwrap_or_else(|_elapsed| Err(away()));
        if outcome.as_ref().is_err_and(db::is_away) {
            *self.away.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        outcome
    }

    /// How the cache is doing. Brings the gauges up to date, too.
    pub(crate) fn report(&self) -> CacheReport {
        let memory = MemoryReport {
            entries: self.memory.as_ref().map_or(0, Memory::entries),
            bytes: self.memory.as_ref().map_or(0, Memory::bytes),
            capacity_bytes: self.memory.as_ref().map_or(0, Memory::capacity),
        };
        let gauge = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.metrics.bytes.set(gauge(memory.bytes));
        self.metrics.entries.set(gauge(memory.entries));
        self.metrics.breaker.set(self.breaker.is_open().into());
        let redis = self.shared.as_ref().map(|_| RedisReport {
            is_left_alone: self.breaker.is_open(),
            written_bytes: self.metrics.written(),
        });
        CacheReport { memory, redis, families: self.metrics.families() }
    }

    pub(super) fn breaker(&self) -> &Arc<Breaker> {
        &self.breaker
    }
}
