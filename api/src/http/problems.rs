//! Turns every failure into a problem document: errors, panics, time-outs, and what the framework itself refuses.

use std::panic::AssertUnwindSafe;

use actix_web::{
    Error, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt;

use crate::{error::ApiError, state::AppState};

/// The layer below the headers: whatever comes out of it is an answer we stand by.
pub(crate) async fn problems<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let limit = request.app_data::<Data<AppState>>().map(|state| state.config.server.request_timeout);
    let guarded = AssertUnwindSafe(next.call(request)).catch_unwind();
    let outcome = match limit {
        Some(limit) => tokio::time::timeout(limit, guarded).await,
        None => Ok(guarded.await),
    };
    let (error, http) = match outcome {
        Err(_elapsed) => (ApiError::TimedOut, stand_in()),
        Ok(Err(panic)) => (ApiError::internal(panic_message(&*panic)), stand_in()),
        Ok(Ok(Err(error))) => (taken_over(&error), stand_in()),
        Ok(Ok(Ok(response))) => match refusal(&response) {
            None => return Ok(response.map_into_boxed_body()),
            Some(error) => (error, response.into_parts().0),
        },
    };
    error.log();
    Ok(ServiceResponse::new(http, error.respond()))
}

/// An answer must belong to a request, but whoever panics or is given up takes the request along, and the router
/// suffers no second handle on it. So the answer belongs to an empty one; what it says comes from the request this task works on.
fn stand_in() -> HttpRequest {
    actix_web::test::TestRequest::default().to_http_request()
}

/// What went wrong with an answer that is no problem document yet.
fn refusal<B>(response: &ServiceResponse<B>) -> Option<ApiError> {
    let status = response.status().as_u16();
    let is_told =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if status < 400 || is_told {
        return None;
    }
    let ours = response.response().error().and_then(|error| error.as_error::<ApiError>());
    Some(ours.map_or_else(|| by_status(status), Clone::clone))
}

fn taken_over(error: &Error) -> ApiError {
    match error.as_error::<ApiError>() {
        Some(ours) => ours.clone(),
        None => by_status(error.as_response_error().status_code().as_u16()),
    }
}

/// What the framework means by a status.
fn by_status(status: u16) -> ApiError {
    match status {
        404 => ApiError::NotFound("There is nothing at this address."),
        408 => ApiError::BodyTooSlow,
        413 => ApiError::BodyTooLarge { limit: super::json::BODY_LIMIT },
        415 => ApiError::UnsupportedMediaType("The body is of a media type this operation does not read."),
        400..=499 => ApiError::Malformed("The request could not be read.".into()),
        _ => ApiError::internal(format!("an answer of status {status} without an error")),
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("without a message"))
}
