//! How often a client may ask, and what it is told about that.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, AppBuilder, TestApp};

const READ: &str = "/api/catalog/products";
/// Counts like everything that is no public read, though there is nothing.
const OTHER: &str = "/api/nowhere";

fn limited() -> AppBuilder {
    TestApp::builder().with("ENABLE_RATE_LIMITING", "true")
}

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    app.send(Method::GET, path, headers).await
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back_and_told_the_truth() {
    let app = limited().with("RATE_LIMIT_PUBLIC_READS", "3").start().await;
    for _ in 0..3 {
        assert_eq!(app.get(READ).await.status.as_u16(), 200);
    }
    let refused = app.get(READ).await;
    refused.problem(429, "RATE_LIMITED");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(refused.header("ratelimit"), format!("\"public-reads\";r=0;t={wait}"));
    assert_eq!(refused.header("ratelimit-policy"), "\"public-reads\";q=3;w=60");
    for unlimited in ["/health", "/api/health", "/ready", "/api/docs/openapi.json"] {
        let answer = app.get(unlimited).await;
        assert_eq!((answer.status.as_u16(), answer.header("ratelimit")), (200, ""), "{unlimited}");
    }
    app.clock.advance(Duration::from_secs(wait - 1));
    app.get(READ).await.problem(429, "RATE_LIMITED");
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(app.get(READ).await.status.as_u16(), 200);
    app.get(READ).await.problem(429, "RATE_LIMITED");
    app.clock.advance(Duration::from_mins(2));
    for _ in 0..3 {
        assert_eq!(app.get(READ).await.status.as_u16(), 200);
    }
    let metrics = app.get("/metrics").await;
    assert!(metrics.text().contains("rate_limit_refused_total{policy=\"public-reads\"} 3"));
}

