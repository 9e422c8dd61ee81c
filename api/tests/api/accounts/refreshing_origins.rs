//! Whose pages may use the cookie, which a browser sends along with whatever a page asks for.

use reqwest::Method;

use crate::support::{Person, TestApp};

const COOKIE_OPERATIONS: [&str; 2] = ["/api/auth/refresh", "/api/auth/logout"];

async fn from(app: &TestApp, origin: &str, cookie: &str, path: &str) -> crate::support::Answer {
    app.send(Method::POST, path, &[("origin", origin), ("cookie", cookie)]).await
}

async fn shop() -> TestApp {
    TestApp::builder()
        .with("PUBLIC_URL", "https://shop.test")
        .with("CORS_ORIGINS", "https://partner.example,https://*.k8s.example")
        .start()
        .await
}

#[tokio::test]
async fn pages_of_other_sites_may_not_use_the_cookie() {
    let app = shop().await;
    let ada = app.customer().await;
    let foreign = [
        "https://evil.example",
        "null",
        "",
        "https://shop.test.evil.example",
        "http://shop.test",
        "https://shop.test:8443",
        "https://evilk8s.example",
        "http://a.k8s.example",
        "https://a.k8s.example:444",
        "https://partner.example.evil.example",
    ];
    for origin in foreign {
        for path in COOKIE_OPERATIONS {
            let refused = from(&app, origin, &ada.cookie, path).await;
            refused.problem(403, "FORBIDDEN");
            assert_eq!(refused.header("set-cookie"), "", "{origin}");
            assert_eq!(refused.header("access-control-allow-origin"), "", "{origin}");
        }
    }
    assert_eq!(app.refresh(&ada.cookie).await.status, 200, "nothing was used up or ended");
    app.audited("access.foreign-origin", 2 * foreign.len()).await;
}

#[tokio::test]
async fn the_shops_own_pages_and_those_it_allows_may() {
    let app = shop().await;
    let mut ada = app.customer().await;
    let own = format!("http://{}", app.address);
    for origin in [own.as_str(), "https://shop.test", "https://partner.example", "https://a.k8s.example"] {
        let answer = from(&app, origin, &ada.cookie, "/api/auth/refresh").await;
        ada = Person::of(&answer);
    }
    for origin in [own.as_str(), "https://shop.test", "https://partner.example", "https://a.k8s.example"] {
        let ada = app.sign_in(&ada.email).await;
        assert_eq!(from(&app, origin, &ada.cookie, "/api/auth/logout").await.status, 204, "{origin}");
    }
}

#[tokio::test]
async fn a_token_says_who_asks_wherever_the_page_comes_from() {
    let app = shop().await;
    let ada = app.customer().await;
    let headers = [("origin", "https://evil.example"), ("authorization", &ada.bearer())];
    assert_eq!(app.send(Method::GET, "/api/auth/me", &headers).await.status, 200);
    let without = app.send(Method::GET, "/api/auth/me", &[("cookie", &ada.cookie)]).await;
    without.problem(401, "UNAUTHORIZED");
}
