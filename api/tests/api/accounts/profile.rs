//! What owners change about their accounts.

use std::time::Duration;

use entity::user;
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{assert_broken, broken};
use crate::support::{Answer, PASSWORD, Person, TestApp, new_email};

async fn change(app: &TestApp, who: &Person, body: Value) -> Answer {
    app.by(who, Method::PATCH, "/api/auth/me", Some(body)).await
}

async fn verify(app: &TestApp, token: &str) -> Answer {
    app.post("/api/auth/verify-email", json!({"token": token})).await
}

async fn version(app: &TestApp, who: &Person) -> i64 {
    user::Entity::find_by_id(who.id).one(app.db.reader()).await.unwrap().unwrap().version
}

#[tokio::test]
async fn what_is_told_changes_what_is_null_goes_and_the_rest_stays() {
    let app = TestApp::start().await;
    let ada = app.named(&new_email("ada"), "Ada", "Lovelace").await;
    let before = app.me(&ada).await;
    app.clock.advance(Duration::from_mins(1));
    let answer = change(&app, &ada, json!({"firstName": "  Àda ", "lastName": null, "locale": "it"})).await;
    let changed = answer.ok::<Value>()["data"].clone();
    assert_eq!(
        (&changed["firstName"], &changed["lastName"], &changed["locale"]),
        (&json!("Àda"), &Value::Null, &json!("it"))
    );
    assert_eq!((&changed["email"], &changed["createdAt"]), (&before["email"], &before["createdAt"]));
    assert_eq!(changed["updatedAt"], "2026-01-31T12:01:00.000Z");
    assert_eq!(app.me(&ada).await, changed);
    assert_eq!(change(&app, &ada, json!({"locale": null})).await.json()["data"]["locale"], Value::Null);
}

#[tokio::test]
async fn a_change_that_changes_nothing_leaves_no_trace() {
    let app = TestApp::start().await;
    let ada = app.named(&new_email("ada"), "Ada", "Lovelace").await;
    let (before, first) = (app.me(&ada).await, version(&app, &ada).await);
    app.clock.advance(Duration::from_mins(1));
    for nothing in
        [json!({}), json!({"firstName": "Ada"}), json!({"email": ada.email, "lastName": " Lovelace "})]
    {
        assert_eq!(change(&app, &ada, nothing).await.ok::<Value>()["data"], before);
    }
    assert_eq!(version(&app, &ada).await, first);
    change(&app, &ada, json!({"firstName": "Augusta"})).await.ok::<Value>();
    assert_eq!(version(&app, &ada).await, first + 1);
}

#[tokio::test]
async fn what_does_not_belong_to_the_owner_cannot_be_changed() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    for field in ["role", "isActive", "emailVerified", "id", "passwordHash", "version"] {
        assert_broken(&change(&app, &ada, json!({field: "ADMIN"})).await, &format!("/{field}"), "unknown");
    }
    let wrong =
        change(&app, &ada, json!({"firstName": "", "lastName": "x".repeat(101), "email": "nowhere"})).await;
    let pointers: Vec<_> = broken(&wrong).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/email", "/firstName", "/lastName"]);
    assert_eq!(app.me(&ada).await["role"], "CUSTOMER");
}

#[tokio::test]
async fn another_address_takes_the_password_and_is_not_verified() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let token = app.mail_to(&ada.email).await.token().to_owned();
    assert_eq!(verify(&app, &token).await.status, 204);
    assert_eq!(app.me(&ada).await["emailVerified"], true);
    let new = new_email("Moved");

    assert_broken(&change(&app, &ada, json!({"email": new})).await, "/currentPassword", "required");
    let wrong = change(&app, &ada, json!({"email": new, "currentPassword": "not it"})).await;
    assert_broken(&wrong, "/currentPassword", "wrong");
    assert_eq!(app.me(&ada).await["email"], ada.email);

    let moved = change(&app, &ada, json!({"email": new, "currentPassword": PASSWORD})).await;
    let moved = moved.ok::<Value>()["data"].clone();
    assert_eq!((&moved["email"], &moved["emailVerified"]), (&json!(new), &json!(false)));
    assert!(app.lets_in(&ada).await);
    app.login(&ada.email, PASSWORD).await.problem(401, "INVALID_CREDENTIALS");
    assert_eq!(app.login(&new, PASSWORD).await.status, 200);

    let told = app.mails_to(&ada.email, 2).await;
    let notice = told.iter().find(|mail| mail.subject == "Your e-mail address was changed").unwrap();
    assert!(!notice.raw.contains(&new), "the old address may be somebody else's by now");
    let token = app.mail_to(&new).await.token().to_owned();
    assert_eq!(verify(&app, &token).await.status, 204);
    assert_eq!(app.me(&ada).await["emailVerified"], true);
    assert_eq!(app.audited("account.email-changed", 1).await[0].entity_id, Some(ada.id.to_string()));
}

