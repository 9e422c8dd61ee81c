//! A forgotten password, and the link that helps.

use std::time::Duration;

use entity::one_time_token;
use futures_util::future::join_all;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::{OTHER_PASSWORD, assert_broken, limited};
use crate::support::{Answer, PASSWORD, PATIENCE, TestApp, mail::Mail, new_email, within};

const SUBJECT: &str = "Choose a new password";

async fn forget(app: &TestApp, email: &str) -> Answer {
    app.post("/api/auth/forgot-password", json!({"email": email})).await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Answer {
    app.post("/api/auth/reset-password", json!({"token": token, "password": password})).await
}

/// Asks for a link, and waits for the mail, which must be the nth.
async fn link(app: &TestApp, email: &str, nth: usize) -> String {
    assert_eq!(forget(app, email).await.status, 204);
    let mails = within(PATIENCE, "the mail with the link", async || {
        let resets: Vec<Mail> = app.mails().into_iter().filter(|mail| mail.subject == SUBJECT).collect();
        (resets.len() >= nth).then_some(resets)
    })
    .await;
    assert_eq!(mails.len(), nth);
    let mail = &mails[nth - 1];
    assert!(mail.link().starts_with("https://shop.test/auth/reset?token="), "{}", mail.link());
    mail.token().to_owned()
}

#[tokio::test]
async fn the_link_sets_another_password_once_and_ends_all_sessions() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let token = link(&app, &ada.email.to_uppercase(), 1).await;
    assert!(app.lets_in(&ada).await, "asking changes nothing");
    assert_broken(&reset(&app, &token, "password123").await, "/password", "common");
    assert_eq!(reset(&app, &token, OTHER_PASSWORD).await.status, 204);

    assert!(!app.lets_in(&ada).await);
    app.refresh(&ada.cookie).await.problem(401, "UNAUTHORIZED");
    app.login(&ada.email, PASSWORD).await.problem(401, "INVALID_CREDENTIALS");
    let again = app.login(&ada.email, OTHER_PASSWORD).await;
    assert_eq!(again.json()["data"]["user"]["emailVerified"], true, "whoever reads the mail has the address");

    assert_broken(&reset(&app, &token, "a third pelican came").await, "/token", "link");
    assert_eq!(app.login(&ada.email, OTHER_PASSWORD).await.status, 200);
    assert!(app.mails_to(&ada.email, 3).await.iter().any(|mail| mail.subject == "Your password was changed"));
    let noted = app.audited("account.password-reset", 1).await;
    assert_eq!(noted[0].entity_id, Some(ada.id.to_string()));
}

#[tokio::test]
async fn who_asks_is_not_told_whether_there_is_an_account() {
    let app = TestApp::start().await;
    let (ada, disabled) = (app.customer().await, app.customer().await);
    app.change_user(disabled.id, |row| row.is_active = Set(false)).await;
    let nobody = new_email("nobody");
    let answers =
        [forget(&app, &nobody).await, forget(&app, &disabled.email).await, forget(&app, &ada.email).await];
    for answer in &answers {
        assert_eq!((answer.status.as_u16(), answer.text()), (204, ""));
        assert_eq!(answer.statements(), answers[0].statements());
        assert_eq!(answer.headers.len(), answers[0].headers.len());
    }
    // Mails leave in order: when the last one has been written, the others have been dealt with.
    within(PATIENCE, "the one mail", async || {
        app.mails().iter().any(|mail| mail.subject == SUBJECT).then_some(())
    })
    .await;
    let resets: Vec<_> = app.mails().into_iter().filter(|mail| mail.subject == SUBJECT).collect();
    assert_eq!(resets.len(), 1);
    assert_eq!(resets[0].to, ada.email);
}

#[tokio::test]
async fn a_link_works_for_an_hour_and_only_the_newest() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let first = link(&app, &ada.email, 1).await;
    app.clock.advance(Duration::from_mins(1));
    let second = link(&app, &ada.email, 2).await;
    assert_broken(&reset(&app, &first, OTHER_PASSWORD).await, "/token", "link");
    app.clock.advance(Duration::from_hours(1));
    assert_broken(&reset(&app, &second, OTHER_PASSWORD).await, "/token", "link");
    let third = link(&app, &ada.email, 3).await;
    app.clock.advance(Duration::from_hours(1) - Duration::from_millis(1));
    assert_eq!(reset(&app, &third, OTHER_PASSWORD).await.status, 204);
}

#[tokio::test]
async fn of_many_clicks_at_once_one_counts() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let token = link(&app, &ada.email, 1).await;
    let passwords: Vec<String> = (0..8).map(|nth| format!("pelican number {nth}")).collect();
    let answers = join_all(passwords.iter().map(|password| reset(&app, &token, password))).await;
    let won: Vec<_> = answers.iter().zip(&passwords).filter(|(answer, _)| answer.status == 204).collect();
    assert_eq!(won.len(), 1);
    for lost in answers.iter().filter(|answer| answer.status != 204) {
        assert_broken(lost, "/token", "link");
    }
    assert_eq!(app.login(&ada.email, won[0].1).await.status, 200);
}

#[tokio::test]
async fn links_are_of_one_kind_made_by_us_and_kept_as_hashes() {
    let app = TestApp::start().await;
    let ada = app.customer().await;
    let verifying = app.mail_to(&ada.email).await.token().to_owned();
    assert_broken(&reset(&app, &verifying, OTHER_PASSWORD).await, "/token", "link");
    let resetting = link(&app, &ada.email, 1).await;
    let verify = app.post("/api/auth/verify-email", json!({"token": resetting})).await;
    assert_broken(&verify, "/token", "link");
    assert_broken(&reset(&app, &"A".repeat(43), OTHER_PASSWORD).await, "/token", "link");
    assert_broken(&reset(&app, "no token!", OTHER_PASSWORD).await, "/token", "token");

    let rows = one_time_token::Entity::find().all(app.db.reader()).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.token_hash != verifying && row.token_hash != resetting));
    for row in &rows {
        assert_broken(&reset(&app, &row.token_hash, OTHER_PASSWORD).await, "/token", "link");
    }
    assert_eq!(reset(&app, &resetting, OTHER_PASSWORD).await.status, 204);
}

#[tokio::test]
async fn nobody_is_flooded_with_mails() {
    let app = limited().start().await;
    let ask = async |client: &str, email: &str| {
        let body = json!({"email": email});
        app.post_from(client.parse().unwrap(), "/api/auth/forgot-password", body).await
    };
    for nth in 0..5 {
        let client = format!("203.0.113.{nth}");
        assert_eq!(ask(&client, "victim@example.com").await.status, 204);
    }
    ask("203.0.113.9", " Victim@Example.com").await.problem(429, "RATE_LIMITED");
    assert_eq!(ask("203.0.113.9", "somebody.else@example.com").await.status, 204);
}
