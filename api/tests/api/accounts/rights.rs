//! How soon somebody loses rights: at once where they were taken, within a second everywhere else.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{AppBuilder, Person, RedisServer, TestApp, within};

const SECOND: Duration = Duration::from_secs(1);
const ADMINS_ONLY: &str = "/api/admin/customers?limit=1";

async fn status(app: &TestApp, who: &Person, path: &str) -> u16 {
    app.by(who, Method::GET, path, None).await.status.as_u16()
}

async fn change(app: &TestApp, admin: &Person, who: &Person, body: Value) {
    let path = format!("/api/admin/customers/{}", who.id);
    app.by(admin, Method::PATCH, &path, Some(body)).await.ok::<Value>();
}

/// Takes rights on one server, and watches them go on both. The other one is asked all the time, so that it has whom it
/// is asked about in memory.
async fn assert_rights_go_everywhere(here: &TestApp, there: &TestApp) {
    let admin = here.admin().await;
    let (ada, bob) = (here.customer().await, here.admin().await);
    for _ in 0..3 {
        assert_eq!(status(there, &ada, "/api/auth/me").await, 200);
        assert_eq!(status(there, &bob, ADMINS_ONLY).await, 200);
    }
    change(here, &admin, &ada, json!({"isActive": false})).await;
    let disabled = Instant::now();
    assert_eq!(status(here, &ada, "/api/auth/me").await, 401);
    within(SECOND, "disabled elsewhere", async || {
        (status(there, &ada, "/api/auth/me").await == 401).then_some(())
    })
    .await;
    assert!(disabled.elapsed() < SECOND, "{:?}", disabled.elapsed());

    change(here, &admin, &bob, json!({"role": "CUSTOMER"})).await;
    let demoted = Instant::now();
    here.by(&bob, Method::GET, ADMINS_ONLY, None).await.problem(403, "FORBIDDEN");
    within(SECOND, "demoted elsewhere", async || {
        (status(there, &bob, ADMINS_ONLY).await == 403).then_some(())
    })
    .await;
    assert!(demoted.elapsed() < SECOND, "{:?}", demoted.elapsed());
    assert_eq!(status(there, &bob, "/api/auth/me").await, 200, "still a customer");

    change(here, &admin, &bob, json!({"role": "ADMIN"})).await;
    assert_eq!(status(here, &bob, ADMINS_ONLY).await, 200, "and the other way round, with the same token");
    within(SECOND, "promoted elsewhere", async || {
        (status(there, &bob, ADMINS_ONLY).await == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn rights_go_within_a_second_on_every_server() {
    let here = TestApp::start().await;
    let there = here.another().start().await;
    assert_rights_go_everywhere(&here, &there).await;
}

#[tokio::test]
async fn rights_go_within_a_second_where_there_is_no_redis() {
    let without = |app: AppBuilder| app.with("REDIS_URL", "");
    let here = without(TestApp::builder()).start().await;
    let there = without(here.another()).start().await;
    assert_rights_go_everywhere(&here, &there).await;
}

#[tokio::test]
async fn rights_go_within_a_second_when_redis_has_died() {
    let Some(mut redis) = RedisServer::start().await else {
        return;
    };
    let with = |app: AppBuilder| app.with("REDIS_URL", redis.url());
    let here = with(TestApp::builder()).start().await;
    let there = with(here.another()).start().await;
    for app in [&here, &there] {
        within(10 * SECOND, "Redis", async || {
            app.get("/ready?strict=true").await.status.is_success().then_some(())
        })
        .await;
    }
    redis.kill().await;
    assert_rights_go_everywhere(&here, &there).await;
}

#[tokio::test]
async fn who_asks_for_what_is_not_theirs_is_remembered() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    app.by(&ada, Method::GET, ADMINS_ONLY, None).await.problem(403, "FORBIDDEN");
    let entries = app.audited("access.forbidden", 1).await;
    assert_eq!(entries[0].actor_id, Some(ada.id));
    let asked_for = json!({"method": "GET", "operation": "/api/admin/customers"});
    assert_eq!(entries[0].after, Some(asked_for), "the operation, and nothing of what was asked");
}

#[tokio::test]
async fn a_request_of_somebody_known_asks_the_database_for_nothing_more() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let first = app.by(&ada, Method::GET, "/api/auth/me", None).await.statements();
    let next = app.by(&ada, Method::GET, "/api/auth/me", None).await.statements();
    assert_eq!((first, next), (2, 0));
    let admin = app.admin().await;
    change(&app, &admin, &ada, json!({"role": "ADMIN"})).await;
    assert_eq!(app.by(&ada, Method::GET, "/api/auth/me", None).await.statements(), 2);
}
