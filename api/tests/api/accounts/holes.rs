//! The holes the shop before this one had, each shown closed. Those that belong to one capability are shown with it.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::user::UserRole;
use reqwest::Method;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};

use super::{OTHER_PASSWORD, limited};
use crate::support::{Answer, PASSWORD, Person, TestApp, new_email};

async fn login(app: &TestApp, headers: &[(&str, &str)], email: &str) -> Answer {
    let body = json!({"email": email, "password": OTHER_PASSWORD});
    app.request(Method::POST, "/api/auth/login", headers, Some(body)).await
}

async fn with_authorization(app: &TestApp, header: &str) -> Answer {
    app.send(Method::GET, "/api/auth/me", &[("authorization", header)]).await
}

/// What a token claims.
fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn the_bypass_everybody_knows_opens_nothing() {
    let known = [("x-load-test-bypass", "k6-load-test-bypass-token-2025")];
    let app = limited().start().await;
    let ada = app.customer().await;
    for _ in 0..5 {
        login(&app, &known, &ada.email).await.problem(401, "INVALID_CREDENTIALS");
    }
    login(&app, &known, &ada.email).await.problem(429, "RATE_LIMITED");
}

#[tokio::test]
async fn nobody_gets_around_limits_by_making_up_where_they_come_from() {
    for hops in [0, 1] {
        let app = limited().with("TRUSTED_PROXY_HOPS", hops).start().await;
        let ada = app.customer().await;
        let spoofed = async |nth: i32| {
            let forwarded = format!("10.9.8.{nth}, 198.51.100.1");
            let forwarded = if hops == 0 { format!("10.9.8.{nth}") } else { forwarded };
            let headers = [
                ("x-forwarded-for", forwarded.as_str()),
                ("x-real-ip", "10.1.1.1"),
                ("forwarded", "for=10.1.1.1"),
                ("cf-connecting-ip", "10.1.1.1"),
            ];
            login(&app, &headers, &ada.email).await
        };
        for nth in 0..5 {
            spoofed(nth).await.problem(401, "INVALID_CREDENTIALS");
        }
        spoofed(5).await.problem(429, "RATE_LIMITED");
        for nth in 6..9 {
            spoofed(nth).await.problem(429, "RATE_LIMITED");
        }
    }
}

#[tokio::test]
async fn what_a_token_says_of_its_bearers_role_is_not_believed() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    app.change_user(ada.id, |row| row.role = Set(UserRole::Admin)).await;
    let ada = app.sign_in(&ada.email).await;
    assert_eq!(claims(&ada.token)["role"], "ADMIN");
    let boss = app.admin().await;
    let path = format!("/api/admin/customers/{}", ada.id);
    let list = async || app.by(&ada, Method::GET, "/api/admin/customers", None).await;
    assert_eq!(list().await.status, 200);
    for (role, status) in [("CUSTOMER", 403), ("ADMIN", 200), ("CUSTOMER", 403)] {
        app.by(&boss, Method::PATCH, &path, Some(json!({"role": role}))).await.ok::<Value>();
        assert_eq!(list().await.status, status, "{role}");
        assert_eq!(app.me(&ada).await["role"], role);
    }
}

