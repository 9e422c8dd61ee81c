//! How often somebody may be wrong about a password.

use std::{collections::BTreeMap, time::Duration};

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

use super::{OTHER_PASSWORD, assert_broken, limited};
use crate::support::{Answer, PASSWORD, Person, TestApp, new_email};

const HERE: &str = "203.0.113.1";
const THERE: &str = "203.0.113.2";

async fn login_from(app: &TestApp, client: &str, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    app.post_from(client.parse().unwrap(), "/api/auth/login", body).await
}

#[tokio::test]
async fn five_wrong_guesses_close_an_account_to_the_guesser_alone() {
    let app = limited().start().await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    for nth in 0..5 {
        // However it is written, it is one account.
        let email = if nth % 2 == 0 { ada.email.to_uppercase() } else { ada.email.clone() };
        login_from(&app, HERE, &email, OTHER_PASSWORD).await.problem(401, "INVALID_CREDENTIALS");
    }
    for password in [OTHER_PASSWORD, PASSWORD] {
        let refused = login_from(&app, HERE, &ada.email, password).await;
        refused.problem(429, "RATE_LIMITED");
        assert_eq!(refused.header("retry-after"), "900");
        assert!(
            refused.header("ratelimit").contains("\"sign-in\";r=0;t=900"),
            "{}",
            refused.header("ratelimit")
        );
        assert_eq!(refused.header("set-cookie"), "");
    }
    assert_eq!(login_from(&app, THERE, &ada.email, PASSWORD).await.status, 200);
    assert_eq!(login_from(&app, HERE, &bob.email, PASSWORD).await.status, 200);
    app.clock.advance(Duration::from_mins(15));
    assert_eq!(login_from(&app, HERE, &ada.email, PASSWORD).await.status, 200);
    assert_eq!(app.audited("limit.hit", 1).await[0].after, Some(json!({"policy": "sign-in"})));
}

#[tokio::test]
async fn who_is_right_is_not_counted() {
    let app = limited().start().await;
    let ada = app.customer().await;
    for _ in 0..4 {
        login_from(&app, HERE, &ada.email, OTHER_PASSWORD).await.problem(401, "INVALID_CREDENTIALS");
    }
    for _ in 0..10 {
        assert_eq!(login_from(&app, HERE, &ada.email, PASSWORD).await.status, 200);
    }
    // Nor does a body that could not be right.
    assert_broken(&login_from(&app, HERE, "nowhere", PASSWORD).await, "/email", "email");
    login_from(&app, HERE, &ada.email, OTHER_PASSWORD).await.problem(401, "INVALID_CREDENTIALS");
    login_from(&app, HERE, &ada.email, PASSWORD).await.problem(429, "RATE_LIMITED");
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_guarded_alike() {
    let app = limited().start().await;
    let nobody = new_email("nobody");
    for _ in 0..5 {
        login_from(&app, HERE, &nobody, PASSWORD).await.problem(401, "INVALID_CREDENTIALS");
    }
    login_from(&app, HERE, &nobody, PASSWORD).await.problem(429, "RATE_LIMITED");
}

#[tokio::test]
async fn of_thirty_wrong_guesses_at_once_five_learn_that_they_are_wrong() {
    let app = limited().start().await;
    let ada = app.customer().await;
    let guesses: Vec<_> = (0..30).map(|nth| format!("pelican number {nth}")).collect();
    let answers = join_all(guesses.iter().map(|guess| login_from(&app, HERE, &ada.email, guess))).await;
    let mut statuses = BTreeMap::new();
    for answer in answers {
        *statuses.entry(answer.status.as_u16()).or_insert(0) += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(401, 5), (429, 25)]));
}

#[tokio::test]
async fn whoever_holds_a_token_guesses_no_more_than_anybody_else() {
    let app = limited().start().await;
    let wrong_ways = [
        (
            Method::POST,
            "/api/auth/change-password",
            json!({"currentPassword": "?", "newPassword": OTHER_PASSWORD}),
        ),
        (Method::PATCH, "/api/auth/me", json!({"currentPassword": "?", "email": new_email("moved")})),
        (Method::DELETE, "/api/auth/me", json!({"password": "?"})),
    ];
    let from_here = async |who: &Person, method: Method, path: &str, body: serde_json::Value| {
        let headers = [("authorization", who.bearer()), ("x-forwarded-for", HERE.to_owned())];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        app.request(method, path, &headers, Some(body)).await
    };
    // Registered from different addresses: one opens three accounts an hour.
    let ada = app.customer().await;
    for (method, path, body) in wrong_ways.iter().cycle().take(5) {
        let field =
            if path.ends_with("me") && method == Method::DELETE { "/password" } else { "/currentPassword" };
        assert_broken(&from_here(&ada, method.clone(), path, body.clone()).await, field, "wrong");
    }
    for (method, path, body) in wrong_ways {
        from_here(&ada, method, path, body).await.problem(429, "RATE_LIMITED");
    }
    let right = json!({"currentPassword": PASSWORD, "newPassword": OTHER_PASSWORD});
    from_here(&ada, Method::POST, "/api/auth/change-password", right).await.problem(429, "RATE_LIMITED");
    login_from(&app, HERE, &ada.email, PASSWORD).await.problem(429, "RATE_LIMITED");
    assert_eq!(login_from(&app, THERE, &ada.email, PASSWORD).await.status, 200, "nothing was changed");
}
