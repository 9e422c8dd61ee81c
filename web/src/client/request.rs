//! The one function that sends a request.

use gloo_net::http::{Headers, Method, RequestBuilder};
use openapi::Problem;
use web_sys::AbortSignal;

use super::{ClientError, json};

/// Longer than the server's own limit of 30 s, so that its answer, if there is one, arrives.
const TIMEOUT_MS: u32 = 35_000;

/// What is sent. It may hold a password, so it cannot be printed.
#[derive(Clone)]
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: String,
    /// JSON.
    pub(super) body: Option<String>,
    pub(super) idempotency_key: Option<String>,
}

impl Outgoing {
    pub(super) fn get(url: &str) -> Self {
        Self { method: Method::GET, url: url.to_owned(), body: None, idempotency_key: None }
    }
}

/// How what came back is read.
pub(super) type Reading<T> = fn(&serde_json::Value) -> Option<T>;

/// What came back, when it was a success.
pub(crate) struct Answer {
    status: u16,
    request_id: Option<String>,
    body: String,
}

impl Answer {
    /// Reads it. An answer without a body reads as `()`.
    pub(super) fn read<T>(self, how: Reading<T>) -> Result<T, ClientError> {
        let body = if self.body.is_empty() { "null" } else { &self.body };
        let (status, request_id) = (self.status, self.request_id);
        json::tree(body).and_then(|tree| how(&tree)).ok_or(ClientError::Unreadable { status, request_id })
    }

    pub(super) fn into_text(self) -> String {
        self.body
    }
}

/// Sends a request, as whoever the token belongs to.
pub(super) async fn send(outgoing: &Outgoing, token: Option<&str>) -> Result<Answer, ClientError> {
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    let mut request = RequestBuilder::new(&outgoing.url)
        .method(outgoing.method.clone())
        .header("Accept", "application/json")
        .abort_signal(Some(&signal));
    if let Some(token) = token {
        request = request.header("Authorization", &format!("Bearer {token}"));
    }
    if let Some(key) = &outgoing.idempotency_key {
        request = request.header("Idempotency-Key", key);
    }
    let request = match &outgoing.body {
        Some(body) => request.header("Content-Type", "application/json").body(body.as_str()),
        None => request.build(),
    };
    // Only a method or a body that do not go together are refused here, and ours do.
    let request = request.map_err(|_| ClientError::Unreachable)?;
    let response = request.send().await.map_err(|_| ClientError::Unreachable)?;
    let status = response.status();
    let headers = response.headers();
    let request_id = headers.get("x-request-id");
    let body = response.text().await.map_err(|_| ClientError::Unreachable)?;
    if response.ok() {
        return Ok(Answer { status, request_id, body });
    }
    let problem: Option<Problem> =
        if is_problem(&headers) { json::tree(&body).and_then(|tree| json::read(&tree)) } else { None };
    Err(match problem {
        Some(problem) => ClientError::Problem {
            problem: Box::new(problem),
            retry_after: headers.get("retry-after").and_then(|seconds| seconds.parse().ok()),
        },
        None => ClientError::Unreadable { status, request_id },
    })
}

fn is_problem(headers: &Headers) -> bool {
    headers.get("content-type").is_some_and(|kind| kind.starts_with("application/problem+json"))
}
