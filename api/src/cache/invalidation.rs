//! Telling every server that something changed. The truth is a table, written in the transaction of the change, which
//! every server looks at twice a second; Redis only carries the news faster.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use entity::cache_generation::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{Epochs, Redis};
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
/// How far back each look goes: changes become visible when they are committed, which may be later than they say, and
/// servers' clocks differ.
const OVERLAP: TimeDelta = TimeDelta::seconds(30);

/// What knows which of the things kept in memory are out of date.
#[derive(Debug, Default)]
pub(crate) struct Invalidation {
    epochs: Epochs,
    seen: Mutex<HashMap<String, (Uuid, DateTime<Utc>)>>,
    looked: Mutex<Option<Instant>>,
}

/// Tags whose new generations are written but not committed yet. After the commit hand it to
/// [`Invalidation::announce`].
#[derive(Debug)]
#[must_use = "a change nobody hears of leaves stale answers behind"]
pub(crate) struct Outdated(Vec<(String, Uuid, DateTime<Utc>)>);

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
        let changed_at = clock.now();
        let rows: Vec<Model> =
            tags.into_iter().map(|tag| Model { tag, generation: ids.next(), changed_at }).collect();
        let replace = OnConflict::column(Column::Tag)
            .update_columns([Column::Generation, Column::ChangedAt])
            .to_owned();
        let inserted: Vec<ActiveModel> =
            rows.iter().cloned().map(IntoActiveModel::into_active_model).collect();
        Entity::insert_many(inserted).on_conflict(replace).exec_without_returning(db).await?;
        Ok(Outdated(rows.into_iter().map(|row| (row.tag, row.generation, row.changed_at)).collect()))
    }

    /// After the commit: this server forgets at once, the others are told through Redis.
    pub(crate) fn announce(&self, outdated: Outdated, redis: Option<&Redis>) {
        for (tag, generation, changed_at) in &outdated.0 {
            self.hear(tag, *generation, *changed_at);
        }
        if let Some(redis) = redis.cloned() {
            let tags: Vec<String> = outdated.0.into_iter().map(|(tag, ..)| tag).collect();
            actix_web::rt::spawn(async move { redis.publish_outdated(&tags).await });
        }
    }

    /// News from another server: which tags, without their generations.
    pub(crate) fn overhear(&self, tags: &str) {
        for tag in tags.split(' ') {
            self.epochs.advance(tag);
        }
    }

    /// Looks at what changed lately.
    pub(crate) async fn poll(&self, db: &Database, clock: &Clock) -> Result<(), DbErr> {
        let begun = Instant::now();
        let since = clock.now() - OVERLAP;
        let rows = Entity::find().filter(Column::ChangedAt.gte(since)).all(db.reader()).await?;
        for row in rows {
            self.hear(&row.tag, row.generation, row.changed_at);
        }
        locked(&self.seen).retain(|_, (_, changed_at)| *changed_at >= since);
        *locked(&self.looked) = Some(begun);
        Ok(())
    }

    /// The count of a tag, to be kept with what depends on it. None while this server has not looked for too long: then
    /// nothing kept is to be trusted.
    pub(crate) fn epoch(&self, tag: &str) -> Option<u64> {
        let fresh = locked(&self.looked).is_some_and(|looked| looked.elapsed() < TRUST);
        fresh.then(|| self.epochs.of(tag))
    }

    fn hear(&self, tag: &str, generation: Uuid, changed_at: DateTime<Utc>) {
        let before = locked(&self.seen).insert(tag.to_owned(), (generation, changed_at));
        if before.is_none_or(|(known, _)| known != generation) {
            self.epochs.advance(tag);
        }
    }
}

/// Keeps this server's knowledge fresh for as long as it runs.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    if let Some(redis) = &state.redis {
        let state = state.clone();
        redis.on_outdated(move |tags| state.invalidation.overhear(tags));
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
