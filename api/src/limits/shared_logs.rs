//! Sliding logs in Redis, which all servers share: one atomic round trip for a decision, however many logs it is about.

use fred::{error::Error, interfaces::LuaInterface, types::scripts::Script};

use super::exact::{Intent, Limit, Reading, Verdict};
use crate::{cache::Redis, clock::IdSource};

const LUA: &str = include_str!("sliding_logs.lua");

#[derive(Debug)]
pub(super) struct SharedLogs {
    redis: Redis,
    script: Script,
    ids: IdSource,
}

impl SharedLogs {
    pub(super) fn new(redis: Redis, ids: IdSource) -> Self {
        Self { redis, script: Script::from_lua(LUA), ids }
    }

    pub(super) async fn decide(&self, limits: &[Limit], now: i64, intent: Intent) -> Result<Verdict, Error> {
        // One tag, so that all keys of a decision are in one place even where Redis is in several.
        let keys: Vec<String> =
            limits.iter().map(|limit| self.redis.key(&format!("{{limits}}:{}", limit.key))).collect();
        let name = match intent {
            Intent::Look => String::new(),
            Intent::Add => self.ids.next().to_string(),
        };
        let mut arguments = vec![now.to_string(), name];
        for Limit { policy, .. } in limits {
            arguments.extend([policy.quota.to_string(), policy.window_ms().to_string()]);
        }
        let client = self.redis.client();
        let answer = self.script.evalsha(client, keys.clone(), arguments.clone()).await;
        let answer: Vec<i64> = match answer {
            // Redis forgets scripts when it restarts.
            Err(error) if error.details().starts_with("NOSCRIPT") => {
                client.eval(LUA, keys, arguments).await?
            }
            other => other?,
        };
        Ok(verdict(&answer))
    }
}

fn verdict(answer: &[i64]) -> Verdict {
    let (admitted, readings) = answer.split_first().unwrap_or((&1, &[]));
    let readings = readings
        .as_chunks::<2>()
        .0
        .iter()
        .map(|[used, opens_in]| Reading {
            used: u32::try_from(*used).unwrap_or_default(),
            opens_in: *opens_in,
        })
        .collect();
    Verdict { admitted: *admitted == 1, readings }
}
