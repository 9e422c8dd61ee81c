//! The database goes away and comes back. PostgreSQL is the subject: a file does not go away.

use openapi::operations::{DependencyState, NotReadyProblem, Readiness, ReadinessStatus};

use crate::support::{PATIENCE, TestApp, postgres_url, within};

#[tokio::test]
async fn a_lost_database_is_told_and_found_again_without_a_restart() {
    if postgres_url().is_none() {
        return;
    }
    let app = TestApp::builder().behind_proxy().start().await;
    let proxy = app.proxy.as_ref().unwrap();
    assert_eq!(app.get("/api/catalog/products").await.status.as_u16(), 200);

    proxy.cut();
    let away = app.get("/api/catalog/products?page=2").await;
    away.problem(503, "SERVICE_UNAVAILABLE");
    assert!(!away.header("retry-after").is_empty());
    assert!(!away.text().to_lowercase().contains("postgres"), "gives nothing away");
    assert_eq!(app.get("/health").await.status.as_u16(), 200, "the process is up");
    let ready: Readiness = app.get("/ready").await.ok();
    assert_eq!(ready.status, ReadinessStatus::Degraded, "one lost database must not take every server out");
    let strict = app.get("/ready?strict=true").await;
    strict.problem(503, "NOT_READY");
    let strict: NotReadyProblem = serde_json::from_slice(&strict.body).unwrap();
    assert_eq!((strict.checks[0].name.as_str(), strict.checks[0].state), ("database", DependencyState::Down));

    proxy.mend();
    // Each connection that was cut fails the one request that finds it so.
    within(PATIENCE, "the database is found again", async || {
        (app.get("/api/catalog/products?page=2").await.status == 200).then_some(())
    })
    .await;
    assert_eq!(app.get("/ready?strict=true").await.status.as_u16(), 200);
}
