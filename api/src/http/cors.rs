//! Cross-origin requests: preflights are answered here, and the allowed origins are told that they may.
//! A refused origin gets an answer without CORS headers, which is how a browser learns of it.

use actix_web::{
    Error, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderMap, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

use crate::state::AppState;

const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";
const REQUEST_HEADERS: &str =
    "authorization, content-type, idempotency-key, if-match, if-none-match, x-cart-token, x-request-id";
const EXPOSED_HEADERS: &str = "etag, location, retry-after, ratelimit, ratelimit-policy, x-cart-token, x-request-id, \
     idempotent-replayed";
const PREFLIGHT_SECONDS: &str = "600";

/// Answers preflights, and marks the answers an allowed origin may read.
pub(crate) async fn cors<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let allowed = origin.clone().filter(|origin| is_allowed(&request, origin));
    let is_preflight = request.method() == Method::OPTIONS
        && origin.is_some()
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);

    if is_preflight {
        let mut response = HttpResponse::NoContent().finish();
        vary_by_origin(response.headers_mut());
        if let Some(origin) = allowed {
            grant(response.headers_mut(), origin);
            for (name, value) in [
                (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
                (header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS),
                (header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS),
            ] {
                response.headers_mut().insert(name, HeaderValue::from_static(value));
            }
        }
        return Ok(request.into_response(response).map_into_right_body());
    }

    // Pages and their files are for their own site; who asks for them changes nothing about them.
    let is_api = request.path().starts_with("/api");
    let mut response = next.call(request).await?;
    let readable_by_all = response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    if is_api && !readable_by_all {
        vary_by_origin(response.headers_mut());
        if let Some(origin) = allowed {
            grant(response.headers_mut(), origin);
        }
    }
    Ok(response.map_into_left_body())
}

fn is_allowed(request: &ServiceRequest, origin: &HeaderValue) -> bool {
    let state = request.app_data::<Data<AppState>>();
    state.zip(origin.to_str().ok()).is_some_and(|(state, origin)| state.config.cors.allows(origin))
}

fn vary_by_origin(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
}

fn grant(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
}
