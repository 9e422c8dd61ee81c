//! Sliding logs in Redis, which all servers share: one atomic round trip for a decision, however many logs it is about.

use fred::{error::Error, interfaces::LuaInterface, types::scripts::Script};

use super::decision::{Intent, Limit, Reading, Verdict};
use crate::{cache::Redis, clock::IdSource, telemetry::redis_call};

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
        let answer =
            redis_call("EVALSHA", self.script.evalsha(client, keys.clone(), arguments.clone())).await;
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::{prelude::*, test_runner::TestRunner};
    use url::Url;

    use super::{
        super::{policy::Policy, sliding_logs::SlidingLogs},
        *,
    };
    use crate::{clock::Clock, config::RedisConfig};

    /// Redis as the tests have it, if they run with it, and a place in it that is nobody else's.
    async fn redis() -> Option<Redis> {
        let url = std::env::var("TEST_REDIS_URL").ok().filter(|url| !url.is_empty())?;
        let place = IdSource::new(Clock::system()).next();
        let config = RedisConfig { url: Url::parse(&url).unwrap(), key_prefix: format!("test:{place}:") };
        let redis = Redis::connect(&config).unwrap();
        redis.ready(Duration::from_secs(5)).await.unwrap();
        Some(redis)
    }

    #[test]
    fn redis_decides_as_a_server_alone_does() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let Some(redis) = runtime.block_on(redis()) else {
            return;
        };
        let policy = |name, quota| Policy { name, quota, window: 10 };
        let ids = IdSource::new(Clock::system());
        let steps = prop::collection::vec((0_i64..4_000, 0_usize..3, any::<bool>()), 1..60);
        let agree = |steps: Vec<(i64, usize, bool)>| {
            let subject = ids.next().to_string();
            let narrow = Limit::new(policy("narrow", 2), &subject);
            let wide = Limit::new(policy("wide", 4), &subject);
            let (both, kinds) = ([narrow, wide], [0..1, 1..2, 0..2]);
            let own = SlidingLogs::default();
            let shared = SharedLogs::new(redis.clone(), ids.clone());
            let mut now = 0;
            for (step, kind, adds) in steps {
                now += step;
                let limits = &both[kinds[kind].clone()];
                let intent = if adds { Intent::Add } else { Intent::Look };
                let of_redis = runtime.block_on(shared.decide(limits, now, intent)).unwrap();
                prop_assert_eq!(of_redis, own.decide(limits, now, intent), "{:?} at {}", limits, now);
            }
            Ok(())
        };
        // Each step is a round trip.
        let runs =
            proptest::test_runner::Config { cases: 40, failure_persistence: None, ..Default::default() };
        TestRunner::new(runs).run(&steps, agree).unwrap();
    }
}
