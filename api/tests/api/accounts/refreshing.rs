//! Staying signed in: one refresh token for the next.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::session;
use futures_util::future::join_all;
use reqwest::Method;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;

use crate::support::{Answer, PASSWORD, Person, TestApp, cookie_of, new_email};

const DAY: Duration = Duration::from_hours(24);

/// The attributes of the cookie an answer sets, without its value.
fn attributes(answer: &Answer) -> Vec<String> {
    let mut attributes: Vec<_> = answer.header("set-cookie").split("; ").skip(1).map(str::to_owned).collect();
    attributes.sort();
    attributes
}

#[track_caller]
fn assert_over(answer: &Answer) {
    answer.problem(401, "UNAUTHORIZED");
    assert!(answer.header("www-authenticate").starts_with("Bearer"));
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let email = new_email("ada");
    let app = TestApp::start().await;
    let body = serde_json::json!({"email": email, "password": PASSWORD});
    let registered = app.post("/api/auth/register", body.clone()).await;
    let refreshed = app.refresh(&cookie_of(&registered)).await;
    let in_development = ["HttpOnly", "Max-Age=2592000", "Path=/api/auth", "SameSite=Strict"];
    for answer in [&registered, &app.login(&email, PASSWORD).await, &refreshed] {
        assert_eq!(attributes(answer), in_development);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!answer.text().contains(cookie_of(answer).split_once('=').unwrap().1), "only in the cookie");
    }

    let in_production = TestApp::builder()
        .with("APP_ENV", "production")
        .with("HOST", "127.0.0.1")
        .with("METRICS_PORT", "0")
        .with("PUBLIC_URL", "https://shop.example.com")
        .with("JWT_SECRET", "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa")
        .with("ALLOW_SQLITE_IN_PRODUCTION", "true")
        .start()
        .await;
    let registered = in_production.post("/api/auth/register", body).await;
    assert_eq!(
        attributes(&registered),
        ["HttpOnly", "Max-Age=2592000", "Path=/api/auth", "SameSite=Strict", "Secure"]
    );
}

#[tokio::test]
async fn each_use_gives_another_cookie_and_another_token() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let mut seen = vec![ada.clone()];
    for _ in 0..3 {
        app.clock.advance(Duration::from_mins(1));
        let answer = app.refresh(&seen.last().unwrap().cookie).await;
        assert_eq!(answer.status, 200);
        let next = Person::of(&answer);
        assert_eq!(next.id, ada.id);
        assert!(app.lets_in(&next).await);
        assert!(seen.iter().all(|before| before.cookie != next.cookie && before.token != next.token));
        seen.push(next);
    }
    let sessions = app.by(&ada, Method::GET, "/api/auth/sessions", None).await;
    assert_eq!(sessions.ok::<Value>()["data"].as_array().unwrap().len(), 1, "all of it is one session");
}

#[tokio::test]
async fn fifty_tabs_that_refresh_at_once_end_up_with_one_cookie() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let answers = join_all((0..50).map(|_| app.refresh(&ada.cookie))).await;
    let tabs: Vec<_> = answers.iter().map(Person::of).collect();
    assert!(tabs.iter().all(|tab| tab.cookie == tabs[0].cookie && tab.cookie != ada.cookie));
    let expires = "bottega_refresh=";
    assert!(tabs[0].cookie.starts_with(expires) && tabs[0].cookie.len() > expires.len());
    assert!(app.lets_in(&tabs[49]).await);
    assert_eq!(app.refresh(&tabs[0].cookie).await.status, 200);
}

#[tokio::test]
async fn what_never_was_a_token_ends_nothing() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let (name, token) = ada.cookie.split_once('=').unwrap();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).unwrap();
    // The session's name, which access tokens tell, begins it.
    for place in [16, 31, 32, 47] {
        let mut made_up = bytes.clone();
        made_up[place] ^= 1;
        let cookie = format!("{name}={}", BASE64_URL_SAFE_NO_PAD.encode(made_up));
        assert_over(&app.refresh(&cookie).await);
    }
    assert!(app.lets_in(&ada).await);
    assert_eq!(app.refresh(&ada.cookie).await.status, 200);
    app.audited("session.refresh-reused", 0).await;
}

