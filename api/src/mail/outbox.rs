//! The outbox: mails to be sent. A mail is taken by setting its next attempt to after a lease, with one guarded
//! statement, so that of any number of servers one has it; and if that one dies, another takes it when the lease ends.

use chrono::{DateTime, Utc};
use entity::mail_outbox::{ActiveModel, Column, Entity, MailStatus, Model};
use openapi::Locale;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, UpdateMany, prelude::Json, sea_query::Expr,
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

use crate::clock::{Clock, IdSource};

/// `status = 'PENDING'` in so many words: only then can the planner see that the partial index serves.
const PENDING: &str = "status = 'PENDING'";
/// As much of a reason as is kept.
const MAX_REASON: usize = 500;

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewMail {
    pub(crate) recipient: String,
    pub(crate) locale: Locale,
    pub(crate) template: String,
    /// What is needed to word it, and never a secret: links are made when it is.
    pub(crate) payload: Json,
}

impl NewMail {
    /// A mail of a kind that is written down as its template's name and what is needed to word it.
    pub(crate) fn of(kind: &impl Serialize, recipient: &str, locale: Locale) -> Self {
        let mut kept = serde_json::to_value(kind).unwrap_or_default();
        Self {
            recipient: recipient.to_owned(),
            locale,
            template: kept["template"].as_str().unwrap_or_default().to_owned(),
            payload: kept["payload"].take(),
        }
    }
}

/// Which mail it is, of the kinds that somebody knows.
pub(crate) fn kind_of<T: DeserializeOwned>(mail: &Model) -> Result<T, serde_json::Error> {
    serde_json::from_value(json!({ "template": mail.template, "payload": mail.payload }))
}

/// Puts a mail into the outbox, in the caller's transaction. After its commit the caller wakes the postman.
pub(crate) async fn enqueue(
    db: &impl ConnectionTrait,
    clock: &Clock,
    ids: &IdSource,
    mail: NewMail,
) -> Result<(), DbErr> {
    let now = clock.now();
    let row = Model {
        id: ids.next(),
        recipient: mail.recipient,
        locale: mail.locale.as_str().to_owned(),
        template: mail.template,
        payload: mail.payload,
        status: MailStatus::Pending,
        attempts: 0,
        next_attempt_at: now,
        last_error: None,
        created_at: now,
        sent_at: None,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(|_| ())
}

/// The mails whose time has come, the longest due first.
pub(super) async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    due_query(now).limit(limit).all(db).await
}

fn due_query(now: DateTime<Utc>) -> Select<Entity> {
    Entity::find()
        .filter(Expr::cust(PENDING))
        .filter(Column::NextAttemptAt.lte(now))
        .order_by_asc(Column::NextAttemptAt)
        .order_by_asc(Column::Id)
}

/// Takes a mail for one attempt; `None` when somebody else was faster.
pub(super) async fn claim(
    db: &impl ConnectionTrait,
    mail: Model,
    now: DateTime<Utc>,
    lease_ends: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let claimed = Model { attempts: mail.attempts + 1, next_attempt_at: lease_ends, ..mail };
    let change = ActiveModel {
        attempts: Set(claimed.attempts),
        next_attempt_at: Set(claimed.next_attempt_at),
        ..ActiveModel::default()
    };
    let taken = change_pending(&claimed, claimed.attempts - 1, change)
        .filter(Column::NextAttemptAt.lte(now))
        .exec(db)
        .await?;
    Ok((taken.rows_affected == 1).then_some(claimed))
}

/// How an attempt ended.
#[derive(Debug)]
pub(super) enum Outcome {
    Sent,
    TryAgain { at: DateTime<Utc>, reason: String },
    GivenUp { reason: String },
}

/// Writes down how an attempt ended, unless its lease ended before and the mail is somebody else's by now.
pub(super) async fn conclude(
    db: &impl ConnectionTrait,
    claimed: &Model,
    now: DateTime<Utc>,
    outcome: Outcome,
) -> Result<(), DbErr> {
    let change = match outcome {
        // Nobody needs to know any more whom it went to, who may have been anybody.
        Outcome::Sent => ActiveModel {
            recipient: Set(String::new()),
            status: Set(MailStatus::Sent),
            sent_at: Set(Some(now)),
            last_error: Set(None),
            ..ActiveModel::default()
        },
        Outcome::TryAgain { at, reason } => ActiveModel {
            next_attempt_at: Set(at),
            last_error: Set(Some(shortened(&reason))),
            ..ActiveModel::default()
        },
        Outcome::GivenUp { reason } => ActiveModel {
            status: Set(MailStatus::Failed),
            last_error: Set(Some(shortened(&reason))),
            ..ActiveModel::default()
        },
    };
    change_pending(claimed, claimed.attempts, change).exec(db).await.map(|_| ())
}

/// Changes a mail that is still to be sent, and that nobody has taken since it was read.
fn change_pending(mail: &Model, attempts: i32, change: ActiveModel) -> UpdateMany<Entity> {
    Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(mail.id))
        .filter(Column::Status.eq(MailStatus::Pending))
        .filter(Column::Attempts.eq(attempts))
}

fn shortened(reason: &str) -> String {
    reason.chars().take(MAX_REASON).collect()
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, DbBackend, QueryTrait};

    use super::*;
    use crate::db::scratch::scratch;

    #[tokio::test]
    async fn the_planner_can_see_that_the_partial_index_serves() {
        for engine in [DbBackend::Sqlite, DbBackend::Postgres] {
            let statement = due_query(DateTime::UNIX_EPOCH).build(engine);
            assert!(statement.sql.contains(PENDING), "{}", statement.sql);
        }
        assert_eq!(PENDING, format!("status = '{}'", MailStatus::Pending.to_value()));

        let (db, _folder) = scratch().await;
        let mut explain = due_query(DateTime::UNIX_EPOCH).build(DbBackend::Sqlite);
        explain.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let step = db.reader().query_one_raw(explain).await.unwrap().unwrap();
        let step: String = step.try_get("", "detail").unwrap();
        assert!(step.contains("USING INDEX ix_mail_outbox_next_attempt_at"), "{step}");
    }
}