#[tokio::test]
async fn a_token_without_its_scheme_or_with_another_is_no_token() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let token = &ada.token;
    let unsigned = token.rsplit_once('.').unwrap().0;
    for wrong in [
        token.clone(),
        format!("Basic {token}"),
        format!("Token {token}"),
        format!("Bearer{token}"),
        format!("Bearer: {token}"),
        format!("Bearer {token}x"),
        format!("Bearer {token} {token}"),
        format!("Bearer {unsigned}."),
        format!("Bearer {unsigned}"),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        String::new(),
    ] {
        let refused = with_authorization(&app, &wrong).await;
        refused.problem(401, "UNAUTHORIZED");
        assert_eq!(
            refused.header("www-authenticate"),
            "Bearer realm=\"bottega\", error=\"invalid_token\"",
            "{wrong}"
        );
    }
    let without = app.get("/api/auth/me").await;
    without.problem(401, "UNAUTHORIZED");
    assert_eq!(without.header("www-authenticate"), "Bearer realm=\"bottega\"");
    assert_eq!(
        with_authorization(&app, &format!("bearer {token}")).await.status,
        200,
        "schemes have no case"
    );
    app.get(&format!("/api/auth/me?access_token={token}")).await.problem(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn a_token_lasts_a_quarter_of_an_hour_and_not_seven_days() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let told = claims(&ada.token);
    assert_eq!(
        (&told["iss"], &told["aud"], &told["sub"]),
        (&json!("bottega"), &json!("bottega-api"), &json!(ada.id))
    );
    assert_eq!(told["exp"].as_i64().unwrap() - told["iat"].as_i64().unwrap(), 15 * 60);
    app.clock.advance(Duration::from_secs(15 * 60 - 1));
    assert!(app.lets_in(&ada).await);
    app.clock.advance(Duration::from_secs(1));
    assert!(!app.lets_in(&ada).await);
    let next = Person::of(&app.refresh(&ada.cookie).await);
    assert!(app.lets_in(&next).await);
}

#[tokio::test]
async fn a_new_signing_secret_signs_nobody_out_and_a_stranger_has_none() {
    let (old, new) = ("the first secret for tests, 0123456789", "the second secret for tests, 9876543210");
    let before = TestApp::builder().with("JWT_SECRET", old).start().await;
    let ada = before.customer().await;
    let after = before.another().with("JWT_SECRET", new).with("JWT_SECRET_PREVIOUS", old).start().await;
    assert!(after.lets_in(&ada).await);
    let next = Person::of(&after.refresh(&ada.cookie).await);
    assert!(after.lets_in(&next).await);
    assert!(!before.lets_in(&next).await, "the old server does not know the new secret");
    // Its answer to a cookie that was used elsewhere a moment ago: still signed in, and the cookie stays.
    let again = before.refresh(&ada.cookie).await;
    assert_eq!((again.status.as_u16(), again.header("set-cookie")), (200, ""));
    let at_last = before.another().with("JWT_SECRET", new).start().await;
    assert!(!at_last.lets_in(&ada).await && at_last.lets_in(&next).await);
}

#[tokio::test]
async fn signing_out_and_changing_the_password_end_tokens() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let (phone, thief) = (app.sign_in(&ada.email).await, app.sign_in(&ada.email).await);
    app.by(&phone, Method::POST, "/api/auth/logout", None).await;
    assert!(!app.lets_in(&phone).await);
    assert_eq!(app.change_password(&ada, PASSWORD, OTHER_PASSWORD).await.status, 204);
    assert!(!app.lets_in(&thief).await && app.lets_in(&ada).await);
}

#[tokio::test]
async fn addresses_that_differ_in_case_or_blanks_are_one_account() {
    let app = TestApp::start().await;
    let email = new_email("Jane");
    let jane =
        Person::of(&app.post("/api/auth/register", json!({"email": email, "password": PASSWORD})).await);
    for same in [email.to_uppercase(), email.to_lowercase(), format!("\u{a0} {email} ")] {
        assert_eq!(Person::of(&app.login(&same, PASSWORD).await).id, jane.id, "{same:?}");
        let again = app.post("/api/auth/register", json!({"email": same, "password": PASSWORD})).await;
        again.problem(409, "CONFLICT");
    }
}

#[tokio::test]
async fn passwords_that_differ_after_72_bytes_are_different() {
    let app = TestApp::start().await;
    let email = new_email("long");
    let (right, wrong) = (format!("{}right", "p".repeat(123)), format!("{}wrong", "p".repeat(123)));
    let body = json!({"email": email, "password": right});
    assert_eq!(app.post("/api/auth/register", body).await.status, 201);
    app.login(&email, &wrong).await.problem(401, "INVALID_CREDENTIALS");
    app.login(&email, &right[..72]).await.problem(401, "INVALID_CREDENTIALS");
    assert_eq!(app.login(&email, &right).await.status, 200);
}