#[tokio::test]
async fn every_answer_but_a_public_one_says_how_much_is_left() {
    let app = limited().with("RATE_LIMIT_DEFAULT", "5").start().await;
    for (left, method) in [(4, Method::GET), (3, Method::POST), (2, Method::HEAD), (1, Method::DELETE)] {
        let answer = app.send(method.clone(), OTHER, &[]).await;
        assert_eq!(answer.header("ratelimit"), format!("\"default\";r={left};t=60"), "{method}");
        assert_eq!(answer.header("ratelimit-policy"), "\"default\";q=5;w=60");
    }
    app.clock.advance(Duration::from_secs(45));
    let wrong_method = app.send(Method::POST, READ, &[]).await;
    wrong_method.problem(405, "METHOD_NOT_ALLOWED");
    assert_eq!(wrong_method.header("ratelimit"), "\"default\";r=0;t=15", "no public read");
    let public = [
        app.get(READ).await,
        app.send(Method::HEAD, READ, &[]).await,
        get(&app, READ, &[("if-none-match", "*")]).await,
        app.get("/api/catalog/products?page=0").await,
    ];
    for answer in public {
        assert_ne!(answer.status.as_u16(), 429);
        assert_eq!(answer.header("ratelimit"), "", "{}", answer.status);
        assert_eq!(answer.header("ratelimit-policy"), "", "{}", answer.status);
    }
    app.get(OTHER).await.problem(429, "RATE_LIMITED");
    assert_eq!(app.get(READ).await.status.as_u16(), 200, "reads have a limit of their own");
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_may_read_what_is_left() {
    let app = limited().with("CORS_ORIGINS", "https://shop.example").start().await;
    let answer = get(&app, OTHER, &[("origin", "https://shop.example")]).await;
    let exposed: Vec<_> = answer.header("access-control-expose-headers").split(", ").collect();
    assert!(["ratelimit", "ratelimit-policy", "retry-after"].iter().all(|name| exposed.contains(name)));
}

#[tokio::test]
async fn limits_are_kept_per_client_and_clients_cannot_make_themselves_up() {
    let limited = || limited().with("RATE_LIMIT_PUBLIC_READS", "1");
    let behind_proxy = limited().with("TRUSTED_PROXY_HOPS", "1").start().await;
    for (client, same_network) in
        [("203.0.113.1", "203.0.113.1"), ("203.0.113.2", "203.0.113.2"), ("2001:db8::1", "2001:db8::2")]
    {
        let forwarded = format!("6.6.6.6, {client}");
        let headers = [("x-forwarded-for", forwarded.as_str())];
        assert_eq!(get(&behind_proxy, READ, &headers).await.status.as_u16(), 200, "{client}");
        let spoofed = format!("7.7.7.7, {same_network}");
        let again = get(&behind_proxy, READ, &[("x-forwarded-for", spoofed.as_str())]).await;
        again.problem(429, "RATE_LIMITED");
    }
    let direct = limited().start().await;
    assert_eq!(get(&direct, READ, &[("x-forwarded-for", "1.1.1.1")]).await.status.as_u16(), 200);
    get(&direct, READ, &[("x-forwarded-for", "2.2.2.2")]).await.problem(429, "RATE_LIMITED");
    direct.get("/%61pi/catalog/products").await.problem(429, "RATE_LIMITED");
}

#[tokio::test]
async fn the_bypass_takes_a_token_and_a_shop_that_has_one() {
    const TOKEN: &str = "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa";
    let one_read = || limited().with("RATE_LIMIT_PUBLIC_READS", "1");
    let app = one_read().with("RATE_LIMIT_BYPASS_TOKEN", TOKEN).start().await;
    for _ in 0..5 {
        assert_eq!(get(&app, READ, &[("x-load-test-bypass", TOKEN)]).await.status.as_u16(), 200);
    }
    let other = get(&app, OTHER, &[("x-load-test-bypass", TOKEN)]).await;
    assert_eq!(other.header("ratelimit"), "", "there is no limit to tell of");
    assert_eq!(app.get(READ).await.status.as_u16(), 200, "none of it counted");
    app.get(READ).await.problem(429, "RATE_LIMITED");
    for wrong in ["", "k3Jx9", &TOKEN.to_lowercase(), &format!("{TOKEN}x")] {
        get(&app, READ, &[("x-load-test-bypass", wrong)]).await.problem(429, "RATE_LIMITED");
    }
    let without = one_read().start().await;
    assert_eq!(without.get(READ).await.status.as_u16(), 200);
    for token in ["", TOKEN] {
        get(&without, READ, &[("x-load-test-bypass", token)]).await.problem(429, "RATE_LIMITED");
    }
}

#[tokio::test]
async fn who_reaches_a_limit_is_written_down_once() {
    let app = limited().with("RATE_LIMIT_PUBLIC_READS", "1").start().await;
    for _ in 0..20 {
        app.get(READ).await;
    }
    let entries = app.audited("limit.hit", 1).await;
    assert_eq!(entries[0].ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(entries[0].after, Some(json!({"policy": "public-reads"})));
}

#[tokio::test]
async fn the_contract_says_what_limited_operations_say() {
    let app = TestApp::start().await;
    let spec: Value = app.get("/api/docs/openapi.json").await.ok();
    let mut checked = 0;
    for (path, item) in spec["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let is_limited =
                path.starts_with("/api/") && !path.starts_with("/api/docs") && path != "/api/health";
            let is_public =
                method == "get" && ["/api/catalog", "/api/search"].iter().any(|root| path.starts_with(root));
            let responses = operation["responses"].as_object().unwrap();
            assert_eq!(responses.contains_key("429"), is_limited, "{method} {path}");
            for (status, response) in responses {
                let tells = is_limited && (!is_public || status == "429");
                for name in ["RateLimit", "RateLimit-Policy"] {
                    assert_eq!(
                        !response["headers"][name].is_null(),
                        tells,
                        "{method} {path} {status} {name}"
                    );
                    checked += 1;
                }
            }
            assert!(!is_limited || !responses["429"]["headers"]["Retry-After"].is_null());
        }
    }
    assert!(checked > 20);
}
