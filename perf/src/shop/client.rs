//! Somebody who talks to a server, over a connection that stays open.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};
use ureq::{Agent, http::Request};

use crate::failure::Failure;

/// What a server is started with, as `RATE_LIMIT_BYPASS_TOKEN`, to let those through who say so. It runs for the length
/// of a measurement, and on this machine alone.
pub(crate) const BYPASS_TOKEN: &str = "measured-with-every-limit-in-place";

/// Somebody who talks to a server. Each has connections of their own.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    agent: Agent,
    origin: String,
    headers: Vec<(&'static str, String)>,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub(crate) struct Reply {
    path: String,
    pub(crate) status: u16,
    body: Vec<u8>,
}

impl Client {
    pub(super) fn of(port: u16, patience: Duration) -> Self {
        Self::at(format!("http://127.0.0.1:{port}"), patience)
    }

    /// Talks to a server anywhere, and goes nowhere else even if that sends it elsewhere.
    pub(crate) fn at(origin: String, patience: Duration) -> Self {
        let config = Agent::config_builder().timeout_global(Some(patience)).http_status_as_error(false);
        // Erasing an account is a DELETE with a body, which ureq takes for out of the ordinary.
        let config = config.max_redirects(0).allow_non_standard_methods(true);
        Self { agent: config.build().new_agent(), origin, headers: vec![] }
    }

    /// Lets this one through every limit of a server that knows [`BYPASS_TOKEN`].
    pub(crate) fn past_limits(self) -> Self {
        self.past_limits_by(BYPASS_TOKEN)
    }

    /// The same of a server that knows this token.
    pub(crate) fn past_limits_by(self, token: &str) -> Self {
        self.with("x-load-test-bypass", token.to_owned())
    }

    /// Comes from this address, as a trusted proxy would tell it.
    pub(crate) fn coming_from(self, address: &str) -> Self {
        self.with("x-forwarded-for", address.to_owned())
    }

    pub(crate) fn with_token(self, token: &str) -> Self {
        self.with("authorization", format!("Bearer {token}"))
    }

    /// Calls its next request so.
    pub(crate) fn with_key(self, key: &str) -> Self {
        self.with("idempotency-key", key.to_owned())
    }

    fn with(mut self, header: &'static str, value: String) -> Self {
        self.headers.push((header, value));
        self
    }

    pub(crate) fn get(&self, path: &str) -> Result<Reply, Failure> {
        self.send("GET", path, None)
    }

    pub(crate) fn post(&self, path: &str, body: &impl Serialize) -> Result<Reply, Failure> {
        self.send("POST", path, Some(json(path, body)?))
    }

    pub(crate) fn post_nothing(&self, path: &str) -> Result<Reply, Failure> {
        self.send("POST", path, None)
    }

    pub(crate) fn patch(&self, path: &str, body: &impl Serialize) -> Result<Reply, Failure> {
        self.send("PATCH", path, Some(json(path, body)?))
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Reply, Failure> {
        self.send("DELETE", path, None)
    }

    pub(crate) fn delete_with(&self, path: &str, body: &impl Serialize) -> Result<Reply, Failure> {
        self.send("DELETE", path, Some(json(path, body)?))
    }

    fn send(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Result<Reply, Failure> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let answer = match body {
            Some(body) => request
                .header("content-type", "application/json")
                .body(body)
                .map_err(ureq::Error::from)
                .and_then(|request| self.agent.run(request)),
            None => request.body(()).map_err(ureq::Error::from).and_then(|request| self.agent.run(request)),
        };
        let read =
            answer.and_then(|mut answer| Ok((answer.status().as_u16(), answer.body_mut().read_to_vec()?)));
        let (status, body) = read.map_err(|error| failed(path, &error))?;
        Ok(Reply { path: path.to_owned(), status, body })
    }
}

impl Reply {
    /// This answer, if it has this status.
    pub(crate) fn expect(self, wanted: u16) -> Result<Self, Failure> {
        let Self { status, .. } = self;
        if status == wanted { Ok(self) } else { Err(Failure::Unexpected { path: self.path, status, wanted }) }
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| failed(&self.path, &error))
    }
}

fn json(path: &str, body: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(body).map_err(|error| failed(path, &error))
}

fn failed(path: &str, error: &impl ToString) -> Failure {
    Failure::Request { path: path.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_status_than_the_expected_one_is_told() {
        let reply = |status| Reply { path: "/api".into(), status, body: b"[1]".into() };
        let numbers: Vec<u32> = reply(200).expect(200).unwrap().json().unwrap();
        assert_eq!(numbers, [1]);
        let failure = reply(503).expect(200).unwrap_err().to_string();
        assert_eq!(failure, "/api was answered 503 where 200 was expected.");
    }
}
