//! What is whose: the storefront's, the API's, or nobody's.

use reqwest::{Client, Method, Version};

use super::{visit, visit_a};

#[tokio::test]
async fn every_address_of_the_storefront_is_its_page() {
    visit(async |edge| {
        let page = edge.get("/").await;
        assert!(page.text().contains("<!doctype html>") || page.text().contains("<!DOCTYPE html>"));
        for path in [
            "/products",
            "/products/wool-lamp-3?from=search",
            "/cart",
            "/account/orders",
            "/apis",
            "/healthy",
        ] {
            let answer = edge.get(path).await;
            assert_eq!((answer.status.as_u16(), &answer.body), (200, &page.body), "{path}");
            assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_the_page() {
    visit(async |edge| {
        for path in
            ["/web-0123456789abcdef.js", "/old/logo.svg", "/.env", "/.git/config.txt", "/../Cargo.toml"]
        {
            let answer = edge.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.header("content-type"), "application/xml", "{path}");
            assert!(!answer.text().contains("<html"), "{path}");
            assert_eq!(answer.header("cache-control"), "", "{path}");
        }
        assert_eq!(edge.cdn.send(Method::POST, "/products", &[]).await.status, 403, "files are only read");
    })
    .await;
}

#[tokio::test]
async fn what_the_api_does_not_know_is_a_problem_and_no_page() {
    visit(async |edge| {
        for path in
            ["/api", "/api/", "/api/nowhere", "/api/catalog/nowhere", "/api/catalogue", "/api/nowhere.js"]
        {
            let answer = edge.cdn.get(path, &[("accept", "text/html")]).await;
            answer.problem(404, "NOT_FOUND");
            assert_eq!(answer.header("x-cache"), "Miss from cloudfront", "{path}");
        }
        edge.cdn.send(Method::DELETE, "/api/catalog/products", &[]).await.problem(405, "METHOD_NOT_ALLOWED");
        edge.get("/api/catalog/products?limit=none").await.problem(400, "INVALID_PARAMETER");
    })
    .await;
}

#[tokio::test]
async fn what_is_for_operators_is_not_to_be_reached() {
    visit(async |edge| {
        for path in ["/ready", "/metrics", "/metrics/cache"] {
            assert_eq!(edge.get(path).await.header("content-type"), "text/html; charset=utf-8", "{path}");
        }
        for path in ["/api/metrics", "/api/ready", "/api/../metrics", "/api/%2e%2e/ready"] {
            let answer = edge.get(path).await;
            let is_page = answer.header("content-type").starts_with("text/html");
            assert!(is_page || answer.status == 404, "{path}: {}", answer.text());
        }
        for path in ["/health", "/api/health"] {
            let answer = edge.get(path).await;
            assert_eq!((answer.status.as_u16(), answer.json()["status"].as_str()), (200, Some("ok")));
        }
    })
    .await;
}

#[tokio::test]
async fn who_lies_about_where_they_come_from_is_counted_all_the_same() {
    let strict = |shop: crate::program::Shop| {
        shop.with("ENABLE_RATE_LIMITING", "true").with("RATE_LIMIT_DEFAULT", "5")
    };
    visit_a(strict, async |edge| {
        for nth in 0..5 {
            let lie = format!("203.0.113.{nth}");
            let answer = edge.cdn.get("/api/nowhere", &[("x-forwarded-for", &lie)]).await;
            answer.problem(404, "NOT_FOUND");
        }
        let answer =
            edge.cdn.get("/api/nowhere", &[("x-forwarded-for", "203.0.113.200, 198.51.100.7")]).await;
        answer.problem(429, "RATE_LIMITED");
    })
    .await;
}

#[tokio::test]
async fn all_of_it_is_there_in_http_2() {
    visit(async |edge| {
        let client = Client::builder().http2_prior_knowledge().build().unwrap();
        for path in ["/", "/api/catalog/products", "/api/health", "/api/nowhere", "/api/docs/openapi.json"] {
            let answer = client.get(edge.cdn.http2_url(path)).send().await.unwrap();
            assert_eq!(answer.version(), Version::HTTP_2, "{path}");
            let plain = edge.get(path).await;
            assert_eq!(answer.status(), plain.status, "{path}");
            assert_eq!(answer.headers()["content-type"], *plain.header("content-type"), "{path}");
        }
    })
    .await;
}