#[tokio::test]
async fn a_link_sent_to_the_old_address_does_not_verify_the_new_one() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let to_old = app.mail_to(&ada.email).await.token().to_owned();
    let new = new_email("moved");
    change(&app, &ada, json!({"email": new, "currentPassword": PASSWORD})).await.ok::<Value>();
    assert_broken(&verify(&app, &to_old).await, "/token", "link");
    assert_eq!(app.me(&ada).await["emailVerified"], false);
    let to_new = app.mail_to(&new).await.token().to_owned();
    change(&app, &ada, json!({"email": ada.email, "currentPassword": PASSWORD})).await.ok::<Value>();
    assert_broken(&verify(&app, &to_new).await, "/token", "link");
}

#[tokio::test]
async fn an_address_that_differs_only_in_case_is_the_same_address() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let token = app.mail_to(&ada.email).await.token().to_owned();
    verify(&app, &token).await;
    let shouted = ada.email.to_uppercase();
    let changed = change(&app, &ada, json!({"email": shouted})).await.ok::<Value>()["data"].clone();
    assert_eq!((&changed["email"], &changed["emailVerified"]), (&json!(shouted), &json!(true)));
}

#[tokio::test]
async fn an_address_somebody_has_cannot_be_taken_not_even_at_once() {
    let app = TestApp::start().await;
    let (ada, bob, eve) = (app.customer().await, app.customer().await, app.customer().await);
    let taken =
        change(&app, &bob, json!({"email": ada.email.to_uppercase(), "currentPassword": PASSWORD})).await;
    let problem = taken.problem(409, "CONFLICT");
    assert_eq!(problem.errors[0].pointer.as_deref(), Some("/email"));
    assert_eq!(problem.errors[0].code, "taken");
    assert_eq!(app.me(&bob).await["email"], bob.email);
    let wanted = json!({"email": new_email("wanted"), "currentPassword": PASSWORD});
    let (first, second) = futures_util::join!(change(&app, &bob, wanted.clone()), change(&app, &eve, wanted));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn an_address_is_verified_by_the_newest_link_within_two_days() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let resend = async || app.by(&ada, Method::POST, "/api/auth/resend-verification", None).await;
    let first = app.mail_to(&ada.email).await.token().to_owned();
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(resend().await.status, 204);
    let second = app.mails_to(&ada.email, 2).await[1].token().to_owned();
    for useless in [first.as_str(), &"A".repeat(43)] {
        assert_broken(&verify(&app, useless).await, "/token", "link");
    }
    app.clock.advance(Duration::from_hours(48));
    assert_broken(&verify(&app, &second).await, "/token", "link");
    let ada = app.sign_in(&ada.email).await;
    assert_eq!(app.by(&ada, Method::POST, "/api/auth/resend-verification", None).await.status, 204);
    let third = app.mails_to(&ada.email, 3).await[2].token().to_owned();
    assert_eq!(verify(&app, &third).await.status, 204);
    assert_eq!(app.me(&ada).await["emailVerified"], true);
    assert_broken(&verify(&app, &third).await, "/token", "link");
    let again = app.by(&ada, Method::POST, "/api/auth/resend-verification", Some(json!({}))).await;
    again.problem(409, "CONFLICT");
}
