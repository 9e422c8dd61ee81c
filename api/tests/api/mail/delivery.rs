//! On the way: a mail server that refuses, hangs up or is away; servers of ours that stop, or are many.

use std::time::Duration;

use entity::mail_outbox::MailStatus;
use serde_json::json;

use super::{JANE, insert, new_mail};
use crate::{
    cli::program::free_port,
    support::{
        TestApp,
        smtp::{MailServer, Reply},
    },
};

const SENDER: &str = "Bottega <shop@shop.test>";
/// The postman looks once a second.
const LONGER_THAN_A_PAUSE: Duration = Duration::from_millis(1_300);

async fn app_with(server: &MailServer) -> TestApp {
    TestApp::builder().with("SMTP_URL", server.url()).with("MAIL_FROM", SENDER).start().await
}

#[tokio::test]
async fn a_mail_travels_with_what_mail_servers_want_to_see() {
    let server = MailServer::start().await;
    let app = app_with(&server).await;
    let id = app.post_mail(JANE, "it", "account_erased", json!({})).await;
    app.settled(id, MailStatus::Sent).await;
    let mails = server.received();
    assert_eq!((mails.len(), server.attempts()), (1, 1));
    let mail = &mails[0];
    assert_eq!(mail.to, JANE);
    assert_eq!(mail.header("From").replace('"', ""), "Bottega <shop@shop.test>");
    assert_eq!(mail.header("Message-ID"), format!("<{id}@shop.test>"));
    assert_eq!(mail.header("Date"), "Sat, 31 Jan 2026 12:00:00 +0000");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert_eq!(mail.header("MIME-Version"), "1.0");
    assert!(mail.header("Content-Type").starts_with("multipart/alternative"));
    assert!(mail.text.contains("È l'ultima e-mail che ricevi da noi."), "{}", mail.text);
    assert!(mail.html.contains("È l&#39;ultima e-mail che ricevi da noi."), "{}", mail.html);
    assert!(app.mails().is_empty());
    // \0shop\0hush
    assert_eq!(server.logins(), ["AHNob3AAaHVzaA=="]);
}

#[tokio::test]
async fn what_fails_is_tried_again_later_and_later() {
    let server = MailServer::start().await;
    server.next([Reply::Refuse(451), Reply::HangUp]);
    let app = app_with(&server).await;
    let id = app.post_goodbye().await;
    for (attempt, seconds) in [(1, 15), (2, 30)] {
        assert_eq!(app.seconds_to_next(id, attempt).await, seconds);
        app.clock.advance(Duration::from_secs(seconds.unsigned_abs() - 1));
        tokio::time::sleep(LONGER_THAN_A_PAUSE).await;
        assert_eq!(app.in_outbox(id).await.attempts, attempt, "before its time");
        app.clock.advance(Duration::from_secs(1));
    }
    let row = app.settled(id, MailStatus::Sent).await;
    assert_eq!((row.attempts, row.last_error), (3, None));
    assert_eq!((server.attempts(), server.received().len()), (3, 1));
}

#[tokio::test]
async fn what_is_refused_for_good_is_given_up_at_once() {
    let server = MailServer::start().await;
    server.next([Reply::Refuse(550)]);
    let app = app_with(&server).await;
    let id = app.post_goodbye().await;
    let row = app.settled(id, MailStatus::Failed).await;
    assert_eq!((row.attempts, row.sent_at), (1, None));
    assert!(row.last_error.unwrap().contains("550"));
    // The next is none the worse for it.
    let id = app.post_goodbye().await;
    app.settled(id, MailStatus::Sent).await;
}

