//! Telling every server that something changed. The truth is a table, written in the transaction of the change, which
//! every server looks at twice a second; Redis only carries the news faster.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::{Duration, Instant},
};

use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use entity::cache_generation::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    Redis,
    changes::{Changes, Moment, Slot},
    news,
};
use crate::{
    background::Background,
    clock::{Clock, IdSource},
    db::Database,
    state::AppState,
};

/// How often the table is looked at.
const POLL_EVERY: Duration = Duration::from_millis(400);
/// What is kept may be trusted for this long after the last look at the table.
const TRUST: Duration = Duration::from_millis(950);
/// How long a request waits for a look at the table.
const PATIENCE: Duration = Duration::from_secs(2);
/// How far back each look goes beyond the last one: changes become visible when they are committed, which may be later
/// than they say, and servers' clocks differ.
const OVERLAP: TimeDelta = TimeDelta::seconds(30);
/// How long generations are remembered: well beyond the life of anything that carries them.
pub(super) const REMEMBERED: TimeDelta = TimeDelta::minutes(15);

/// What knows which of the things kept in memory and in Redis are out of date.
#[derive(Debug, Default)]
pub(crate) struct Invalidation {
    changes: Changes,
    /// The generation of every tag that changed lately.
    generations: RwLock<HashMap<String, (Uuid, DateTime<Utc>)>>,
    looked: Mutex<Option<Look>>,
    /// Held by the request that looks because nobody has for too long; when that last failed.
    catching_up: tokio::sync::Mutex<Option<Instant>>,
}

/// The last time the table was looked at.
#[derive(Debug, Clone, Copy)]
struct Look {
    at: Instant,
    clock: DateTime<Utc>,
}

/// Tags whose new generations are written but not committed yet. After the commit hand it to
/// [`Invalidation::announce`].
#[derive(Debug)]
#[must_use = "a change nobody hears of leaves stale answers behind"]
pub(crate) struct Outdated(Vec<Model>);

impl Invalidation {
    /// Writes new generations of these tags in the transaction of what changes them.
    pub(crate) async fn record(
        db: &impl ConnectionTrait,
        clock: &Clock,
        ids: &IdSource,
        mut tags: Vec<String>,
    ) -> Result<Outdated, DbErr> {
        // In one order, so that two changes never wait for each other.
        tags.sort_unstable();
        tags.dedup();
        if tags.is_empty() {
            return Ok(Outdated(vec![]));
        }
        let changed_at = clock.now();
        let rows: Vec<Model> = tags
            .into_iter()
            .map(|tag| Model { tag, generation: ids.next(), changed_at, purged_generation: None })
            .collect();
        let replace = OnConflict::column(Column::Tag)
            .update_columns([Column::Generation, Column::ChangedAt])
            .to_owned();
        let inserted: Vec<ActiveModel> =
            rows.iter().cloned().map(IntoActiveModel::into_active_model).collect();
        Entity::insert_many(inserted).on_conflict(replace).exec_without_returning(db).await?;
        Ok(Outdated(rows))
    }

    /// After the commit: this server forgets at once, the others are told through Redis.
    pub(crate) fn announce(&self, outdated: Outdated, redis: Option<&Redis>) {
        for change in &outdated.0 {
            self.hear(change);
        }
        if let Some(redis) = redis.cloned().filter(|_| !outdated.0.is_empty()) {
            // Not the web server's: whoever changes something beside the requests tells of it, too.
            tokio::spawn(async move { redis.publish_news(news::write(&outdated.0)).await });
        }
    }

    /// Looks at what changed lately: the first time, at all that is to be remembered.
    pub(crate) async fn poll(&self, db: &Database, clock: &Clock) -> Result<(), DbErr> {
        let look = Look { at: Instant::now(), clock: clock.now() };
        let since = locked(&self.looked).map_or(look.clock - REMEMBERED, |last| last.clock - OVERLAP);
        let rows = Entity::find().filter(Column::ChangedAt.gte(since)).all(db.reader()).await?;
        for row in &rows {
            self.hear(row);
        }
        let mut generations = self.generations.write().unwrap_or_else(PoisonError::into_inner);
        generations.retain(|_, (_, changed_at)| *changed_at >= look.clock - REMEMBERED - OVERLAP);
        *locked(&self.looked) = Some(look);
        Ok(())
    }

    /// Where the sequence of changes stands. Note it before loading what is to be kept.
    pub(crate) fn now(&self) -> Moment {
        self.changes.now()
    }

    pub(crate) fn slot(&self, tag: &str) -> Slot {
        self.changes.slot(tag)
    }

    /// Whether what was loaded then is still good. Only as true as [`Self::is_current`].
    pub(crate) fn is_unchanged(&self, slot: Slot, since: Moment) -> bool {
        self.changes.is_unchanged(slot, since)
    }

    /// Whether this server knows of all changes but the latest. While it has not looked for too long, nothing kept is to
    /// be trusted.
    pub(crate) fn is_current(&self) -> bool {
        locked(&self.looked).is_some_and(|look| look.at.elapsed() < TRUST)
    }

    /// Looks at the table now if that was too long ago, for itself and everybody who waits for the same. Answers whether
    /// what is kept may be trusted.
    pub(crate) async fn catch_up(self: &Arc<Self>, db: &Database, clock: &Clock) -> bool {
        if self.is_current() {
            return true;
        }
        let mut failed = self.catching_up.lock().await;
        if self.is_current() || failed.is_some_and(|at| at.elapsed() < TRUST) {
            return self.is_current();
        }
        let (this, db, clock) = (self.clone(), db.clone(), clock.clone());
        // In a task of its own: it is no statement of the request that happens to wait for it.
        let look = tokio::spawn(async move { this.poll(&db, &clock).await.is_ok() });
        let is_done = matches!(tokio::time::timeout(PATIENCE, look).await, Ok(Ok(true)));
        *failed = (!is_done).then(Instant::now);
        // A look that took too long is no news any more.
        self.is_current()
    }

    /// The generation of each of these tags that changed lately.
    pub(super) fn generations<'a>(&self, tags: impl Iterator<Item = &'a str>) -> Vec<Option<Uuid>> {
        let generations = self.generations.read().unwrap_or_else(PoisonError::into_inner);
        tags.map(|tag| generations.get(tag).map(|(generation, _)| *generation)).collect()
    }

    /// A change of a tag, as if it had been heard of.
    #[cfg(test)]
    pub(super) fn overturn(&self, tag: &str) {
        self.changes.advance(tag);
    }

    fn hear(&self, change: &Model) {
        // Held for both steps: nobody may see the new generation and not the change, or take the old for the new.
        let mut generations = self.generations.write().unwrap_or_else(PoisonError::into_inner);
        if generations.get(&change.tag).is_some_and(|(known, _)| *known == change.generation) {
            return;
        }
        self.changes.advance(&change.tag);
        generations.insert(change.tag.clone(), (change.generation, change.changed_at));
    }
}

/// Keeps this server's knowledge fresh for as long as it runs.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    if let Some(redis) = &state.redis {
        let state = state.clone();
        redis.on_news(move |text| {
            for change in news::read(text) {
                state.invalidation.hear(&change);
            }
        });
    }
    let state = state.clone();
    background.repeat("invalidation", POLL_EVERY, Arc::default(), move |_| {
        let state = state.clone();
        async move { state.invalidation.poll(&state.db, &state.clock).await }
    });
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
