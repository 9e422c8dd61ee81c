//! The limits that hold exactly, asked through routes that do what signing in and registering do.

use std::{collections::BTreeMap, net::IpAddr, time::Duration};

use actix_web::{HttpRequest, HttpResponse, rt::time::sleep, web};
use api::{error::ApiError, http::client_ip, state::AppState};
use futures_util::future::join_all;
use reqwest::Method;

use crate::support::{Answer, AppBuilder, TestApp};

/// A shop with routes that meet the exact limits, behind a proxy that says who asks.
pub fn limited() -> AppBuilder {
    limited_as(TestApp::builder())
}

pub fn limited_as(app: AppBuilder) -> AppBuilder {
    app.with("ENABLE_RATE_LIMITING", "true")
        .with("RATE_LIMIT_DEFAULT", "1000000")
        .with("TRUSTED_PROXY_HOPS", "1")
        .routes(routes)
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/api/test/sign-in/{account}/{password}", web::post().to(sign_in))
        .route("/api/test/register", web::post().to(register))
        .route("/api/test/mail/{account}", web::post().to(mail));
}

/// Answers 201 to the right password and 202 to the wrong one.
async fn sign_in(
    request: HttpRequest,
    state: web::Data<AppState>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let (account, password) = path.into_inner();
    let sign_in = state.limits.sign_in(asker(&request, &state), &account);
    sign_in.permitted().await?;
    // So long a password takes, and so long others may guess side by side.
    let takes = if password == "slowly-right" { 1_500 } else { 20 };
    sleep(Duration::from_millis(takes)).await;
    if password.ends_with("right") {
        sign_in.succeeded().await?;
        return Ok(HttpResponse::Created().finish());
    }
    sign_in.failed().await?;
    Ok(HttpResponse::Accepted().finish())
}

