//! A request that is to have its effect once.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::idempotency_key::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    Answer, OnceError,
    key::{IdempotencyKey, OptionalKey},
};
use crate::{access::Identity, db};

/// How long answers are kept.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// A request that is to have its effect once, and how its outcome is told. Without a key it is told and not kept.
pub(crate) struct Once<T> {
    named: Option<Named>,
    tell: Box<dyn Fn(&T) -> Answer>,
}

impl<T> fmt::Debug for Once<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Once").field(&self.named).finish()
    }
}

/// By which name it is known, and what it asks for.
#[derive(Debug)]
struct Named {
    caller: String,
    operation: &'static str,
    key: String,
    request: String,
}

impl<T> Once<T> {
    /// `asked` is all that the request says: its body and, where there are any, the ids in its path.
    pub(crate) fn new(
        who: &Identity,
        operation: &'static str,
        key: IdempotencyKey,
        asked: &impl Serialize,
        tell: impl Fn(&T) -> Answer + 'static,
    ) -> Self {
        Self::maybe(who, operation, OptionalKey(Some(key)), asked, tell)
    }

    /// The same where a key is the client's choice.
    pub(crate) fn maybe(
        who: &Identity,
        operation: &'static str,
        key: OptionalKey,
        asked: &impl Serialize,
        tell: impl Fn(&T) -> Answer + 'static,
    ) -> Self {
        let named = key.0.map(|IdempotencyKey(key)| Named {
            caller: format!("user:{}", who.user),
            operation,
            key,
            request: BASE64_URL_SAFE_NO_PAD
                .encode(Sha256::digest(serde_json::to_vec(asked).unwrap_or_default())),
        });
        Self { named, tell: Box::new(tell) }
    }

    /// The first thing in the transaction of the effect: the answer, if it was carried out before. Until the transaction ends
    /// nobody else carries it out.
    pub(crate) async fn begin(
        &self,
        transaction: &DatabaseTransaction,
        now: DateTime<Utc>,
    ) -> Result<Option<Answer>, OnceError> {
        let Some(named) = &self.named else {
            return Ok(None);
        };
        if !db::take_name(transaction, named.number()).await? {
            return Err(OnceError::Running);
        }
        named.kept(transaction, now).await
    }

    /// The same in a later transaction of what has been begun: whoever sends it again meanwhile is waited for, and not
    /// taken for the one who carries it out.
    pub(crate) async fn resume(
        &self,
        transaction: &DatabaseTransaction,
        now: DateTime<Utc>,
    ) -> Result<Option<Answer>, OnceError> {
        let Some(named) = &self.named else {
            return Ok(None);
        };
        db::wait_for_name(transaction, named.number()).await?;
        named.kept(transaction, now).await
    }

    /// Keeps the outcome with the effect, and says how it is told.
    pub(crate) async fn keep(
        &self,
        transaction: &DatabaseTransaction,
        now: DateTime<Utc>,
        outcome: &T,
    ) -> Result<Answer, DbErr> {
        let answer = (self.tell)(outcome);
        let Some(named) = &self.named else {
            return Ok(answer);
        };
        let (caller, operation, key) = named.id();
        let row = Model {
            caller,
            operation,
            key,
            request_hash: named.request.clone(),
            status_code: answer.status.into(),
            headers: json!(answer.headers),
            body: answer.body.clone(),
            created_at: now,
            expires_at: now + KEPT_FOR,
        };
        // One that is kept no longer may still be there.
        let over = OnConflict::columns([Column::Caller, Column::Operation, Column::Key])
            .update_columns([
                Column::RequestHash,
                Column::StatusCode,
                Column::Headers,
                Column::Body,
                Column::CreatedAt,
                Column::ExpiresAt,
            ])
            .to_owned();
        Entity::insert(row.into_active_model()).on_conflict(over).exec_without_returning(transaction).await?;
        Ok(answer)
    }

    /// A name for the request that no other has, for what it leaves behind before it is done.
    pub(crate) fn name(&self) -> Option<String> {
        self.named.as_ref().map(|named| BASE64_URL_SAFE_NO_PAD.encode(named.digest()))
    }
}

impl Named {
    /// The answer that is kept, if there is one.
    async fn kept(
        &self,
        transaction: &DatabaseTransaction,
        now: DateTime<Utc>,
    ) -> Result<Option<Answer>, OnceError> {
        let kept = Entity::find_by_id(self.id()).filter(Column::ExpiresAt.gt(now)).one(transaction).await?;
        match kept {
            None => Ok(None),
            Some(kept) if kept.request_hash == self.request => Ok(Some(answer(kept))),
            Some(_) => Err(OnceError::Reused),
        }
    }

    fn id(&self) -> (String, String, String) {
        (self.caller.clone(), self.operation.to_owned(), self.key.clone())
    }

    fn digest(&self) -> [u8; 32] {
        // None of the parts has a line break.
        Sha256::digest(format!("{}\n{}\n{}", self.caller, self.operation, self.key)).into()
    }

    fn number(&self) -> i64 {
        self.digest().first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
    }
}

fn answer(kept: Model) -> Answer {
    Answer {
        status: u16::try_from(kept.status_code).unwrap_or(200),
        headers: serde_json::from_value(kept.headers).unwrap_or_default(),
        body: kept.body,
        is_replayed: true,
    }
}
