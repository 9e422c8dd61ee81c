//! The keys to AWS: fixed ones, or such as an agent beside the container hands out for some hours.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use super::cloudfront::CdnError;
use crate::config::{AwsKeySource, AwsKeys};

/// Keys that end this soon are not used any more.
const MARGIN: TimeDelta = TimeDelta::minutes(5);
/// How long the agent may take: it is on the same machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// The keys of now.
#[derive(Debug)]
pub(super) struct Keyring {
    source: AwsKeySource,
    /// What was handed out last, and until when it is good.
    kept: Mutex<Option<(AwsKeys, DateTime<Utc>)>>,
}

/// What the agent answers.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HandedOut {
    access_key_id: String,
    secret_access_key: String,
    token: Option<String>,
    expiration: DateTime<Utc>,
}

impl Keyring {
    pub(super) fn of(source: AwsKeySource) -> Self {
        Self { source, kept: Mutex::default() }
    }

    /// Blocks while it asks for new ones.
    pub(super) fn current(&self, agent: &ureq::Agent, now: DateTime<Utc>) -> Result<AwsKeys, CdnError> {
        let (url, token_file) = match &self.source {
            AwsKeySource::Fixed(keys) => return Ok(keys.clone()),
            AwsKeySource::Container { url, token_file } => (url, token_file),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((keys, _)) = kept.as_ref().filter(|(_, end)| now < *end - MARGIN) {
            return Ok(keys.clone());
        }
        // Whoever goes to the world through a proxy does not go there through one.
        let mut request = agent.get(url.as_str()).config().proxy(None).timeout_global(Some(PATIENCE)).build();
        if let Some(file) = token_file {
            // Read each time: it is replaced every few hours.
            let token = std::fs::read_to_string(file).map_err(CdnError::Token)?;
            request = request.header("authorization", token.trim());
        }
        let mut answer = request.call().map_err(|error| CdnError::Keys(error.to_string()))?;
        if !answer.status().is_success() {
            return Err(CdnError::Keys(answer.status().to_string()));
        }
        let text = answer.body_mut().read_to_string().map_err(|error| CdnError::Keys(error.to_string()))?;
        let handed: HandedOut =
            serde_json::from_str(&text).map_err(|_| CdnError::Keys("not an answer with keys".into()))?;
        let keys = AwsKeys {
            id: handed.access_key_id,
            secret: handed.secret_access_key,
            session_token: handed.token,
        };
        *kept = Some((keys.clone(), handed.expiration));
        Ok(keys)
    }

    /// Asks for new ones the next time: these are refused.
    pub(super) fn forget(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
