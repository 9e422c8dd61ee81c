//! Signing out: here, there and everywhere.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, PASSWORD, Person, TestApp, cookie_of, within};

const LOGOUT: &str = "/api/auth/logout";

#[track_caller]
fn assert_cookie_taken_away(answer: &Answer) {
    assert_eq!(answer.status, 204, "{}", answer.text());
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("bottega_refresh=; ") && cookie.contains("Max-Age=0"), "{cookie}");
    assert!(cookie.contains("Path=/api/auth") && cookie.contains("HttpOnly"), "{cookie}");
}

async fn is_over(app: &TestApp, who: &Person) -> bool {
    let refreshes = app.refresh(&who.cookie).await.status == 200;
    let lets_in = app.lets_in(who).await;
    assert_eq!(refreshes, lets_in, "a session is over as a whole");
    !lets_in
}

async fn sessions(app: &TestApp, who: &Person) -> Vec<Value> {
    let answer = app.by(who, Method::GET, "/api/auth/sessions", None).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.ok::<Value>()["data"].as_array().unwrap().clone()
}

async fn end(app: &TestApp, who: &Person, id: &str) -> Answer {
    app.by(who, Method::DELETE, &format!("/api/auth/sessions/{id}"), None).await
}

#[tokio::test]
async fn the_token_or_the_cookie_or_both_end_their_session_and_no_other() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    for (shows_token, shows_cookie) in [(true, false), (false, true), (true, true)] {
        let here = app.sign_in(&ada.email).await;
        let bearer = here.bearer();
        let mut headers = vec![];
        headers.extend(shows_token.then_some(("authorization", bearer.as_str())));
        headers.extend(shows_cookie.then_some(("cookie", here.cookie.as_str())));
        let answer = app.send(Method::POST, LOGOUT, &headers).await;
        assert_cookie_taken_away(&answer);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(is_over(&app, &here).await, "token {shows_token}, cookie {shows_cookie}");
        app.send(Method::POST, LOGOUT, &headers).await.problem(401, "UNAUTHORIZED");
    }
    assert!(!is_over(&app, &ada).await);
}

#[tokio::test]
async fn the_token_of_one_session_and_the_cookie_of_another_end_both() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    let headers = [("authorization", ada.bearer()), ("cookie", bob.cookie.clone())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_cookie_taken_away(&app.send(Method::POST, LOGOUT, &headers).await);
    assert!(is_over(&app, &ada).await && is_over(&app, &bob).await);
}

#[tokio::test]
async fn who_is_nobody_cannot_sign_out() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let old = ada.cookie.clone();
    let ada = Person::of(&app.refresh(&cookie_of(&app.refresh(&old).await)).await);
    for headers in [
        vec![],
        vec![("authorization", "Bearer garbage")],
        vec![("cookie", "bottega_refresh=garbage")],
        // Long rotated: whoever has it may not be whose it was.
        vec![("cookie", old.as_str())],
    ] {
        let refused = app.send(Method::POST, LOGOUT, &headers).await;
        refused.problem(401, "UNAUTHORIZED");
        assert_eq!(refused.header("set-cookie"), "");
    }
    assert!(app.lets_in(&ada).await);
    app.send(Method::POST, "/api/auth/logout-all", &[("cookie", &ada.cookie)])
        .await
        .problem(401, "UNAUTHORIZED");
}

#[tokio::test]
async fn signing_out_everywhere_is_known_on_every_server_within_a_second() {
    let app = TestApp::start().await;
    let other_server = app.another().start().await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    let phone = app.sign_in(&ada.email).await;
    for person in [&ada, &phone, &bob] {
        assert!(other_server.lets_in(person).await);
    }
    let answer = app.by(&ada, Method::POST, "/api/auth/logout-all", Some(json!({}))).await;
    assert_cookie_taken_away(&answer);
    for person in [&ada, &phone] {
        assert!(!app.lets_in(person).await, "here at once");
        within(Duration::from_secs(1), "the other server", async || {
            (!other_server.lets_in(person).await).then_some(())
        })
        .await;
        assert!(is_over(&app, person).await && is_over(&other_server, person).await);
    }
    assert!(other_server.lets_in(&bob).await);
    assert!(app.lets_in(&app.sign_in(&ada.email).await).await, "and may come back");
}

#[tokio::test]
async fn the_list_of_sessions_says_where_one_is_signed_in() {
    let app = TestApp::builder().with("TRUSTED_PROXY_HOPS", "1").start().await;
    let ada = app.customer().await;
    let sign_in = async |agent: &str, ip: &str| {
        app.clock.advance(Duration::from_mins(1));
        let headers = [("user-agent", agent), ("x-forwarded-for", ip)];
        let body = json!({"email": ada.email, "password": PASSWORD});
        Person::of(&app.request(Method::POST, "/api/auth/login", &headers, Some(body)).await)
    };
    let phone = sign_in("Phone/1", "203.0.113.7").await;
    let _tablet = sign_in(&"T".repeat(1_000), "2001:db8::7").await;
    app.clock.advance(Duration::from_mins(1));
    let headers = [("cookie", phone.cookie.as_str()), ("x-forwarded-for", "203.0.113.8")];
    let phone = Person::of(&app.request(Method::POST, "/api/auth/refresh", &headers, None).await);

    let list = sessions(&app, &phone).await;
    let told: Vec<_> = list
        .iter()
        .map(|one| {
            (one["userAgent"].as_str(), one["ip"].as_str().unwrap(), one["current"].as_bool().unwrap())
        })
        .collect();
    let long = "T".repeat(300);
    assert_eq!(
        told,
        [
            (Some("Phone/1"), "203.0.113.8", true),
            (Some(long.as_str()), "2001:db8::7", false),
            (None, "127.0.0.1", false),
        ],
        "the latest used first"
    );
    assert_eq!(list[0]["createdAt"], "2026-01-31T12:01:00.000Z");
    assert_eq!(list[0]["lastUsedAt"], "2026-01-31T12:03:00.000Z");
    assert_eq!(list[0]["expiresAt"], "2026-03-02T12:03:00.000Z");
    assert!(sessions(&app, &ada).await[2]["current"].as_bool().unwrap());
    app.clock.advance(Duration::from_hours(24 * 30) - Duration::from_mins(1));
    let ada = app.sign_in(&ada.email).await;
    assert_eq!(sessions(&app, &ada).await.len(), 2, "those that expired are not listed");
}

#[tokio::test]
async fn one_session_is_ended_from_another_and_only_by_its_owner() {
    let app = TestApp::start().await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    let phone = app.sign_in(&ada.email).await;
    let list = sessions(&app, &ada).await;
    let id_of_phone = list.iter().find(|one| one["current"] == false).unwrap()["id"].as_str().unwrap();
    end(&app, &bob, id_of_phone).await.problem(404, "NOT_FOUND");
    end(&app, &app.admin().await, id_of_phone).await.problem(404, "NOT_FOUND");
    end(&app, &ada, &Uuid::now_v7().to_string()).await.problem(404, "NOT_FOUND");
    assert!(app.lets_in(&phone).await);

    let ended = end(&app, &ada, id_of_phone).await;
    assert_eq!((ended.status.as_u16(), ended.header("set-cookie")), (204, ""));
    assert!(is_over(&app, &phone).await);
    end(&app, &ada, id_of_phone).await.problem(404, "NOT_FOUND");
    assert_eq!(sessions(&app, &ada).await.len(), 1);
    let own = sessions(&app, &ada).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(end(&app, &ada, &own).await.status, 204);
    assert!(is_over(&app, &ada).await);
}
