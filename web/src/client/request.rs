//! The one function that sends a request.

use gloo_net::http::{Request, Response};
use openapi::Problem;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

use super::ClientError;

/// Longer than the server's own limit of 30 s, so that its answer, if there is one, arrives.
const TIMEOUT_MS: u32 = 35_000;

/// Reads `url` as a `T`.
pub(super) async fn get<T: DeserializeOwned>(url: &str) -> Result<T, ClientError> {
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    let response = Request::get(url)
        .header("Accept", "application/json")
        .abort_signal(Some(&signal))
        .send()
        .await
        .map_err(|_| ClientError::Unreachable)?;
    let status = response.status();
    let request_id = response.headers().get("x-request-id");
    let body = response.text().await.map_err(|_| ClientError::Unreachable)?;
    let unreadable = || ClientError::Unreadable { status, request_id };

    if response.ok() {
        return serde_json::from_str(&body).map_err(|_| unreadable());
    }
    if is_problem(&response) {
        let problem: Option<Problem> = serde_json::from_str(&body).ok();
        return Err(problem.map_or_else(unreadable, |problem| ClientError::Problem(Box::new(problem))));
    }
    Err(unreadable())
}

fn is_problem(response: &Response) -> bool {
    response.headers().get("content-type").is_some_and(|kind| kind.starts_with("application/problem+json"))
}
