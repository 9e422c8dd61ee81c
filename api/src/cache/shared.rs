//! The second tier: answers in Redis, for all servers. One round trip to look, and never a reason to fail.

use std::{sync::Arc, time::Duration};

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use fred::{
    error::{Error, ErrorKind},
    interfaces::KeysInterface,
    types::{Expiration, Value},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Invalidation, Redis,
    breaker::Breaker,
    changes::Moment,
    family::Key,
    kept::{EVERYTHING, Kept, Making},
    metrics::{CacheMetrics, SharedOutcome},
};
use crate::{http::Representation, telemetry::redis_call};

/// How long a look may take: longer than this, and the database is as fast.
const PATIENCE: Duration = Duration::from_millis(30);

/// What stands before the bytes of an answer.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    made_at: DateTime<Utc>,
    tags: Vec<String>,
    /// The generation of each tag, and of everything, when it was made: those that had changed lately.
    generations: Vec<Option<Uuid>>,
}

/// Redis as a cache.
#[derive(Debug)]
pub(super) struct Shared {
    redis: Redis,
    breaker: Arc<Breaker>,
    metrics: CacheMetrics,
}

impl Shared {
    pub(super) fn new(redis: Redis, breaker: Arc<Breaker>, metrics: CacheMetrics) -> Self {
        Self { redis, breaker, metrics }
    }

    /// The answer, if it is there and nothing it depends on has changed since.
    pub(super) async fn get(
        &self,
        key: &Key,
        invalidation: &Invalidation,
        loaded: Moment,
        now: DateTime<Utc>,
    ) -> Option<Arc<Kept>> {
        if self.breaker.is_open() {
            self.metrics.shared(key.family, SharedOutcome::Skipped);
            return None;
        }
        let name = self.redis.key(&key.shared_name());
        let look = redis_call("GET", async {
            let look = self.redis.client().get::<Option<Bytes>, _>(name);
            let in_time = tokio::time::timeout(PATIENCE, look).await;
            in_time.unwrap_or_else(|_| Err(Error::new(ErrorKind::Timeout, "no answer in time")))
        });
        let bytes = match look.await {
            Ok(bytes) => bytes,
            Err(error) => {
                self.breaker.failed(&error);
                self.metrics.shared(key.family, SharedOutcome::Failed);
                return None;
            }
        };
        self.breaker.succeeded();
        let kept = bytes.and_then(|bytes| read(&bytes, key, invalidation, loaded));
        let kept = kept.filter(|kept| kept.is_good(invalidation, now));
        let outcome = if kept.is_some() { SharedOutcome::Hit } else { SharedOutcome::Miss };
        self.metrics.shared(key.family, outcome);
        kept
    }

    /// Puts an answer there, for nobody to wait for.
    pub(super) fn put(&self, key: &Key, kept: &Arc<Kept>, invalidation: &Invalidation, now: DateTime<Utc>) {
        let (Some(body), false) = (&kept.body, self.breaker.is_open()) else { return };
        let depends_on = kept.tags.iter().map(String::as_str).chain([EVERYTHING]);
        let generations = invalidation.generations(depends_on);
        // Looked at after the generations: those of a change in between must not vouch for what was loaded before it.
        if !kept.is_unchanged(invalidation) {
            return;
        }
        let head = Head { made_at: kept.made_at(), tags: kept.tags.clone(), generations };
        let Ok(mut bytes) = serde_json::to_vec(&head) else { return };
        bytes.push(b'\n');
        bytes.extend_from_slice(body.body());
        self.metrics.wrote(bytes.len());
        let life = Expiration::PX(i64::try_from(kept.left(now).as_millis().max(1)).unwrap_or(i64::MAX));
        let (redis, breaker, name) =
            (self.redis.clone(), self.breaker.clone(), self.redis.key(&key.shared_name()));
        tokio::spawn(async move {
            let put = redis.client().set::<(), _, _>(
                name,
                Value::from(Bytes::from(bytes)),
                Some(life),
                None,
                false,
            );
            if let Err(error) = put.await {
                breaker.failed(&error);
            }
        });
    }
}

/// What cannot be read is not there.
fn read(bytes: &Bytes, key: &Key, invalidation: &Invalidation, loaded: Moment) -> Option<Arc<Kept>> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_slice(bytes.get(..end)?).ok()?;
    let body = Representation::new("application/json", bytes.slice(end + 1..));
    let depends_on = head.tags.iter().map(String::as_str).chain([EVERYTHING]);
    let known = invalidation.generations(depends_on);
    // A tag that has not changed for longer than an answer lives says nothing.
    let agrees = known.len() == head.generations.len()
        && known.iter().zip(&head.generations).all(|(known, made)| known.is_none() || known == made);
    agrees.then(|| {
        let making = Making {
            body: Some(body),
            tags: head.tags,
            loaded,
            fresh_for: key.fresh_for(head.made_at),
            made_at: head.made_at,
        };
        Kept::new(invalidation, making)
    })
}
