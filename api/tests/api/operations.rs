//! What operators, load balancers and client builders ask: health, readiness, metrics, the docs.

use openapi::{
    ProblemCode,
    operations::{DependencyState, Health, NotReadyProblem, Readiness, ReadinessStatus},
};
use reqwest::Method;

use crate::support::{PATIENCE, TestApp, postgres_url, within};

/// A Redis that is configured, and away.
async fn without_its_redis() -> TestApp {
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    TestApp::builder().with("REDIS_URL", format!("redis://:hush@{closed}")).start().await
}

/// The count of answers in the metrics for this method, route and status.
fn count(metrics: &str, method: &str, route: &str, status: u16) -> Option<u64> {
    let series = format!(
        "http_request_duration_seconds_count{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} "
    );
    metrics.lines().find_map(|line| line.strip_prefix(&series)).map(|count| count.parse().unwrap())
}

#[tokio::test]
async fn health_says_what_runs_and_touches_nothing() {
    let app = TestApp::start().await;
    for path in ["/health", "/api/health"] {
        let answer = app.get(path).await;
        assert_eq!(answer.statements(), 0);
        assert_eq!(answer.header("cache-control"), "no-store");
        let health: Health = answer.ok();
        assert_eq!((health.status.as_str(), health.version.as_str()), ("ok", env!("CARGO_PKG_VERSION")));
        assert!(!health.commit.is_empty());
        assert_eq!(health.timestamp, app.clock.now());
        let head = app.send(Method::HEAD, path, &[]).await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    }
}

#[tokio::test]
async fn a_ready_server_names_what_it_depends_on() {
    let app = TestApp::start().await;
    let has_redis = std::env::var("TEST_REDIS_URL").is_ok();
    // Redis is connected to in the background.
    let answer = within(PATIENCE, "ready", async || {
        Some(app.get("/ready?strict=true").await).filter(|answer| answer.status == 200)
    })
    .await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let readiness: Readiness = answer.ok();
    assert_eq!(readiness.status, ReadinessStatus::Ready);
    let checks: Vec<_> =
        readiness.checks.iter().map(|check| (check.name.as_str(), check.engine.as_str())).collect();
    let database = ("database", if postgres_url().is_some() { "postgresql" } else { "sqlite" });
    assert_eq!(checks, if has_redis { vec![database, ("cache", "redis")] } else { vec![database] });
    for check in &readiness.checks {
        assert_eq!(check.state, DependencyState::Up);
        assert!(check.latency_ms > 0.0 && check.latency_ms < 2_000.0, "{check:?}");
    }
}

#[tokio::test]
async fn readiness_has_one_parameter() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/ready?strict=false").await.status, 200);
    for query in ["strict=maybe", "strickt=true"] {
        app.get(&format!("/ready?{query}")).await.problem(400, "INVALID_PARAMETER");
    }
}

#[tokio::test]
async fn a_server_without_its_redis_goes_on_degraded() {
    let app = without_its_redis().await;
    let readiness: Readiness = app.get("/ready").await.ok();
    assert_eq!(readiness.status, ReadinessStatus::Degraded);
    let states: Vec<_> = readiness.checks.iter().map(|check| (check.name.as_str(), check.state)).collect();
    assert_eq!(states, [("database", DependencyState::Up), ("cache", DependencyState::Down)]);
    // What shoppers see does not change.
    app.get("/api/catalog/products").await.ok::<serde_json::Value>();
}

#[tokio::test]
async fn asked_strictly_a_server_without_its_redis_is_not_ready() {
    let app = without_its_redis().await;
    let answer = app.get("/ready?strict=true").await;
    answer.problem(503, "NOT_READY");
    assert_eq!(answer.header("retry-after"), "5");
    let told: NotReadyProblem = serde_json::from_slice(&answer.body).unwrap();
    let states: Vec<_> = told.checks.iter().map(|check| (check.name.as_str(), check.state)).collect();
    assert_eq!(states, [("database", DependencyState::Up), ("cache", DependencyState::Down)]);
    assert!(!answer.text().contains("hush") && !answer.text().contains("127.0.0.1"), "{}", answer.text());
}

