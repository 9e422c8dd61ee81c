//! Who may use an operation. Every route names one of these first in its signature.

use std::{
    future::{Ready, ready},
    ops::Deref,
    sync::Arc,
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, web::Data};
use entity::user::UserRole;

use super::{Identity, Stranger, Verdict};
use crate::{
    audit::{Caller, Entry},
    error::ApiError,
    state::AppState,
};

/// Anybody. Answers do not depend on who asks.
#[derive(Debug)]
pub(crate) struct Public;

/// Whoever is signed in, administrators included.
#[derive(Debug)]
pub(crate) struct Customer(Arc<Identity>);

/// Administrators.
#[derive(Debug)]
pub(crate) struct Admin(Arc<Identity>);

impl FromRequest for Public {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(_: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self))
    }
}

impl FromRequest for Customer {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(signed_in(request).map(Self))
    }
}

impl FromRequest for Admin {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(signed_in(request).and_then(|identity| match identity.role {
            UserRole::Admin => Ok(Self(identity)),
            UserRole::Customer => {
                note_refusal(request, &identity);
                Err(ApiError::Forbidden("Only administrators may do this."))
            }
        }))
    }
}

fn signed_in(request: &HttpRequest) -> Result<Arc<Identity>, ApiError> {
    match request.extensions().get::<Verdict>() {
        Some(Ok(identity)) => Ok(identity.clone()),
        Some(Err(Stranger::BadToken)) => Err(ApiError::Unauthorized { token_given: true }),
        Some(Err(Stranger::WithoutToken)) | None => Err(ApiError::Unauthorized { token_given: false }),
    }
}

fn note_refusal(request: &HttpRequest, identity: &Identity) {
    if let Some(state) = request.app_data::<Data<AppState>>() {
        let operation = request.match_pattern().unwrap_or_default();
        let entry = Entry::about_user("access.forbidden", identity.user)
            .after(serde_json::json!({"method": request.method().as_str(), "operation": operation}));
        state.audit.note(&Caller::of(request, state), entry.by(identity));
    }
}

impl Deref for Customer {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.0
    }
}

impl Deref for Admin {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.0
    }
}

/// Whoever is signed in, or nobody: for operations that work either way, but not with a token that is no good.
pub(crate) fn identity_if_shown(request: &HttpRequest) -> Result<Option<Arc<Identity>>, ApiError> {
    match signed_in(request) {
        Ok(identity) => Ok(Some(identity)),
        Err(ApiError::Unauthorized { token_given: false }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Somebody who may be signed in: for the few operations that work either way.
pub(crate) fn identity_of(request: &HttpRequest) -> Option<Arc<Identity>> {
    signed_in(request).ok()
}