#[tokio::test]
async fn what_never_succeeds_is_given_up_after_ten_attempts() {
    let server = MailServer::start().await;
    server.next([Reply::Refuse(451); 2]);
    let app = app_with(&server).await;
    let mut tried = new_mail(&app, JANE, "en", "account_erased", json!({}));
    tried.attempts = 8;
    let id = insert(&app, tried).await;
    assert_eq!(app.seconds_to_next(id, 9).await, 3_600);
    app.clock.advance(Duration::from_hours(1));
    assert_eq!(app.settled(id, MailStatus::Failed).await.attempts, 10);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_refused_login_is_the_operators_to_put_right() {
    let server = MailServer::start().await;
    server.next([Reply::Refuse(530)]);
    let app = app_with(&server).await;
    let id = app.post_goodbye().await;
    assert_eq!(app.seconds_to_next(id, 1).await, 15);
    app.clock.advance(Duration::from_secs(15));
    app.settled(id, MailStatus::Sent).await;
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_waited_for() {
    let port = free_port();
    let app = TestApp::builder()
        .with("SMTP_URL", format!("smtp://127.0.0.1:{port}"))
        .with("MAIL_FROM", SENDER)
        .start()
        .await;
    let id = app.post_goodbye().await;
    assert_eq!(app.seconds_to_next(id, 1).await, 15);
    assert_eq!(app.in_outbox(id).await.status, MailStatus::Pending);
}

#[tokio::test]
async fn a_mail_survives_a_restart() {
    let server = MailServer::start().await;
    server.next([Reply::Refuse(451)]);
    let mut app = app_with(&server).await;
    let tried = app.post_goodbye().await;
    app.seconds_to_next(tried, 1).await;
    app.stop().await;
    let untouched = app.post_goodbye().await;
    app.clock.advance(Duration::from_secs(15));

    let _next = app.another().with("SMTP_URL", server.url()).with("MAIL_FROM", SENDER).start().await;
    for id in [tried, untouched] {
        app.settled(id, MailStatus::Sent).await;
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_server_that_stops_finishes_the_mail_in_hand_and_begins_no_other() {
    let server = MailServer::start().await;
    server.next([Reply::Dawdle(Duration::from_secs(1))]);
    let mut app = app_with(&server).await;
    let ids = [app.post_goodbye().await, app.post_goodbye().await];
    server.offered(1).await;
    app.stop().await;
    assert_eq!(server.received().len(), 1);
    let mut states = [app.in_outbox(ids[0]).await, app.in_outbox(ids[1]).await].map(|mail| mail.attempts);
    states.sort_unstable();
    assert_eq!(states, [0, 1]);
    assert_eq!(app.in_outbox(ids[0]).await.status, MailStatus::Sent);
}

#[tokio::test]
async fn what_a_server_died_with_is_taken_up_when_its_lease_ends() {
    let app = TestApp::start().await;
    let lease = Duration::from_mins(2);
    let mut taken = new_mail(&app, JANE, "en", "account_erased", json!({}));
    (taken.attempts, taken.next_attempt_at) = (1, app.clock.now() + lease);
    let id = insert(&app, taken).await;
    tokio::time::sleep(LONGER_THAN_A_PAUSE).await;
    assert!(app.mails().is_empty(), "somebody else has it");
    app.clock.advance(lease);
    assert_eq!(app.settled(id, MailStatus::Sent).await.attempts, 2);
    assert_eq!(app.mails().len(), 1);
}

#[tokio::test]
async fn two_servers_send_each_mail_once() {
    let server = MailServer::start().await;
    let app = app_with(&server).await;
    let other = app.another().with("SMTP_URL", server.url()).with("MAIL_FROM", SENDER).start().await;
    let mut ids = vec![];
    for _ in 0..40 {
        ids.push(app.post_goodbye().await);
    }
    for id in &ids {
        assert_eq!(app.settled(*id, MailStatus::Sent).await.attempts, 1);
    }
    drop(other);
    let mut sent: Vec<String> = server.received().iter().map(|mail| mail.header("Message-ID")).collect();
    sent.sort();
    assert_eq!(sent, ids.iter().map(|id| format!("<{id}@shop.test>")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_mail_this_version_does_not_know_is_left_to_one_that_does() {
    let app = TestApp::start().await;
    let id = app.post_mail(JANE, "en", "order_placed", json!({})).await;
    assert_eq!(app.seconds_to_next(id, 1).await, 15);
    assert_eq!(app.in_outbox(id).await.status, MailStatus::Pending);
}
