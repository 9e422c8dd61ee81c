//! The database goes away: what was answered lately is answered still, and says so.

use std::time::Duration;

use super::{LIST, SECOND, change_without_telling, page_of, rename, source, stock_a_lamp};
use crate::support::{PATIENCE, TestApp, postgres_url, within};

#[tokio::test]
async fn what_was_answered_lately_is_answered_while_the_database_is_away() {
    // A file does not go away.
    if postgres_url().is_none() {
        return;
    }
    let app = TestApp::builder().behind_proxy().start().await;
    let proxy = app.proxy.as_ref().unwrap();
    let lamp = stock_a_lamp(&app).await;
    let ada = app.customer().await;
    let before = app.get(LIST).await;
    app.get(&page_of(lamp)).await;
    app.me(&ada).await;

    proxy.cut();
    app.clock.advance(Duration::from_mins(6));
    let begun = std::time::Instant::now();
    for path in [LIST, &page_of(lamp), LIST] {
        let answer = app.get(path).await;
        assert_eq!(source(&answer), "database-away", "{path}");
        assert_eq!(answer.header("age"), "360");
        assert_eq!(answer.header("cache-control"), "public, max-age=1, s-maxage=1");
    }
    assert!(begun.elapsed() < PATIENCE / 2, "{:?}", begun.elapsed());
    assert_eq!(app.get(LIST).await.body, before.body);
    app.get("/api/catalog/categories").await.problem(503, "SERVICE_UNAVAILABLE");

    app.clock.advance(Duration::from_mins(5));
    app.get(LIST).await.problem(503, "SERVICE_UNAVAILABLE");

    proxy.mend();
    within(PATIENCE, "the database is found again", async || {
        let answer = app.get(LIST).await;
        (answer.status.is_success() && source(&answer) == "none").then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_changed_while_the_database_was_away_is_not_missed() {
    if postgres_url().is_none() {
        return;
    }
    let app = TestApp::builder().behind_proxy().start().await;
    let proxy = app.proxy.as_ref().unwrap();
    let lamp = stock_a_lamp(&app).await;
    app.get(&page_of(lamp)).await;
    proxy.cut();
    rename(&app, lamp, "lantern").await;
    change_without_telling(&app, &format!("product:{lamp}")).await;
    // Longer than a look at the table goes back of itself.
    app.clock.advance(Duration::from_mins(2));
    tokio::time::sleep(SECOND).await;
    proxy.mend();
    within(PATIENCE, "the new name", async || {
        let answer = app.get(&page_of(lamp)).await;
        (answer.status.is_success() && answer.json()["data"]["name"] == "lantern").then_some(())
    })
    .await;
}
