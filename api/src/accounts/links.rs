//! Links that work once and not for ever. The token in a link is kept nowhere but in the mail: the database holds its
//! hash, and the mail's row in the outbox not even that, because the link is made when the mail is worded.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use entity::{
    one_time_token::{self, ActiveModel, Column, Entity, TokenPurpose},
    user,
};
use openapi::Email;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};

#[cfg(test)]
mod tests;

use crate::clock::{Clock, IdSource};

/// Why a link does not work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    /// Made up, or its account is gone, closed, or has another address by now.
    #[error("there is no such link")]
    Unknown,
    #[error("the link was used, or a newer one has been sent")]
    Used,
    #[error("the link has expired")]
    Expired,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// How long a link works.
pub(super) fn lifetime(purpose: TokenPurpose) -> TimeDelta {
    match purpose {
        TokenPurpose::VerifyEmail => TimeDelta::hours(48),
        TokenPurpose::ResetPassword => TimeDelta::hours(1),
    }
}

/// Makes the token of a link for this account, sent to its present address. Earlier ones end here: only the newest
/// mail counts. The caller holds the account's row, so that two at once do not both stay.
pub(crate) async fn issue(
    db: &impl ConnectionTrait,
    clock: &Clock,
    ids: &IdSource,
    user: &user::Model,
    purpose: TokenPurpose,
) -> Result<String, DbErr> {
    let now = clock.now();
    let ended = ActiveModel { used_at: Set(Some(now)), ..ActiveModel::default() };
    Entity::update_many()
        .set(ended)
        .filter(Column::UserId.eq(user.id))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::UsedAt.is_null())
        .exec(db)
        .await?;
    let raw_token = random_token()?;
    let row = ActiveModel {
        id: Set(ids.next()),
        user_id: Set(user.id),
        purpose: Set(purpose),
        token_hash: Set(hash(&raw_token)),
        email: Set(user.email.clone()),
        created_at: Set(now),
        expires_at: Set(now + lifetime(purpose)),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(raw_token)
}

/// Uses a link up, and says whose it is. Of two clicks at once one wins. In the caller's transaction: when that one
/// does not commit, the link stays as good as it was.
pub(crate) async fn redeem(
    db: &impl ConnectionTrait,
    clock: &Clock,
    purpose: TokenPurpose,
    raw_token: &str,
) -> Result<user::Model, LinkError> {
    let (now, token_hash) = (clock.now(), hash(raw_token));
    let token = Entity::find()
        .filter(Column::TokenHash.eq(&token_hash))
        .filter(Column::Purpose.eq(purpose))
        .one(db)
        .await?
        .ok_or(LinkError::Unknown)?;
    // First the account, then the link: who makes another link takes them in this order, too.
    let owner = owner(db, &token).await?;
    let used = ActiveModel { used_at: Set(Some(now)), ..ActiveModel::default() };
    let change = Entity::update_many()
        .set(used)
        .filter(Column::TokenHash.eq(&token_hash))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    if change.rows_affected == 0 {
        // Whoever used it may have done so since it was looked at.
        let has_expired = token.used_at.is_none() && token.expires_at <= now;
        return Err(if has_expired { LinkError::Expired } else { LinkError::Used });
    }
    owner.ok_or(LinkError::Unknown)
}

/// Whether a link would work now. For work that must not be done for one that would not; [`redeem`] decides.
pub(super) async fn is_good(
    db: &impl ConnectionTrait,
    clock: &Clock,
    purpose: TokenPurpose,
    raw_token: &str,
) -> Result<bool, DbErr> {
    let found = Entity::find()
        .filter(Column::TokenHash.eq(hash(raw_token)))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(clock.now()))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The account a link was sent to, if it is open and still has that address.
async fn owner(
    db: &impl ConnectionTrait,
    token: &one_time_token::Model,
) -> Result<Option<user::Model>, DbErr> {
    let user = user::Entity::find_by_id(token.user_id).lock_exclusive().one(db).await?;
    Ok(user.filter(|user| is_open(user) && has_address(user, &token.email)))
}

/// Whether somebody may still sign in with the account.
pub(super) fn is_open(user: &user::Model) -> bool {
    user.is_active && user.erased_at.is_none()
}

/// Whether the account's address is this one, however it is written.
pub(super) fn has_address(user: &user::Model, address: &str) -> bool {
    Email::try_from(address).is_ok_and(|email| email.folded() == user.email_folded)
}

fn random_token() -> Result<String, DbErr> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| DbErr::Custom(format!("no randomness: {error}")))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

fn hash(raw_token: &str) -> String {
    Sha256::digest(raw_token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
