//! Sessions: opening one, listing them, ending them.

use chrono::TimeDelta;
use entity::{session, user};
use openapi::cart::CartNotice;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{
    AccountError, PasswordError,
    queries::{self, Which},
    refresh_token::RefreshToken,
};
use crate::{
    access::{Identity, NewToken, tag_of},
    audit::{Caller, Entry},
    state::AppState,
};

/// How long a session lasts without being used.
pub(super) const LIFETIME: TimeDelta = TimeDelta::days(30);

/// What somebody gets who has signed in or refreshed.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) user: user::Model,
    pub(super) session: Uuid,
    /// None when the browser has its next one already.
    pub(super) refresh: Option<RefreshToken>,
}

impl Opened {
    /// The access token of the session.
    pub(super) fn signed_in(
        self,
        state: &AppState,
        cart_notices: Vec<CartNotice>,
    ) -> openapi::accounts::SignedIn {
        let role = match self.user.role {
            user::UserRole::Admin => "ADMIN",
            user::UserRole::Customer => "CUSTOMER",
        };
        let token = NewToken { user: self.user.id, session: self.session, role, id: state.ids.next() };
        let (token, expires_at) = state.access.keys().issue(&token, state.clock.now());
        openapi::accounts::SignedIn { user: super::present::user(self.user), token, expires_at, cart_notices }
    }
}

/// Opens a session in the transaction that lets somebody in.
pub(super) async fn open(
    state: &AppState,
    db: &impl ConnectionTrait,
    caller: &Caller,
    user: user::Model,
) -> Result<Opened, AccountError> {
    let now = state.clock.now();
    let id = state.ids.next();
    let refresh = RefreshToken::first(id, &state.access.keys())
        .map_err(|error| PasswordError::Hashing(error.to_string()))?;
    let row = session::Model {
        id,
        user_id: user.id,
        refresh_hash: refresh.hash(),
        previous_refresh_hash: None,
        rotated_at: None,
        user_agent: caller.user_agent.clone(),
        ip: caller.ip_text(),
        created_at: now,
        last_used_at: now,
        expires_at: now + LIFETIME,
        revoked_at: None,
    };
    row.into_active_model().insert(db).await?;
    Ok(Opened { user, session: id, refresh: Some(refresh) })
}

/// Where the account is signed in.
pub(super) async fn list(
    state: &AppState,
    who: &Identity,
) -> Result<Vec<openapi::accounts::Session>, AccountError> {
    let sessions = queries::open_sessions(state.db.reader(), who.user, state.clock.now()).await?;
    Ok(sessions.into_iter().map(|session| super::present::session(session, who.session)).collect())
}

/// Ends one of somebody's own sessions.
pub(super) async fn end_one(
    state: &AppState,
    caller: &Caller,
    user: Uuid,
    session: Uuid,
) -> Result<(), AccountError> {
    match end(state, caller, user, Which::Only(session), "session.ended").await? {
        0 => Err(AccountError::NoSuchSession),
        _ => Ok(()),
    }
}

/// Ends all of somebody's sessions.
pub(super) async fn end_all(state: &AppState, caller: &Caller, user: Uuid) -> Result<(), AccountError> {
    end(state, caller, user, Which::All, "session.all-ended").await.map(|_| ())
}

/// Ends the session of the access token and that of the cookie: mostly they are the same.
pub(super) async fn sign_out(
    state: &AppState,
    caller: &Caller,
    cookie: Option<&RefreshToken>,
) -> Result<(), AccountError> {
    let bearer = caller.identity.clone();
    if let Some(who) = &bearer {
        end(state, caller, who.user, Which::Only(who.session), "session.ended").await?;
    }
    let by_cookie =
        match cookie.filter(|token| bearer.as_ref().is_none_or(|who| who.session != token.session)) {
            Some(token) => end_by_cookie(state, caller, token).await,
            None => Err(AccountError::NotSignedIn),
        };
    if bearer.is_some() { Ok(()) } else { by_cookie }
}

/// Ends the session of a browser that has its cookie but no good token any more.
async fn end_by_cookie(state: &AppState, caller: &Caller, token: &RefreshToken) -> Result<(), AccountError> {
    let found = session::Entity::find_by_id(token.session).one(state.db.reader()).await?;
    let known = found.filter(|session| {
        let hash = Some(token.hash());
        hash.as_ref() == Some(&session.refresh_hash) || hash == session.previous_refresh_hash
    });
    let session = known.ok_or(AccountError::NotSignedIn)?;
    match end(state, caller, session.user_id, Which::Only(session.id), "session.ended").await? {
        0 => Err(AccountError::NotSignedIn),
        _ => Ok(()),
    }
}

async fn end(
    state: &AppState,
    caller: &Caller,
    user: Uuid,
    which: Which,
    action: &'static str,
) -> Result<u64, AccountError> {
    let transaction = state.db.begin().await?;
    let ended = queries::end_sessions(&transaction, user, which, state.clock.now()).await?;
    if ended == 0 {
        return Ok(0);
    }
    let entry = Entry::about_user(action, user).by_user(user).after(serde_json::json!({"sessions": ended}));
    state.audit.record(&transaction, caller, entry).await?;
    state.commit(transaction, vec![tag_of(user)]).await?;
    Ok(ended)
}
