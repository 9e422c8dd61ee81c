//! What is said to CloudFront: forget these paths.

use std::{fmt::Write, io, time::Duration};

use chrono::{DateTime, Utc};
use ureq::http::StatusCode;

use super::{
    keys::Keyring,
    signature::{self, Unsigned},
};
use crate::config::CdnConfig;

/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// CloudFront is one for the whole world, and signs as if it stood here.
const REGION: &str = "us-east-1";
/// As much of an answer as is read.
const MOST: u64 = 10_000;

/// Why the CDN was not told.
#[derive(Debug, thiserror::Error)]
pub(super) enum CdnError {
    #[error("the token for the keys to AWS cannot be read: {0}")]
    Token(io::Error),
    #[error("no keys to AWS: {0}")]
    Keys(String),
    #[error("CloudFront does not answer: {0}")]
    Away(Box<ureq::Error>),
    #[error("CloudFront refuses: {status} {code}")]
    Refused { status: u16, code: String },
    #[error("no thread to ask in: {0}")]
    NoThread(io::Error),
    #[error("it was broken off")]
    BrokenOff,
}

/// A distribution of CloudFront.
#[derive(Debug)]
pub(super) struct CloudFront {
    url: String,
    host: String,
    path: String,
    keys: Keyring,
    agent: ureq::Agent,
}

impl CloudFront {
    pub(super) fn of(config: &CdnConfig) -> Self {
        let host = config.endpoint.host_str().unwrap_or_default();
        let host = config.endpoint.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let path = format!("/2020-05-31/distribution/{}/invalidation", config.distribution);
        // What is signed for CloudFront, and shown to the agent, is for nobody they send it on to.
        let agent = ureq::Agent::config_builder().max_redirects(0);
        let agent = agent.timeout_global(Some(PATIENCE)).http_status_as_error(false);
        Self {
            url: format!("{}://{host}{path}", config.endpoint.scheme()),
            host,
            path,
            keys: Keyring::of(config.keys.clone()),
            agent: agent.build().into(),
        }
    }

    /// Has it forget these paths. A second request with the same reference and paths changes nothing. Blocks.
    pub(super) fn forget(&self, paths: &[&str], reference: &str, now: DateTime<Utc>) -> Result<(), CdnError> {
        let keys = self.keys.current(&self.agent, now)?;
        let body = batch(paths, reference);
        let (host, path) = (self.host.as_str(), self.path.as_str());
        let unsigned =
            Unsigned { service: "cloudfront", region: REGION, method: "POST", host, path, body: &body };
        let mut request = self.agent.post(&self.url).header("content-type", "text/xml");
        for (name, value) in signature::headers(&unsigned, &keys, now) {
            request = request.header(name, value);
        }
        let mut answer = request.send(&body).map_err(|error| CdnError::Away(Box::new(error)))?;
        if answer.status().is_success() {
            return Ok(());
        }
        if answer.status() == StatusCode::FORBIDDEN {
            self.keys.forget();
        }
        let text = answer.body_mut().with_config().limit(MOST).read_to_string().unwrap_or_default();
        Err(CdnError::Refused { status: answer.status().as_u16(), code: code_in(&text) })
    }
}

/// The paths are of our own making: nothing in them means something to XML.
fn batch(paths: &[&str], reference: &str) -> String {
    let mut items = String::new();
    for path in paths {
        // Writing into a string cannot fail.
        let _ = write!(items, "<Path>{path}</Path>");
    }
    let quantity = paths.len();
    format!(
        "<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Paths><Quantity>{quantity}</Quantity>\
         <Items>{items}</Items></Paths><CallerReference>{reference}</CallerReference></InvalidationBatch>"
    )
}

/// What went wrong in one word, like `TooManyInvalidationsInProgress`.
fn code_in(text: &str) -> String {
    let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    code.map_or_else(String::new, |(code, _)| {
        code.chars().filter(char::is_ascii_alphanumeric).take(100).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_told_in_a_word() {
        let xml =
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>";
        assert_eq!(code_in(xml), "AccessDenied");
        assert_eq!(code_in("<html>Bad gateway</html>"), "");
    }
}
