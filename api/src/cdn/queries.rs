//! What the CDN has not been told of, and who tells it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{cache_generation, lease};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict},
};
use uuid::Uuid;

/// In so many words: only then can the planner see that the partial index serves.
const UNTOLD: &str = "purged_generation IS DISTINCT FROM generation";
/// The CDN keeps nothing for longer, so that it need not be told any more.
const CONCERN: TimeDelta = TimeDelta::hours(2);
/// As many changes as are told at once.
const MOST: u64 = 10_000;
/// As many rows as are marked by one statement.
const BATCH: usize = 500;
const LEASE: &str = "cdn";

/// Whether there is something to tell, and nobody who tells it now or has just failed to. Asked every second by every server,
/// for as long as CloudFront is away, too: so it reads two rows at most, and writes none.
pub(super) async fn is_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let held = lease::Entity::find_by_id(LEASE).filter(lease::Column::HeldUntil.gt(now));
    Ok(held.one(db).await?.is_none() && untold_query(now).one(db).await?.is_some())
}

/// The changes that the CDN is still to be told of, the oldest first.
pub(super) async fn untold(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<cache_generation::Model>, DbErr> {
    untold_query(now).limit(MOST).all(db).await
}

fn untold_query(now: DateTime<Utc>) -> Select<cache_generation::Entity> {
    cache_generation::Entity::find()
        .filter(Expr::cust(UNTOLD))
        .filter(cache_generation::Column::ChangedAt.gt(now - CONCERN))
        .order_by_asc(cache_generation::Column::ChangedAt)
        .order_by_asc(cache_generation::Column::Tag)
}

/// Writes down that the CDN was told of these. What has changed again since is still to be told.
pub(super) async fn mark_told(
    db: &impl ConnectionTrait,
    told: &[cache_generation::Model],
) -> Result<(), DbErr> {
    for batch in told.chunks(BATCH) {
        let generations = batch.iter().map(|change| change.generation);
        // Who holds a row is about to change it again. Waiting for them while holding others, they might wait for us.
        let free: Vec<String> = cache_generation::Entity::find()
            .select_only()
            .column(cache_generation::Column::Tag)
            .filter(Expr::cust(UNTOLD))
            .filter(cache_generation::Column::Generation.is_in(generations))
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
            .into_tuple()
            .all(db)
            .await?;
        cache_generation::Entity::update_many()
            .col_expr(
                cache_generation::Column::PurgedGeneration,
                Expr::col(cache_generation::Column::Generation),
            )
            .filter(cache_generation::Column::Tag.is_in(free))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Makes one server the one who tells the CDN; `None` while another is, or while nobody should yet.
pub(super) async fn take_lease(
    db: &impl ConnectionTrait,
    holder: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<lease::Model>, DbErr> {
    let row = lease::Model { name: LEASE.to_owned(), holder, held_until: until, attempts: 0 };
    let take = OnConflict::column(lease::Column::Name)
        .update_columns([lease::Column::Holder, lease::Column::HeldUntil])
        .action_and_where(Expr::col((lease::Entity, lease::Column::HeldUntil)).lte(now))
        .to_owned();
    lease::Entity::insert(row.into_active_model()).on_conflict(take).exec_without_returning(db).await?;
    lease::Entity::find_by_id(LEASE).filter(lease::Column::Holder.eq(holder)).one(db).await
}

/// Gives the lease back, and says from when on and after how many failures it may be taken again.
pub(super) async fn give_lease_back(
    db: &impl ConnectionTrait,
    lease: &lease::Model,
    until: DateTime<Utc>,
    attempts: i32,
) -> Result<(), DbErr> {
    let change = lease::ActiveModel {
        held_until: Set(until),
        attempts: Set(attempts),
        ..lease::ActiveModel::default()
    };
    lease::Entity::update_many()
        .set(change)
        .filter(lease::Column::Name.eq(LEASE))
        .filter(lease::Column::Holder.eq(lease.holder))
        .exec(db)
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait};

    use super::*;
    use crate::db::scratch::scratch;

    #[tokio::test]
    async fn what_is_to_be_told_is_read_from_its_index() {
        let (db, _folder) = scratch().await;
        let mut explain = untold_query(DateTime::UNIX_EPOCH).build(DbBackend::Sqlite);
        explain.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let step = db.reader().query_one_raw(explain).await.unwrap().unwrap();
        let step: String = step.try_get("", "detail").unwrap();
        assert!(step.contains("USING INDEX ix_cache_generations_untold"), "{step}");
    }
}
