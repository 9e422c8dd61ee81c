//! What shoppers search for and find: counted in memory, written down now and then. Who searched is not known here, and
//! nothing but words of the shop's own products is ever written down.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::search_tally::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict, Order},
};

use super::{found, vocabulary, words::words};
use crate::{
    db::{Database, insert},
    state::AppState,
};

/// More different searches are not counted between two writings.
const MOST_WAITING: usize = 1_000;
/// Of a writing, only the most frequent so many are written down.
const MOST_WRITTEN: usize = 100;
/// A search of more words is hardly anybody else's, too.
const MOST_WORDS: usize = 4;
/// What was searched for less often is not told anybody.
const OFTEN_ENOUGH: i64 = 5;
/// How long it matters what was searched for.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(30);
/// Of the most frequent searches, so many times as many are looked at as are wanted: some have words that are no more.
const SPARE: u64 = 4;

/// Searches that were counted and not written down yet.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    waiting: Mutex<HashMap<String, i64>>,
}

impl Tally {
    /// Counts a search.
    pub(crate) fn count(&self, query: &str) {
        let words = words(query);
        if words.is_empty() || words.len() > MOST_WORDS {
            return;
        }
        let mut waiting = self.waiting();
        let key = words.join(" ");
        if waiting.len() < MOST_WAITING || waiting.contains_key(&key) {
            *waiting.entry(key).or_default() += 1;
        }
    }

    /// Writes down what is waiting: what consists of words of products, and finds some. What the database does not take
    /// now goes on waiting.
    pub(crate) async fn write(&self, db: &Database, now: DateTime<Utc>) -> Result<(), DbErr> {
        let counted = std::mem::take(&mut *self.waiting());
        let written = write(db, now, &counted).await;
        if written.is_err() {
            let mut waiting = self.waiting();
            for (query, times) in counted {
                *waiting.entry(query).or_default() += times;
            }
        }
        written
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, HashMap<String, i64>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(db: &Database, now: DateTime<Utc>, counted: &HashMap<String, i64>) -> Result<(), DbErr> {
    let times = |query: &String| counted.get(query).copied().unwrap_or_default();
    let mut frequent = sayable(db.reader(), counted.keys().cloned().collect()).await?;
    frequent.sort_by(|one, other| times(other).cmp(&times(one)).then(one.cmp(other)));
    frequent.truncate(MOST_WRITTEN);
    // In one order, so that two servers never wait for each other.
    frequent.sort_unstable();
    let rows: Vec<Model> = found::finding_any(db.reader(), frequent)
        .await?
        .into_iter()
        .map(|query| Model { day: day(now), searches: times(&query), query })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let added_up = Expr::col((Entity, Column::Searches)).add(Expr::col(("excluded", Column::Searches)));
    let key = [Column::Day, Column::Query];
    let added_up = OnConflict::columns(key).value(Column::Searches, added_up).to_owned();
    let transaction = db.begin().await?;
    insert::all_or::<Entity>(&transaction, rows, added_up).await?;
    transaction.commit().await
}

/// What many searched for lately, the most frequent first. Two statements.
pub(super) async fn most_frequent(state: &AppState, wanted: u64) -> Result<Vec<String>, DbErr> {
    let db = state.db.reader();
    let searches = || Expr::col(Column::Searches).sum().cast_as("bigint");
    let frequent: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Query)
        .filter(Column::Day.gte(day(state.clock.now() - KEPT)))
        .group_by(Column::Query)
        .having(searches().gte(OFTEN_ENOUGH))
        .order_by(searches(), Order::Desc)
        .order_by_asc(Column::Query)
        .limit(wanted * SPARE)
        .into_tuple()
        .all(db)
        .await?;
    let mut sayable = sayable(db, frequent).await?;
    sayable.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
    Ok(sayable)
}

/// Those of which every word is in some product.
async fn sayable(db: &impl ConnectionTrait, queries: Vec<String>) -> Result<Vec<String>, DbErr> {
    if queries.is_empty() {
        return Ok(queries);
    }
    let all: BTreeSet<String> = queries.iter().flat_map(|query| words(query)).collect();
    let known = vocabulary::known(db, &all, None).await?;
    let is_sayable = |query: &String| words(query).iter().all(|word| known.contains_key(word));
    Ok(queries.into_iter().filter(is_sayable).collect())
}

/// The day of a moment, counted from 1970.
pub(crate) fn day(moment: DateTime<Utc>) -> i32 {
    i32::try_from(moment.timestamp().div_euclid(86_400)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_waiting_is_bounded() {
        let tally = Tally::default();
        for number in 0..2 * MOST_WAITING {
            tally.count(&format!("lamp {number}"));
        }
        tally.count("LAMP 7");
        tally.count("a lamp for the desk of a friend");
        tally.count("%");
        let waiting = tally.waiting();
        assert_eq!((waiting.len(), waiting["lamp 7"]), (MOST_WAITING, 2));
    }
}
