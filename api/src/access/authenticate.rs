//! The layer that finds out who is asking, before any handler is chosen: only then can the guards refuse a stranger
//! before anything else about the request is looked at.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};

use super::{Stranger, Verdict};
use crate::{error::ApiError, http, state::AppState};

/// Looks at the token, if there is one and the address is not one that answers everybody alike.
pub(crate) async fn authenticate<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if let Some(state) = request.app_data::<Data<AppState>>().cloned()
        && !http::is_public_read(request.path())
    {
        let verdict = verdict(&request, &state).await?;
        request.extensions_mut().insert(verdict);
    }
    next.call(request).await
}

async fn verdict(request: &ServiceRequest, state: &AppState) -> Result<Verdict, ApiError> {
    let Some(header) = request.headers().get(header::AUTHORIZATION) else {
        return Ok(Err(Stranger::WithoutToken));
    };
    let token = header.to_str().ok().and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let Some(bearer) = token.and_then(|token| state.access.keys().verify(token, state.clock.now())) else {
        return Ok(Err(Stranger::BadToken));
    };
    let identity = state.access.identities.of(state, bearer).await?;
    Ok(identity.ok_or(Stranger::BadToken))
}
