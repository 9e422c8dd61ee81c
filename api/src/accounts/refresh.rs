//! Staying signed in: one refresh token for the next.

use entity::{session, user};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::{
    AccountError, queries,
    queries::Which,
    refresh_token::RefreshToken,
    sessions::{LIFETIME, Opened},
};
use crate::{
    access::tag_of,
    audit::{Caller, Entry},
    state::AppState,
};

/// How long the token before the present one is still taken: two tabs of a browser that refresh at once, or an answer
/// that did not arrive.
const GRACE: chrono::TimeDelta = chrono::TimeDelta::seconds(10);

/// Takes a refresh token and gives the next one. A token that was used before ends its whole session: either it is in
/// the wrong hands, or its successor is. What never was a token ends nothing.
pub(super) async fn refresh(
    state: &AppState,
    caller: &Caller,
    token: &RefreshToken,
) -> Result<Opened, AccountError> {
    let keys = state.access.keys();
    let next = token.successor(&keys);
    let transaction = state.db.begin().await?;
    if rotate(state, &transaction, caller, token, &next).await? {
        let user = owner(&transaction, token).await?.ok_or(AccountError::NotSignedIn)?;
        transaction.commit().await?;
        return Ok(Opened { user, session: token.session, refresh: Some(next) });
    }

    let now = state.clock.now();
    let found = session::Entity::find_by_id(token.session).one(&transaction).await?;
    let open = found.filter(|session| session.revoked_at.is_none() && session.expires_at > now);
    let session = open.ok_or(AccountError::NotSignedIn)?;
    let is_predecessor = session.previous_refresh_hash.as_deref() == Some(&token.hash());
    if is_predecessor && session.rotated_at.is_some_and(|rotated| now <= rotated + GRACE) {
        let user = owner(&transaction, token).await?.ok_or(AccountError::NotSignedIn)?;
        // Another key may have signed the one that is good now; then it cannot be told again.
        let refresh = Some(next).filter(|next| next.hash() == session.refresh_hash);
        return Ok(Opened { user, session: session.id, refresh });
    }

    if !token.is_ours(&keys) {
        return Err(AccountError::NotSignedIn);
    }
    queries::end_sessions(&transaction, session.user_id, Which::Only(session.id), now).await?;
    let entry = Entry::about_user("session.refresh-reused", session.user_id)
        .suspicious()
        .after(serde_json::json!({"session": session.id}));
    state.audit.record(&transaction, caller, entry).await?;
    state.commit(transaction, vec![tag_of(session.user_id)]).await?;
    Err(AccountError::NotSignedIn)
}

/// The one step in which a token becomes its successor: of two requests with the same one, one takes it.
async fn rotate(
    state: &AppState,
    db: &impl ConnectionTrait,
    caller: &Caller,
    token: &RefreshToken,
    next: &RefreshToken,
) -> Result<bool, DbErr> {
    let now = state.clock.now();
    let change = session::ActiveModel {
        refresh_hash: Set(next.hash()),
        previous_refresh_hash: Set(Some(token.hash())),
        rotated_at: Set(Some(now)),
        last_used_at: Set(now),
        expires_at: Set(now + LIFETIME),
        ip: Set(caller.ip_text()),
        ..Default::default()
    };
    let rotated = session::Entity::update_many()
        .set(change)
        .filter(session::Column::Id.eq(token.session))
        .filter(session::Column::RefreshHash.eq(token.hash()))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(rotated.rows_affected == 1)
}

/// Whose session it is, if the account may still be used.
async fn owner(db: &impl ConnectionTrait, token: &RefreshToken) -> Result<Option<user::Model>, DbErr> {
    let found = session::Entity::find_by_id(token.session).find_also_related(user::Entity).one(db).await?;
    Ok(found.and_then(|(_, user)| user).filter(|user| user.is_active && user.erased_at.is_none()))
}
