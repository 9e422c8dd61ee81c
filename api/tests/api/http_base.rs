//! What every answer has in common: names, headers, caching, compression, cross-origin rules.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, NewProduct, TestApp};

const READ: &str = "/api/catalog/products";

async fn with_products(count: usize) -> TestApp {
    let app = TestApp::start().await;
    let lamps = app.category("Lamps", None).await;
    for number in 0..count {
        app.product(NewProduct::new(&format!("Lamp {number}"), lamps)).await;
    }
    app
}

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    app.send(Method::GET, path, headers).await
}

#[tokio::test]
async fn a_request_keeps_the_name_it_comes_with_if_that_is_sane() {
    let app = TestApp::start().await;
    let named = get(&app, "/health", &[("x-request-id", "order-4711")]).await;
    assert_eq!(named.header("x-request-id"), "order-4711");
    let failed = get(&app, "/nowhere", &[("x-request-id", "order-4712")]).await;
    assert_eq!(failed.problem(404, "NOT_FOUND").request_id, "order-4712");
    for strange in ["two words", "quote\"", &"x".repeat(129)] {
        let renamed = get(&app, "/health", &[("x-request-id", strange)]).await;
        assert_ne!(renamed.header("x-request-id"), strange);
        assert!(!renamed.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn every_answer_keeps_browsers_safe_whatever_its_status() {
    let app = TestApp::start().await;
    let answers = [
        app.get(READ).await,
        app.get("/nowhere").await,
        app.get("/api/catalog/products?page=0").await,
        app.send(Method::DELETE, READ, &[]).await,
        get(&app, READ, &[("if-none-match", "*")]).await,
        app.send(
            Method::OPTIONS,
            READ,
            &[("origin", "https://x.example"), ("access-control-request-method", "GET")],
        )
        .await,
        app.get("/api/docs/").await,
    ];
    for answer in answers {
        let status = answer.status;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{status}");
        assert!(
            answer
                .header("strict-transport-security")
                .contains("max-age=31536000; includeSubDomains; preload")
        );
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{status}");
        for name in [
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "x-request-id",
            "server-timing",
        ] {
            assert!(!answer.header(name).is_empty(), "{status}: no {name}");
        }
        assert!(answer.header("set-cookie").is_empty());
    }
}

#[tokio::test]
async fn a_public_read_may_be_kept_by_anybody_and_asked_for_again_cheaply() {
    let app = with_products(30).await;
    let first = app.get(READ).await;
    assert!(first.header("cache-control").starts_with("public, max-age="));
    assert!(
        first.header("cache-control").contains("s-maxage=")
            && first.header("cache-control").contains("stale-while-revalidate=")
    );
    assert_eq!(first.header("vary"), "Accept-Encoding");
    assert_eq!(first.header("access-control-allow-origin"), "*");
    assert_eq!(first.header("cache-tag"), "catalog,categories");

    let mut tags = vec![first.header("etag").to_owned()];
    let mut sizes = vec![first.body.len()];
    for encoding in ["gzip", "br"] {
        let packed = get(&app, READ, &[("accept-encoding", encoding)]).await;
        assert_eq!(packed.header("content-encoding"), encoding);
        assert_eq!(packed.header("vary"), "Accept-Encoding");
        tags.push(packed.header("etag").to_owned());
        sizes.push(packed.body.len());
    }
    assert!(sizes[1] * 4 < sizes[0] && sizes[2] * 4 < sizes[0], "{sizes:?}");
    assert!(tags.iter().all(|tag| tag.starts_with('"')), "strong: {tags:?}");
    assert_eq!(tags.iter().collect::<std::collections::HashSet<_>>().len(), 3);
    for tag in &tags {
        let again = get(&app, READ, &[("if-none-match", tag), ("accept-encoding", "br")]).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), tags[2], "the tag of the encoding that would have been sent");
        assert!(again.header("cache-control").starts_with("public"));
    }
    let admin = app.admin().await;
    let newest: Value = first.json();
    let path = format!("/api/admin/products/{}/stock", newest["data"][0]["id"].as_str().unwrap());
    let all = Some(json!({"delta": -5, "note": "Sold at the fair"}));
    app.by(&admin, Method::POST, &path, all).await.ok::<Value>();
    assert_eq!(get(&app, READ, &[("if-none-match", &tags[0])]).await.status.as_u16(), 200);
}

#[tokio::test]
async fn head_says_what_get_would() {
    let app = with_products(3).await;
    let (get, head) = (app.get(READ).await, app.send(Method::HEAD, READ, &[]).await);
    assert_eq!(head.status, get.status);
    assert!(head.body.is_empty());
    for name in ["etag", "content-type", "cache-control", "content-length"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(app.send(Method::HEAD, "/nowhere", &[]).await.status.as_u16(), 404);
}

#[tokio::test]
async fn only_allowed_origins_may_speak_for_a_visitor() {
    let app = TestApp::builder().with("CORS_ORIGINS", "https://*.shop.example").start().await;
    let preflight = |origin: &'static str| {
        let headers = [("origin", origin), ("access-control-request-method", "PATCH")];
        let app = &app;
        async move { app.send(Method::OPTIONS, "/api/account/addresses", &headers).await }
    };
    let allowed = preflight("https://www.shop.example").await;
    assert_eq!(allowed.status.as_u16(), 204);
    assert_eq!(allowed.header("access-control-allow-origin"), "https://www.shop.example");
    assert_eq!(allowed.header("access-control-allow-credentials"), "true");
    assert_eq!(allowed.header("access-control-max-age"), "600");
    assert!(allowed.header("access-control-allow-methods").contains("PATCH"));
    for origin in
        ["https://evilshop.example", "http://www.shop.example", "https://www.shop.example:444", "null"]
    {
        let refused = preflight(origin).await;
        assert_eq!(refused.status.as_u16(), 204, "never an error for that reason");
        assert_eq!(refused.header("access-control-allow-origin"), "", "{origin}");
        assert_eq!(refused.header("vary"), "Origin");
    }
    let personal = get(&app, "/api/nowhere", &[("origin", "https://www.shop.example")]).await;
    assert_eq!(personal.header("access-control-allow-origin"), "https://www.shop.example");
    assert!(personal.header("vary").contains("Origin"));
    let public = get(&app, READ, &[("origin", "https://evil.example")]).await;
    assert_eq!(public.header("access-control-allow-origin"), "*");
    assert_eq!(public.header("access-control-allow-credentials"), "");
}