#[tokio::test]
async fn the_cookie_before_is_good_for_ten_seconds_and_not_a_moment_longer() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let next = Person::of(&app.refresh(&ada.cookie).await);
    app.clock.advance(Duration::from_secs(10));
    let late = app.refresh(&ada.cookie).await;
    assert_eq!((late.status.as_u16(), cookie_of(&late)), (200, next.cookie.clone()));
    assert!(app.lets_in(&next).await);

    app.clock.advance(Duration::from_millis(1));
    assert_over(&app.refresh(&ada.cookie).await);
    assert!(!app.lets_in(&next).await, "the thief may have the newest as well");
    assert_over(&app.refresh(&next.cookie).await);
    let noticed = app.audited("session.refresh-reused", 1).await;
    assert_eq!(noticed[0].entity_id, Some(ada.id.to_string()));
    assert_eq!(noticed.len(), 1);
}

#[tokio::test]
async fn a_cookie_two_generations_old_ends_the_session_and_no_other() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let elsewhere = app.sign_in(&ada.email).await;
    let second = Person::of(&app.refresh(&ada.cookie).await);
    let third = Person::of(&app.refresh(&second.cookie).await);
    assert_over(&app.refresh(&ada.cookie).await);
    for person in [&ada, &second, &third] {
        assert!(!app.lets_in(person).await);
    }
    assert_over(&app.refresh(&second.cookie).await);
    assert_over(&app.refresh(&third.cookie).await);
    assert!(app.lets_in(&elsewhere).await);
    assert_eq!(app.refresh(&elsewhere.cookie).await.status, 200);
}

#[tokio::test]
async fn a_made_up_cookie_gets_nothing_and_ends_nothing() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let next = Person::of(&app.refresh(&ada.cookie).await);
    app.clock.advance(Duration::from_mins(1));
    let others = TestApp::start().await;
    let foreign = others.customer().await.cookie;
    let (name, value) = next.cookie.split_once('=').unwrap();
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(value).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let guessed = format!("{name}={}", BASE64_URL_SAFE_NO_PAD.encode(&bytes));
    let empty = format!("{name}=");
    for cookie in ["", "theme=dark", &empty, "bottega_refresh=garbage", &foreign] {
        assert_over(&app.refresh(cookie).await);
    }
    assert_over(&app.send(Method::POST, "/api/auth/refresh", &[]).await);
    assert!(app.lets_in(&next).await);
    assert_eq!(app.refresh(&next.cookie).await.status, 200);
    // Whoever knows the session's name but not the secret cannot be told from a thief with an old one.
    assert_over(&app.refresh(&guessed).await);
}

#[tokio::test]
async fn a_session_lasts_thirty_days_from_its_last_use() {
    let app = TestApp::start().await;
    let (busy, idle) = (app.customer().await, app.customer().await);
    let mut cookie = busy.cookie.clone();
    for _ in 0..3 {
        app.clock.advance(29 * DAY);
        let answer = app.refresh(&cookie).await;
        assert_eq!(answer.status, 200);
        cookie = cookie_of(&answer);
    }
    assert_over(&app.refresh(&idle.cookie).await);
    app.clock.advance(29 * DAY + Duration::from_millis(86_399_999));
    let answer = app.refresh(&cookie).await;
    assert_eq!(answer.status, 200);
    app.clock.advance(30 * DAY);
    assert_over(&app.refresh(&cookie_of(&answer)).await);
}

#[tokio::test]
async fn a_disabled_account_gets_no_other_token() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    app.change_user(ada.id, |row| row.is_active = Set(false)).await;
    assert_over(&app.refresh(&ada.cookie).await);
    app.change_user(ada.id, |row| row.is_active = Set(true)).await;
    assert_eq!(app.refresh(&ada.cookie).await.status, 200, "nothing was used up");
}

#[tokio::test]
async fn who_reads_the_database_cannot_refresh() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let next = Person::of(&app.refresh(&ada.cookie).await);
    let rows = session::Entity::find().all(app.db.reader()).await.unwrap();
    let kept = format!("{rows:?}").to_lowercase();
    for cookie in [&ada.cookie, &next.cookie] {
        let value = cookie.split_once('=').unwrap().1;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(value).unwrap();
        let secret: String = bytes[16..].iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(!kept.contains(&value.to_lowercase()) && !kept.contains(&secret));
    }
    for hash in [&rows[0].refresh_hash, rows[0].previous_refresh_hash.as_ref().unwrap()] {
        assert_over(&app.refresh(&format!("bottega_refresh={hash}")).await);
    }
}
