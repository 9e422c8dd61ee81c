//! What the log says about mails, and what it does not.

use entity::mail_outbox::{self, MailStatus};
use nix::sys::signal::Signal;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::program::Shop;
use crate::support::{
    TestDatabase, connect,
    smtp::{MailServer, Reply},
};

#[tokio::test]
async fn mails_are_logged_by_their_id_without_whom_they_go_to() {
    let (database, mail_server) = (TestDatabase::create().await, MailServer::start().await);
    mail_server.next([Reply::Refuse(451), Reply::Refuse(550)]);
    let shop = Shop::new()
        .with("DATABASE_URL", &database.url)
        .with("SMTP_URL", mail_server.url())
        .with("MAIL_FROM", "Bottega <shop@shop.test>")
        .with("LOG_LEVEL", "debug");
    let server = shop.serve().await;
    let db = connect(&database.url).await;
    let now = chrono::Utc::now();
    let mut ids = vec![];
    for _ in ["is tried again", "is given up", "is sent"] {
        let mail = mail_outbox::Model {
            id: Uuid::now_v7(),
            recipient: "jane@example.com".to_owned(),
            locale: "en".to_owned(),
            template: "account_erased".to_owned(),
            payload: json!({}),
            status: MailStatus::Pending,
            attempts: 0,
            next_attempt_at: now,
            last_error: None,
            created_at: now,
            sent_at: None,
        };
        ids.push(mail.id.to_string());
        mail.into_active_model().insert(&db).await.unwrap();
    }
    mail_server.accepted(1).await;
    let log = server.stop(Signal::SIGTERM).await.stderr;
    for (id, told) in ids.iter().zip(["next attempt in 15 s", "mail given up", "mail sent"]) {
        let line = log.lines().find(|line| line.contains(id)).unwrap_or_else(|| panic!("{log}"));
        assert!(line.contains(told) && line.contains("account_erased"), "{line}");
    }
    assert!(log.contains("the mail server answered 550"), "{log}");
    for secret in ["jane@example.com", "hush"] {
        assert!(!log.contains(secret), "{log}");
    }
    db.close().await.unwrap();
    database.drop().await;
}
