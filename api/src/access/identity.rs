//! What a signed-in account may do now, kept in memory until it changes.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use entity::{session, user, user::UserRole};
use moka::future::Cache;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::token::Bearer;
use crate::{
    cache::{EVERYTHING, Moment},
    state::AppState,
};

/// Sessions kept in memory; each takes some 200 bytes.
const MOST: u64 = 100_000;
/// How long a session is kept without being asked for again.
const KEPT_FOR: Duration = Duration::from_mins(1);

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) user: Uuid,
    pub(crate) session: Uuid,
    pub(crate) email: String,
    pub(crate) role: UserRole,
    session_ends: DateTime<Utc>,
}

/// What was found, none for sessions that are over, and when.
#[derive(Debug, Clone)]
struct Kept {
    identity: Option<Arc<Identity>>,
    loaded: Moment,
}

/// The identities that asked lately.
#[derive(Debug)]
pub(super) struct Identities(Cache<(Uuid, Uuid), Kept>);

impl Default for Identities {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_live(KEPT_FOR).build())
    }
}

/// What changes when all accounts are to be looked up anew.
pub(crate) const EVERYBODY: &str = "users";

/// What changes when anything about an account or its sessions does.
pub(crate) fn tag_of(user: Uuid) -> String {
    format!("user:{user}")
}

impl Identities {
    /// Who the bearer of a good token is now, if the account may still be used and the session is not over.
    pub(super) async fn of(&self, state: &AppState, bearer: Bearer) -> Result<Option<Arc<Identity>>, DbErr> {
        let key = (bearer.user, bearer.session);
        let slots = [&tag_of(bearer.user), EVERYBODY, EVERYTHING].map(|tag| state.invalidation.slot(tag));
        let now = state.invalidation.now();
        let kept = self.0.get(&key).await;
        let is_good = |kept: &Kept| {
            state.invalidation.is_current()
                && slots.iter().all(|slot| state.invalidation.is_unchanged(*slot, kept.loaded))
        };
        let identity = if let Some(kept) = kept.filter(is_good) {
            kept.identity
        } else {
            let identity = load(state.db.reader(), bearer).await?.map(Arc::new);
            self.0.insert(key, Kept { identity: identity.clone(), loaded: now }).await;
            identity
        };
        Ok(identity.filter(|identity| identity.session_ends > state.clock.now()))
    }
}

async fn load(db: &impl ConnectionTrait, bearer: Bearer) -> Result<Option<Identity>, DbErr> {
    let found = session::Entity::find_by_id(bearer.session)
        .filter(session::Column::UserId.eq(bearer.user))
        .filter(session::Column::RevokedAt.is_null())
        .filter(user::Column::IsActive.eq(true))
        .filter(user::Column::ErasedAt.is_null())
        .find_also_related(user::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(session, user)| {
        let user = user?;
        Some(Identity {
            user: user.id,
            session: session.id,
            email: user.email,
            role: user.role,
            session_ends: session.expires_at,
        })
    }))
}