async fn register(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, ApiError> {
    state.limits.registration(asker(&request, &state)).await?;
    Ok(HttpResponse::Created().finish())
}

async fn mail(
    request: HttpRequest,
    state: web::Data<AppState>,
    account: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    state.limits.mail(asker(&request, &state), &account).await?;
    Ok(HttpResponse::Accepted().finish())
}

fn asker(request: &HttpRequest, state: &AppState) -> IpAddr {
    client_ip(request, state)
}

pub async fn post(app: &TestApp, client: &str, path: &str) -> Answer {
    app.send(Method::POST, &format!("/api/test/{path}"), &[("x-forwarded-for", client)]).await
}

async fn status(app: &TestApp, client: &str, path: &str) -> u16 {
    post(app, client, path).await.status.as_u16()
}

/// How many of as many at once were answered what.
pub async fn at_once(apps: &[&TestApp], count: usize, client: &str, path: &str) -> BTreeMap<u16, usize> {
    let all = (0..count).map(|nth| status(apps[nth % apps.len()], client, path));
    join_all(all).await.into_iter().fold(BTreeMap::new(), |mut counts, status| {
        *counts.entry(status).or_default() += 1;
        counts
    })
}

#[tokio::test]
async fn of_two_hundred_wrong_guesses_at_once_five_learn_that_they_are_wrong() {
    let app = limited().start().await;
    let answers = at_once(&[&app], 200, "203.0.113.1", "sign-in/anna/wrong").await;
    assert_eq!(answers, BTreeMap::from([(202, 5), (429, 195)]));
    post(&app, "203.0.113.1", "sign-in/anna/right").await.problem(429, "RATE_LIMITED");
    assert_eq!(status(&app, "203.0.113.1", "sign-in/bert/right").await, 201, "another account");
    assert_eq!(status(&app, "203.0.113.2", "sign-in/anna/right").await, 201, "another address");
}

#[tokio::test]
async fn who_signs_in_successfully_may_do_so_as_often_and_as_much_at_once_as_they_like() {
    let app = limited().start().await;
    for _ in 0..4 {
        post(&app, "203.0.113.1", "sign-in/anna/wrong").await;
    }
    let answers = at_once(&[&app], 200, "203.0.113.1", "sign-in/anna/right").await;
    assert_eq!(answers, BTreeMap::from([(201, 200)]));
}

#[tokio::test]
async fn a_right_guess_among_too_many_wrong_ones_does_not_learn_that_it_was_right() {
    let app = limited().start().await;
    let right = status(&app, "203.0.113.1", "sign-in/anna/slowly-right");
    let wrong = async {
        // The right one has been permitted by then, and is not done before them.
        sleep(Duration::from_millis(300)).await;
        at_once(&[&app], 50, "203.0.113.1", "sign-in/anna/wrong").await
    };
    let (right, wrong) = futures_util::join!(right, wrong);
    assert_eq!((right, wrong), (429, BTreeMap::from([(202, 5), (429, 45)])));
}

#[tokio::test]
async fn failures_are_counted_per_address_and_per_account_too() {
    let app = limited().start().await;
    for nth in 0..30 {
        assert_eq!(status(&app, "203.0.113.1", &format!("sign-in/user{nth}/wrong")).await, 202, "{nth}");
    }
    let refused = post(&app, "203.0.113.1", "sign-in/user30/right").await;
    refused.problem(429, "RATE_LIMITED");
    assert!(refused.header("ratelimit").contains("\"sign-in-client\";r=0;t=900"));

    for nth in 0..50 {
        assert_eq!(status(&app, &format!("198.51.100.{nth}"), "sign-in/anna/wrong").await, 202, "{nth}");
    }
    let refused = post(&app, "198.51.100.99", "sign-in/anna/right").await;
    refused.problem(429, "RATE_LIMITED");
    assert!(refused.header("ratelimit-policy").contains("\"sign-in-account\";q=50;w=900"));
}

#[tokio::test]
async fn a_sign_in_tells_of_both_limits_it_met_and_opens_again_when_it_says() {
    let app = limited().with("RATE_LIMIT_DEFAULT", "100").start().await;
    let first = post(&app, "203.0.113.1", "sign-in/anna/wrong").await;
    assert_eq!(first.header("ratelimit"), "\"default\";r=99;t=60, \"sign-in\";r=4;t=900");
    assert_eq!(first.header("ratelimit-policy"), "\"default\";q=100;w=60, \"sign-in\";q=5;w=900");
    app.clock.advance(Duration::from_secs(100));
    for _ in 0..4 {
        post(&app, "203.0.113.1", "sign-in/anna/wrong").await;
    }
    let refused = post(&app, "203.0.113.1", "sign-in/anna/right").await;
    refused.problem(429, "RATE_LIMITED");
    assert_eq!(refused.header("retry-after"), "800");
    assert!(refused.header("ratelimit").ends_with("\"sign-in\";r=0;t=800"));
    app.clock.advance(Duration::from_secs(799));
    assert_eq!(status(&app, "203.0.113.1", "sign-in/anna/right").await, 429);
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(status(&app, "203.0.113.1", "sign-in/anna/right").await, 201);
    assert_eq!(status(&app, "203.0.113.1", "sign-in/anna/wrong").await, 202, "one has run out");
    assert_eq!(status(&app, "203.0.113.1", "sign-in/anna/wrong").await, 429);
}

#[tokio::test]
async fn registrations_and_mails_are_few() {
    let app = limited().start().await;
    let answers = at_once(&[&app], 20, "203.0.113.1", "register").await;
    assert_eq!(answers, BTreeMap::from([(201, 3), (429, 17)]));
    assert_eq!(post(&app, "203.0.113.1", "register").await.header("retry-after"), "3600");
    assert_eq!(status(&app, "2001:db8::1", "register").await, 201);

    for nth in 0..5 {
        assert_eq!(status(&app, &format!("198.51.100.{nth}"), "mail/anna").await, 202, "{nth}");
    }
    assert_eq!(status(&app, "198.51.100.9", "mail/anna").await, 429, "whoever asks");
    for nth in 0..20 {
        assert_eq!(status(&app, "203.0.113.9", &format!("mail/user{nth}")).await, 202, "{nth}");
    }
    assert_eq!(status(&app, "203.0.113.9", "mail/bert").await, 429, "to whomever");
    app.clock.advance(Duration::from_hours(1));
    assert_eq!(status(&app, "203.0.113.9", "mail/bert").await, 202);
}

#[tokio::test]
async fn the_bypass_passes_the_exact_limits_too() {
    const TOKEN: &str = "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa";
    let app = limited().with("RATE_LIMIT_BYPASS_TOKEN", TOKEN).start().await;
    for _ in 0..10 {
        let headers = [("x-load-test-bypass", TOKEN), ("x-forwarded-for", "203.0.113.1")];
        let answer = app.send(Method::POST, "/api/test/register", &headers).await;
        assert_eq!((answer.status.as_u16(), answer.header("ratelimit")), (201, ""));
    }
    assert_eq!(at_once(&[&app], 4, "203.0.113.1", "register").await, BTreeMap::from([(201, 3), (429, 1)]));
}