#[tokio::test]
async fn requests_are_counted_by_route_and_never_by_path() {
    let app = TestApp::start().await;
    for name in ["red", "green", "blue"] {
        app.get(&format!("/api/catalog/products/hat-{name}")).await.problem(404, "NOT_FOUND");
        app.get(&format!("/nowhere/{name}")).await.problem(404, "NOT_FOUND");
        app.get(&format!("/api/nowhere/{name}")).await.problem(404, "NOT_FOUND");
    }
    app.send(Method::HEAD, "/health", &[]).await;
    app.send(Method::from_bytes(b"BREW").unwrap(), "/coffee", &[]).await;
    app.get("/api/catalog/products").await;

    let answer = app.get("/metrics").await;
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    let metrics = answer.text();
    let route = app.get("/api/docs/openapi.json").await.json()["paths"]
        .as_object()
        .unwrap()
        .keys()
        .find(|path| path.starts_with("/api/catalog/products/{"))
        .unwrap()
        .clone();
    assert_eq!(count(metrics, "GET", &route, 404), Some(3), "{metrics}");
    assert_eq!(count(metrics, "GET", "none", 404), Some(6), "{metrics}");
    assert_eq!(count(metrics, "HEAD", "/health", 200), Some(1), "{metrics}");
    assert_eq!(count(metrics, "other", "none", 404), Some(1), "{metrics}");
    assert_eq!(count(metrics, "GET", "/api/catalog/products", 200), Some(1), "{metrics}");
    for raw in ["hat-", "nowhere", "BREW", "coffee"] {
        assert!(!metrics.contains(raw), "{raw}: {metrics}");
    }
    for name in
        ["db_statements_total ", "db_wait_seconds_count ", "uptime_seconds ", "build_info{", "process_"]
    {
        assert!(metrics.lines().any(|line| line.starts_with(name)), "{name}: {metrics}");
    }
}

#[tokio::test]
async fn swagger_ui_is_where_people_look_for_it() {
    let app = TestApp::start().await;
    let index = app.get("/api/docs/").await;
    assert_eq!(index.status, 200);
    assert!(index.header("content-type").starts_with("text/html"), "{}", index.header("content-type"));
    assert!(index.text().contains("swagger-ui"), "{}", index.text());
    let policy = index.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'"),
        "{policy}"
    );

    let moved = app.get("/api/docs").await;
    assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/api/docs/"));

    // Every script and style of the page is there, inline ones there are none.
    let mut loaded = 0;
    for tag in index.text().split('<') {
        let source = ["src=\"", "href=\""].iter().find_map(|mark| tag.split_once(mark)).map(|found| found.1);
        if let Some(file) = source.and_then(|rest| rest.split('"').next()) {
            assert!(!file.contains("//"), "from another host: {file}");
            let answer = app.get(&format!("/api/docs/{}", file.trim_start_matches("./"))).await;
            assert_eq!(answer.status, 200, "{file}");
            loaded += 1;
        } else {
            assert!(!tag.starts_with("script"), "inline: {tag}");
        }
    }
    assert!(loaded >= 4, "{}", index.text());
    let start = app.get("/api/docs/swagger-initializer.js").await;
    assert!(start.text().contains("/api/docs/openapi.json"), "{}", start.text());
    app.get("/api/docs/nowhere.js").await.problem(404, "NOT_FOUND");
}

#[tokio::test]
async fn without_swagger_ui_the_spec_is_still_there() {
    let app = TestApp::builder().with("ENABLE_SWAGGER", "false").start().await;
    for path in ["/api/docs", "/api/docs/", "/api/docs/swagger-ui-bundle.js"] {
        app.get(path).await.problem(404, "NOT_FOUND");
    }
    assert_eq!(app.get("/api/docs/openapi.json").await.status, 200);
    assert_eq!(app.get("/api/docs/problems").await.status, 200);
}

#[tokio::test]
async fn every_problem_is_explained_where_its_type_leads() {
    let app = TestApp::start().await;
    let page = app.get("/api/docs/problems").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    for code in ProblemCode::ALL {
        let anchor = format!("<h2 id=\"{}\">", code.anchor());
        assert_eq!(page.text().matches(&anchor).count(), 1, "{code:?}");
        assert!(page.text().contains(&format!("<code>{}</code>", code.as_str())), "{code:?}");
    }
    let problem = app.get("/nowhere").await.problem(404, "NOT_FOUND");
    let (address, anchor) = problem.r#type.split_once('#').unwrap();
    assert_eq!(address, "/api/docs/problems");
    assert!(page.text().contains(&format!("id=\"{anchor}\"")));
}
