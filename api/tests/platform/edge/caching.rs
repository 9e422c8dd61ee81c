//! What the edge keeps: what the API calls public, in each encoding, and nothing of anybody's own.

use reqwest::Method;
use serde_json::json;

use super::{Edge, visit};
use crate::support::Answer;

pub const HIT: &str = "Hit from cloudfront";
pub const MISS: &str = "Miss from cloudfront";
pub const LIST: &str = "/api/catalog/products?limit=24";

#[tokio::test]
async fn public_reads_are_kept_apart_by_encoding() {
    visit(async |edge| {
        let plain = edge.get(LIST).await;
        let kinds = [("", ""), ("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br")];
        for (accepted, encoding) in kinds {
            let headers: &[_] = if accepted.is_empty() { &[] } else { &[("accept-encoding", accepted)] };
            let first = edge.cdn.get(LIST, headers).await;
            let next = edge.cdn.get(LIST, headers).await;
            assert_eq!(first.header("content-encoding"), encoding, "asked for {accepted:?}");
            assert_eq!(
                (next.header("x-cache"), next.header("content-encoding")),
                (HIT, encoding),
                "{accepted:?}"
            );
            assert_eq!(next.body, first.body, "{accepted:?}");
            assert_eq!(next.body == plain.body, encoding.is_empty(), "{accepted:?}");
            assert!(
                next.header("vary").to_lowercase().contains("accept-encoding"),
                "{}",
                next.header("vary")
            );
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_known_is_not_sent_again_by_the_edge_either() {
    visit(async |edge| {
        let first = edge.get(LIST).await;
        let known = edge.cdn.get(LIST, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!((known.status.as_u16(), known.body.len(), known.header("x-cache")), (304, 0, HIT));
        let head = edge.head(LIST).await;
        assert_eq!((head.status.as_u16(), head.body.len(), head.header("x-cache")), (200, 0, HIT));
        assert_eq!(head.header("etag"), first.header("etag"));
    })
    .await;
}

#[tokio::test]
async fn every_public_read_is_kept_and_tells_by_which_names_to_forget_it() {
    visit(async |edge| {
        let (product, _) = edge.product().await;
        for path in [
            &product,
            LIST,
            "/api/catalog/products?limit=24&page=2",
            "/api/catalog/categories",
            "/api/catalog/categories/tree",
            "/api/search?q=wool",
            "/api/search/suggest?q=wo",
            &format!("{product}/related"),
        ] {
            let answers = [edge.get(path).await, edge.get(path).await];
            let [first, next] = answers.each_ref().map(|answer: &Answer| answer.header("x-cache"));
            assert_eq!((first, next), (MISS, HIT), "{path}");
            assert!(answers[1].header("set-cookie").is_empty() && answers[1].header("ratelimit").is_empty());
            assert_ne!(answers[1].header("cache-tag"), "", "{path}");
        }
    })
    .await;
}

/// The answer that somebody gets is the answer that anybody gets: the API is not told who they are.
#[tokio::test]
async fn a_public_read_of_somebody_is_everybodys() {
    visit(async |edge| {
        let (bearer, cookie) = edge.customer().await;
        let headers = [("authorization", bearer.as_str()), ("cookie", cookie.as_str())];
        assert_eq!(edge.x_cache(LIST, &headers).await, MISS);
        assert_eq!(edge.x_cache(LIST, &[]).await, HIT);
        // Who shows nonsense would be told so, if the API saw it.
        let nonsense = edge.cdn.get("/api/catalog/categories", &[("authorization", "Bearer nonsense")]).await;
        assert_eq!(nonsense.status, 200);
    })
    .await;
}

#[tokio::test]
async fn nothing_personal_is_kept() {
    visit(async |edge| {
        let (bearer, cookie) = edge.customer().await;
        let headers = [("authorization", bearer.as_str()), ("cookie", cookie.as_str())];
        for path in [
            "/api/auth/me",
            "/api/auth/sessions",
            "/api/account/addresses",
            "/api/cart",
            "/api/orders",
            "/api/auth/me/export",
            "/api/health",
            "/health",
        ] {
            for _ in 0..2 {
                let answer = edge.cdn.get(path, &headers).await;
                assert_eq!((answer.status.as_u16(), answer.header("x-cache")), (200, MISS), "{path}");
                let kept = answer.header("cache-control");
                assert!(kept.contains("no-store") || kept.contains("private"), "{path}: {kept}");
            }
        }
        for path in ["/api/auth/me", "/api/orders"] {
            edge.get(path).await.problem(401, "UNAUTHORIZED");
        }
        assert_eq!(signed_in_anew(edge, &cookie).await, (200, 200), "each cookie is a new one");
    })
    .await;
}

/// Writes to any address reach the API, with who makes them, and are never kept.
async fn signed_in_anew(edge: &Edge, cookie: &str) -> (u16, u16) {
    let origin = [("cookie", cookie), ("origin", "https://shop.test")];
    let first = edge.cdn.send(Method::POST, "/api/auth/refresh", &origin).await;
    let cookie = crate::support::cookie_of(&first);
    let next = edge.cdn.send(Method::POST, "/api/auth/refresh", &[("cookie", &cookie), origin[1]]).await;
    assert_eq!((first.header("x-cache"), next.header("x-cache")), (MISS, MISS));
    assert_ne!(crate::support::cookie_of(&next), cookie);
    (first.status.as_u16(), next.status.as_u16())
}

#[tokio::test]
async fn errors_are_kept_by_nobody() {
    visit(async |edge| {
        let unknown = "/api/catalog/products/unheard-of";
        for _ in 0..2 {
            let answer = edge.get(unknown).await;
            answer.problem(404, "NOT_FOUND");
            assert_eq!(answer.header("x-cache"), MISS);
        }
        let guest = reqwest::Client::new().post(edge.cdn.url("/api/cart/items"));
        let answer = Answer::read(guest.json(&json!({"quantity": 0})).send().await.unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-cache")), (422, MISS));
    })
    .await;
}
