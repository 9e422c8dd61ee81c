//! What a cache on the way makes of our headers. A real one, that does just what it is told.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{LIST, page_of, stock_a_lamp};
use crate::support::{NewProduct, Nginx, PATIENCE, TestApp, within};

async fn shop() -> Option<(TestApp, Nginx)> {
    let app = TestApp::start().await;
    let lamps = app.category("Many lamps", None).await;
    for number in 0..10 {
        app.product(NewProduct::new(&format!("Lamp number {number}"), lamps)).await;
    }
    let nginx = Nginx::before(&app).await?;
    Some((app, nginx))
}

#[tokio::test]
async fn a_proxy_answers_public_reads_by_itself_in_every_encoding() {
    let Some((app, nginx)) = shop().await else { return };
    let mut tags = vec![];
    for encoding in ["identity", "br", "gzip"] {
        let headers = [("accept-encoding", encoding)];
        let (first, next) = (nginx.get(LIST, &headers).await, nginx.get(LIST, &headers).await);
        assert_eq!((first.header("x-cache"), next.header("x-cache")), ("MISS", "HIT"), "{encoding}");
        assert_eq!(first.body, next.body);
        let direct = app.send(Method::GET, LIST, &headers).await;
        assert_eq!(next.body, direct.body);
        for name in ["etag", "content-encoding", "content-type", "cache-control", "vary", "cache-tag"] {
            assert_eq!(next.header(name), direct.header(name), "{encoding}: {name}");
        }
        tags.push(next.header("etag").to_owned());
    }
    for tag in &tags {
        let known = nginx.get(LIST, &[("accept-encoding", "br"), ("if-none-match", tag)]).await;
        let expected = if *tag == tags[1] { 304 } else { 200 };
        assert_eq!((known.status.as_u16(), known.header("x-cache")), (expected, "HIT"), "{tag}");
    }
    let head = nginx.send(Method::HEAD, LIST, &[("accept-encoding", "br")]).await;
    assert_eq!((head.status, head.header("x-cache"), head.body.len()), (StatusCode::OK, "HIT", 0));
    assert_eq!(head.header("etag"), tags[1]);
}

#[tokio::test]
async fn who_asks_changes_nothing_about_what_is_everybodys() {
    let Some((app, nginx)) = shop().await else { return };
    let ada = app.customer().await;
    let signed_in = [
        ("authorization", ada.bearer()),
        ("cookie", ada.cookie.clone()),
        ("origin", "https://a.test".into()),
    ];
    let signed_in: Vec<_> = signed_in.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let first = nginx.get(LIST, &signed_in).await;
    let next = nginx.get(LIST, &[]).await;
    assert_eq!((first.header("x-cache"), next.header("x-cache")), ("MISS", "HIT"));
    assert_eq!(first.body, next.body);
    assert_eq!(next.header("access-control-allow-origin"), "*");
    assert!(next.header("set-cookie").is_empty() && next.header("ratelimit").is_empty());
}

#[tokio::test]
async fn nothing_of_anybody_is_kept_on_the_way() {
    let Some((app, nginx)) = shop().await else { return };
    let lamp = stock_a_lamp(&app).await;
    let (ada, bob, admin) = (app.customer().await, app.customer().await, app.admin().await);
    for who in [&ada, &bob, &ada, &admin] {
        let token = who.bearer();
        let headers = [("authorization", token.as_str())];
        let me = nginx.get("/api/auth/me", &headers).await;
        assert_eq!(me.header("x-cache"), "MISS", "however often somebody asks");
        assert_eq!(me.ok::<Value>()["data"]["email"], who.email);
        for path in ["/api/auth/sessions", "/api/account/addresses", "/api/auth/me/export"] {
            nginx.get(path, &headers).await.ok::<Value>();
        }
    }
    let token = admin.bearer();
    let headers = [("authorization", token.as_str())];
    for path in ["/api/admin/customers", "/api/admin/categories", &format!("/api/admin/products/{lamp}")] {
        for _ in 0..2 {
            let answer = nginx.get(path, &headers).await;
            assert_eq!((answer.status, answer.header("x-cache")), (StatusCode::OK, "MISS"), "{path}");
        }
        nginx.get(path, &[]).await.problem(401, "UNAUTHORIZED");
    }
    for path in
        ["/api/auth/me", "/api/catalog/products/no-such-lamp", "/nowhere", "/health", "/ready", "/metrics"]
    {
        for _ in 0..2 {
            assert_eq!(nginx.get(path, &[]).await.header("x-cache"), "MISS", "{path}");
        }
    }
    assert_eq!(nginx.get(&page_of(lamp), &headers).await.header("x-cache"), "MISS");

    // It keeps an answer a moment after it has passed it on.
    let kept =
        within(PATIENCE, "what is everybody's", async || Some(nginx.kept()).filter(|kept| !kept.is_empty()))
            .await;
    for secret in [&ada.email, &bob.email, &admin.email, &ada.cookie, &ada.bearer(), &admin.bearer()] {
        let is_kept = |bytes: &Vec<u8>| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!kept.iter().any(is_kept), "{secret}");
    }
    assert_eq!(kept.len(), 1, "the lamp's page, and nothing else");
}

#[tokio::test]
async fn a_proxy_that_keeps_an_old_answer_asks_whether_it_still_holds() {
    let Some((app, nginx)) = shop().await else { return };
    let admin = app.admin().await;
    let first = nginx.get(LIST, &[]).await;
    let known = first.header("etag").to_owned();
    assert_eq!(app.send(Method::GET, LIST, &[("if-none-match", &known)]).await.status.as_u16(), 304);
    let id = first.json()["data"][0]["id"].as_str().unwrap().to_owned();
    let all = Some(json!({"delta": -5, "note": "Sold at the fair"}));
    app.by(&admin, Method::POST, &format!("/api/admin/products/{id}/stock"), all).await.ok::<Value>();
    let changed = app.send(Method::GET, LIST, &[("if-none-match", &known)]).await;
    assert_eq!(changed.status.as_u16(), 200);
    assert_ne!(changed.header("etag"), known);
}
