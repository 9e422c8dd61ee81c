//! What servers share through Redis, and what becomes of it when Redis fails.

use super::{LIST, SECOND, family, page_of, report, restock, source, stock, stock_a_lamp};
use uuid::Uuid;

use crate::support::{RedisServer, TestApp, within};

/// Two servers of one shop on a Redis of their own, if the tests run with Redis.
async fn two_servers() -> Option<(RedisServer, TestApp, TestApp)> {
    let redis = RedisServer::start().await?;
    let here = TestApp::builder().with("REDIS_URL", redis.url()).start().await;
    let there = here.another().with("REDIS_URL", redis.url()).start().await;
    for app in [&here, &there] {
        ready(app).await;
    }
    Some((redis, here, there))
}

async fn ready(app: &TestApp) {
    within(10 * SECOND, "Redis", async || {
        app.get("/ready?strict=true").await.status.is_success().then_some(())
    })
    .await;
}

/// The names of the answers in Redis, once there are some: they are put there after they are sent.
async fn kept_in(redis: &RedisServer) -> Vec<String> {
    within(10 * SECOND, "an answer in Redis", async || {
        let mut keys = redis.send("KEYS *").await;
        keys.retain(|key| key.contains("answer:"));
        (!keys.is_empty()).then_some(keys)
    })
    .await
}

#[tokio::test]
async fn what_one_server_made_the_other_finds_in_one_round_trip() {
    let Some((redis, here, there)) = two_servers().await else { return };
    stock_a_lamp(&here).await;
    let watching = redis.watch("answer:").await;
    assert_eq!(source(&here.get(LIST).await), "none");
    kept_in(&redis).await;
    assert_eq!(source(&there.get(LIST).await), "redis");
    for app in [&here, &there] {
        assert_eq!(source(&app.get(LIST).await), "memory");
    }
    assert_eq!(family(&there, "products").await.loads, 0);
    drop((here, there));
    drop(redis);
    let commands = watching.await.unwrap();
    let names: Vec<_> = commands.iter().map(|line| line.split('"').nth(1).unwrap()).collect();
    assert_eq!(names, ["GET", "SET", "GET"], "a look and a note, then a look: {commands:#?}");
}

#[tokio::test]
async fn what_people_type_does_not_stand_in_redis() {
    let Some((redis, here, there)) = two_servers().await else { return };
    let watching = redis.watch("").await;
    here.get("/api/catalog/products/somebody-typed-this").await;
    here.get("/api/catalog/products?sku=SOMEBODY-TYPED-THIS").await;
    kept_in(&redis).await;
    drop((here, there));
    drop(redis);
    for command in watching.await.unwrap() {
        assert!(!command.to_lowercase().contains("somebody"), "{command}");
    }
}

#[tokio::test]
async fn an_emptied_redis_brings_nothing_old_back() {
    let Some((redis, here, there)) = two_servers().await else { return };
    let (lamp, admin) = (stock_a_lamp(&here).await, here.admin().await);
    for left in [4, 3] {
        for app in [&here, &there] {
            stock(app, lamp).await;
        }
        redis.send("FLUSHALL").await;
        restock(&here, &admin, lamp, -1).await;
        redis.send("FLUSHALL").await;
        assert_eq!(stock(&here, lamp).await, left);
        within(SECOND, "seen on the other server", async || {
            (stock(&there, lamp).await == left).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn nonsense_in_redis_is_not_believed() {
    let Some((redis, here, there)) = two_servers().await else { return };
    stock_a_lamp(&here).await;
    here.get(LIST).await;
    for key in kept_in(&redis).await {
        redis.send(&format!("SET {key} nonsense")).await;
    }
    let answer = there.get(LIST).await;
    assert_eq!(source(&answer), "none");
    assert_eq!(answer.body, here.get(LIST).await.body);
}

#[tokio::test]
async fn a_redis_that_hangs_is_left_alone_until_it_is_back() {
    let Some((redis, here, _there)) = two_servers().await else { return };
    let lamp = stock_a_lamp(&here).await;
    redis.pause(3_000).await;
    for page in 1..=20 {
        let answer = here.get(&format!("{LIST}?page={page}")).await;
        assert_eq!(source(&answer), "none");
    }
    let products = family(&here, "products").await;
    assert!((1..=3).contains(&products.redis.failed), "{products:?}");
    assert!(products.redis.skipped >= 15, "{products:?}");
    assert!(report(&here).await.redis.unwrap().is_left_alone);
    let admin = here.admin().await;
    restock(&here, &admin, lamp, -1).await;
    assert_eq!(stock(&here, lamp).await, 4, "a change is seen without it");

    within(10 * SECOND, "Redis is used again", async || {
        (!report(&here).await.redis.unwrap().is_left_alone).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_missed_by_nobody() {
    let Some((mut redis, here, there)) = two_servers().await else { return };
    let (lamp, admin) = (stock_a_lamp(&here).await, here.admin().await);
    redis.kill().await;
    for left in [4, 3] {
        for app in [&here, &there] {
            app.get(LIST).await.ok::<serde_json::Value>();
            stock(app, lamp).await;
        }
        restock(&here, &admin, lamp, -1).await;
        assert_eq!(stock(&here, lamp).await, left);
        within(SECOND, "seen on the other server", async || {
            (stock(&there, lamp).await == left).then_some(())
        })
        .await;
    }
    assert_eq!(source(&here.get(&page_of(lamp)).await), "memory");
}

#[tokio::test]
async fn a_flood_of_news_does_not_make_a_server_deaf() {
    let Some((redis, _here, there)) = two_servers().await else { return };
    let page = page_of(stock_a_lamp(&there).await);
    // Of what stands in no table a server hears through Redis or not at all.
    let news = |tag: &str| format!("PUBLISH {}news \"{tag} {} 0\"", there.redis_prefix(), Uuid::now_v7());
    within(10 * SECOND, "both servers listen", async || {
        (redis.send(&news("nothing")).await == [":2"]).then_some(())
    })
    .await;
    let flood: Vec<_> = (0..2_000).map(|_| news("nothing")).collect();
    redis.send(&flood.join("\r\n")).await;
    there.get(&page).await;
    assert_eq!(source(&there.get(&page).await), "memory");
    within(10 * SECOND, "the lamp's news", async || {
        redis.send(&news(page.replace("/api/catalog/products/", "product:").as_str())).await;
        (source(&there.get(&page).await) != "memory").then_some(())
    })
    .await;
}
