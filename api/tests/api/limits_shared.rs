//! Limits over two servers that share a Redis, and over a Redis that dies. Redis is the subject: without it, a server
//! counts for itself.

use std::{collections::BTreeMap, time::Duration};

use crate::{
    limits_exact::{at_once, limited, limited_as, post},
    support::{AppBuilder, RedisServer, TestApp, redis_url},
};

/// Longer than servers take to tell each other what they have counted.
const A_WHILE: Duration = Duration::from_secs(1);

/// Waits until its first connection to Redis stands. Until then a server counts for itself.
async fn connected(app: TestApp) -> TestApp {
    while !app.get("/ready?strict=true").await.status.is_success() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    app
}

#[tokio::test]
async fn two_servers_hold_the_exact_limits_together() {
    if redis_url().is_none() {
        return;
    }
    let first = connected(limited().start().await).await;
    let second = connected(limited_as(first.another()).start().await).await;
    let both = [&first, &second];
    let wrong = at_once(&both, 200, "203.0.113.1", "sign-in/anna/wrong").await;
    assert_eq!(wrong, BTreeMap::from([(202, 5), (429, 195)]));
    let right = at_once(&both, 200, "203.0.113.1", "sign-in/bert/right").await;
    assert_eq!(right, BTreeMap::from([(201, 200)]));
    let registrations = at_once(&both, 40, "203.0.113.1", "register").await;
    assert_eq!(registrations, BTreeMap::from([(201, 3), (429, 37)]));
}

#[tokio::test]
async fn two_servers_hold_the_counted_limits_together_after_a_moment() {
    if redis_url().is_none() {
        return;
    }
    let few = |app: AppBuilder| limited_as(app).with("RATE_LIMIT_DEFAULT", "10");
    let first = connected(few(TestApp::builder()).start().await).await;
    let second = connected(few(first.another()).start().await).await;
    let left = async |app: &TestApp| {
        let answer =
            app.send(reqwest::Method::GET, "/api/nowhere", &[("x-forwarded-for", "203.0.113.1")]).await;
        answer.header("ratelimit").split([';', '=']).nth(2).unwrap().parse::<u32>().unwrap()
    };
    for nth in (4..10).rev() {
        assert_eq!(left(&first).await, nth);
    }
    tokio::time::sleep(A_WHILE).await;
    assert_eq!(left(&second).await, 9, "no request waits to be told");
    tokio::time::sleep(A_WHILE).await;
    for nth in [2, 1, 0] {
        assert_eq!(left(&second).await, nth, "six there and one here");
    }
    let refused =
        second.send(reqwest::Method::GET, "/api/nowhere", &[("x-forwarded-for", "203.0.113.1")]).await;
    refused.problem(429, "RATE_LIMITED");
}

#[tokio::test]
async fn a_decision_is_one_round_trip_and_names_nobody() {
    let Some(redis) = RedisServer::start().await else {
        return;
    };
    let app = connected(limited().with("REDIS_URL", redis.url()).start().await).await;
    // The script is loaded once.
    assert_eq!(post(&app, "203.0.113.1", "sign-in/anna@shop.example/wrong").await.status.as_u16(), 202);
    let watched = redis.watch(app.redis_prefix()).await;
    assert_eq!(post(&app, "203.0.113.1", "sign-in/anna@shop.example/wrong").await.status.as_u16(), 202);
    assert_eq!(post(&app, "203.0.113.1", "register").await.status.as_u16(), 201);
    drop(app);
    drop(redis);
    let commands = watched.await.unwrap();
    let scripts: Vec<_> =
        commands.iter().filter(|line| line.to_lowercase().contains("\"evalsha\"")).collect();
    assert_eq!(scripts.len(), 3, "to ask, to count the failure, to register: {commands:?}");
    let counting = ["\"incrby\"", "\"pexpire\"", "\"get\"", "\"evalsha\""];
    for line in &commands {
        assert!(counting.iter().any(|command| line.to_lowercase().contains(command)), "{line}");
        assert!(!line.contains("anna"), "{line}");
    }
}

#[tokio::test]
async fn a_redis_that_hangs_or_dies_refuses_nobody_and_forgives_nothing() {
    let Some(mut redis) = RedisServer::start().await else {
        return;
    };
    let app = connected(limited().with("REDIS_URL", redis.url()).start().await).await;
    for _ in 0..3 {
        assert_eq!(post(&app, "203.0.113.1", "sign-in/anna/wrong").await.status.as_u16(), 202);
    }
    assert_eq!(redis_errors(&app).await, 0);

    redis.pause(1_500).await;
    assert_eq!(post(&app, "203.0.113.1", "sign-in/bert/right").await.status.as_u16(), 201, "hanging");
    let errors = redis_errors(&app).await;
    assert!(errors >= 1);

    redis.kill().await;
    for status in [202, 202, 429] {
        assert_eq!(post(&app, "203.0.113.1", "sign-in/anna/wrong").await.status.as_u16(), status, "dead");
    }
    assert!(redis_errors(&app).await > errors);
    assert_eq!(app.get("/api/catalog/products").await.status.as_u16(), 200);
}

async fn redis_errors(app: &TestApp) -> u32 {
    let metrics = app.get("/metrics").await;
    let line = metrics.text().lines().find(|line| line.starts_with("rate_limit_redis_errors_total "));
    line.unwrap().rsplit(' ').next().unwrap().parse().unwrap()
}
