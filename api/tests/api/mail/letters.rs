//! What arrives, where, and what does not.

use std::os::unix::fs::PermissionsExt;

use entity::{mail_outbox::MailStatus, one_time_token};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;

use super::JANE;
use crate::support::TestApp;

#[tokio::test]
async fn without_a_mail_server_mails_are_files_for_their_owner_alone() {
    let app = TestApp::start().await;
    let user_id = app.jane(|_| {}).await;
    let id = app.post_mail(JANE, "it", "verify_email", json!({ "user_id": user_id })).await;
    let mail = app.mail_to("Jane@Example.com").await;
    assert_eq!(mail.subject, "Conferma il tuo indirizzo e-mail");
    assert!(mail.text.starts_with("Ciao Jane,\n"), "{}", mail.text);
    assert!(mail.link().starts_with("https://shop.test/auth/verify?token="), "{}", mail.link());
    assert!(mail.html.contains(&format!("href=\"{}\"", mail.link())), "{}", mail.html);

    let row = app.settled(id, MailStatus::Sent).await;
    assert_eq!((row.attempts, row.sent_at, row.last_error), (1, Some(app.clock.now()), None));
    let file = app.mail_folder().join(format!("20260131T120000.000Z-{id}.eml"));
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_token_is_kept_nowhere_but_in_the_mail() {
    let app = TestApp::start().await;
    app.jane(|_| {}).await;
    let id = app.post_mail(JANE, "en", "reset_password", json!({})).await;
    // As the account has it, not as it was typed.
    let mail = app.mail_to("Jane@Example.com").await;
    assert!(mail.link().starts_with("https://shop.test/auth/reset?token="), "{}", mail.link());
    let row = app.settled(id, MailStatus::Sent).await;
    let link = one_time_token::Entity::find().one(app.db.reader()).await.unwrap().unwrap();
    assert!(!format!("{row:?} {link:?}").contains(mail.token()));
    assert_eq!(link.expires_at - app.clock.now(), chrono::TimeDelta::hours(1));
}

#[tokio::test]
async fn a_link_to_a_new_password_goes_to_open_accounts_alone() {
    let app = TestApp::start().await;
    app.jane(|jane| jane.is_active = false).await;
    for address in [JANE, "nobody@example.com"] {
        let id = app.post_mail(address, "en", "reset_password", json!({})).await;
        app.settled(id, MailStatus::Sent).await;
    }
    assert!(app.mails().is_empty());
    assert_eq!(one_time_token::Entity::find().count(app.db.reader()).await.unwrap(), 0);
}

#[tokio::test]
async fn an_address_that_is_confirmed_or_changed_needs_no_link() {
    let app = TestApp::start().await;
    let now = app.clock.now();
    let confirmed = app.jane(|jane| jane.email_verified_at = Some(now)).await;
    let moved = app.jane(|jane| jane.email_folded = "jane@elsewhere.example".to_owned()).await;
    for user_id in [confirmed, moved, Uuid::now_v7()] {
        let id = app.post_mail(JANE, "en", "verify_email", json!({ "user_id": user_id })).await;
        app.settled(id, MailStatus::Sent).await;
    }
    assert!(app.mails().is_empty());
}

#[tokio::test]
async fn notices_say_what_happened() {
    let app = TestApp::start().await;
    let user_id = app.jane(|_| {}).await;
    app.post_mail(JANE, "en", "password_changed", json!({ "user_id": user_id })).await;
    let changed = json!({ "user_id": user_id, "new_address": "j•••@elsewhere.example" });
    app.post_mail(JANE, "it", "email_changed", changed).await;
    let mails = app.mails_to(JANE, 2).await;
    assert_eq!(mails[0].subject, "Your password was changed");
    assert_eq!(mails[0].link(), "https://shop.test/auth/forgot");
    assert_eq!(mails[1].subject, "Il tuo indirizzo e-mail è cambiato");
    assert!(mails[1].text.contains("ora è j•••@elsewhere.example."), "{}", mails[1].text);
}
