//! What nobody needs any more is tidied away, and nothing else.

use std::time::Duration;

use entity::{
    mail_outbox::{self, MailStatus},
    one_time_token, session,
};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::support::{PATIENCE, TestApp, within};

async fn counts(app: &TestApp) -> [u64; 3] {
    let db = app.db.reader();
    [
        session::Entity::find().count(db).await.unwrap(),
        one_time_token::Entity::find().count(db).await.unwrap(),
        mail_outbox::Entity::find().count(db).await.unwrap(),
    ]
}

async fn all_sent(app: &TestApp) -> bool {
    let mails = mail_outbox::Entity::find().all(app.db.reader()).await.unwrap();
    mails.iter().all(|mail| mail.status == MailStatus::Sent)
}

#[tokio::test]
async fn what_is_over_is_tidied_away_when_a_server_starts_and_what_is_not_stays() {
    let mut app = TestApp::start().await;
    let early = app.customer().await;
    app.mail_to(&early.email).await;
    // The mail is there a moment before it is written down when it was sent.
    within(PATIENCE, "the mail is sent", async || all_sent(&app).await.then_some(())).await;
    app.clock.advance(Duration::from_hours(31 * 24));
    let late = app.customer().await;
    app.mail_to(&late.email).await;
    assert_eq!(counts(&app).await, [2, 2, 2]);

    app.stop().await;
    let next = app.another().start().await;
    within(PATIENCE, "one of each", async || (counts(&app).await == [1, 1, 1]).then_some(())).await;
    assert_eq!(next.by(&late, reqwest::Method::GET, "/api/auth/sessions", None).await.status.as_u16(), 200);
}

#[test]
fn a_secret_that_slips_into_the_log_is_found() {
    use crate::support::{secrets::Secrets, sql};
    sql::watch();
    let secrets = Secrets::new();
    secrets.note_body(&serde_json::json!({"user": {"password": "slips into the log"}}));
    assert_eq!(secrets.told(), Vec::<String>::new());
    tracing::debug!("somebody slips into the log");
    assert_eq!(secrets.told().len(), 1);
}
