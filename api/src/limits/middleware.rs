//! The layer that counts requests.

use actix_web::{
    Error,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};

use super::{counted_as, report::Report};
use crate::{error::ApiError, http::client_ip, state::AppState};

/// Lets a request of whoever knows the token through, past every limit.
const BYPASS: &str = "x-load-test-bypass";

/// Lets through what is within the limits, and tells how much is left of them.
pub(crate) async fn limits<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let state = request.app_data::<Data<AppState>>().cloned();
    // As the router reads it: with `/%61pi` nobody gets around.
    let counted = counted_as(request.match_info().as_str(), request.method() == Method::GET);
    let (Some(state), Some(counted)) = (state.filter(|state| state.config.limits.enabled), counted) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let token = request.headers().get(BYPASS);
    let bypass = state.config.limits.bypass.as_ref().zip(token);
    let report = Report::new(bypass.is_some_and(|(bypass, token)| bypass.admits(token.as_bytes())));
    let client = client_ip(request.request(), &state);

    let outcome = if report.is_bypassed() { Ok(()) } else { state.limits.request(&report, client, counted) };
    let mut response = match outcome {
        Ok(()) => report.during(next.call(request)).await?.map_into_left_body(),
        Err(refused) => {
            let answer = ApiError::from(refused).respond();
            request.into_response(answer).map_into_right_body()
        }
    };
    if counted.is_told(response.status().as_u16()) {
        for (name, value) in report.headers().into_iter().flatten() {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
