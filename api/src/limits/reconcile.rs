//! Brings the counters of the servers that share a Redis together. No request waits for it.

use std::{convert::Infallible, sync::Arc, time::Duration};

use super::{Limits, counter::Untold, counters::Key, policy::MINUTE};
use crate::{background::Background, cache::Redis};
use fred::{
    clients::{Client, Pipeline},
    error::Error,
    interfaces::KeysInterface,
};

/// As long servers may differ.
const EVERY: Duration = Duration::from_millis(250);
/// How many counters go into one round trip.
const BATCH: usize = 500;
/// A window matters until the next one is over, and servers' clocks differ a little.
const KEPT_MS: i64 = MINUTE as i64 * 1_000 * 2 + 10_000;

impl Limits {
    /// Begins to tell the other servers what this one counts, and to learn what they do.
    pub(crate) fn start(&self, background: &mut Background) {
        let Some(redis) = self.0.redis.clone() else {
            return;
        };
        let limits = self.clone();
        background.repeat("limits", EVERY, Arc::default(), move |_| {
            let (limits, redis) = (limits.clone(), redis.clone());
            async move {
                limits.reconcile(&redis).await;
                Ok::<(), Infallible>(())
            }
        });
    }

    async fn reconcile(&self, redis: &Redis) {
        let untold = self.0.counters.tell();
        for batch in untold.chunks(BATCH) {
            let Some(totals) = self.0.redis_health.noted(exchange(redis, batch).await) else {
                // What the others were not told now they are never told: better too little than twice.
                break;
            };
            for ((key, untold), (current, previous)) in batch.iter().zip(totals) {
                self.0.counters.learn(key, untold.index, current, previous);
            }
        }
    }
}

/// Adds what is new to what Redis has, and fetches the sums: of this window, and of the one before.
async fn exchange(redis: &Redis, batch: &[(Key, Untold)]) -> Result<Vec<(u32, u32)>, Error> {
    let pipeline = redis.client().pipeline();
    for ((policy, client), untold) in batch {
        let key = |index: i64| redis.key(&format!("limits:{policy}:{client}:{index}"));
        if untold.previous > 0 {
            add(&pipeline, key(untold.index - 1), untold.previous).await?;
        }
        add(&pipeline, key(untold.index), untold.current).await?;
        let _: () = pipeline.get(key(untold.index - 1)).await?;
    }
    let answers: Vec<Option<i64>> = pipeline.all().await?;
    let mut answers =
        answers.into_iter().map(|sum| u32::try_from(sum.unwrap_or_default()).unwrap_or(u32::MAX));
    let totals = batch.iter().map_while(|(_, untold)| {
        if untold.previous > 0 {
            answers.nth(1)?;
        }
        let (current, _expiry) = (answers.next()?, answers.next()?);
        Some((current, answers.next()?))
    });
    Ok(totals.collect())
}

/// Two commands, two answers.
async fn add(pipeline: &Pipeline<Client>, key: String, count: u32) -> Result<(), Error> {
    let _: () = pipeline.incr_by(key.as_str(), count.into()).await?;
    pipeline.pexpire(key, KEPT_MS, None).await
}
