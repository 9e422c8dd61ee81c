//! Mails: from the outbox to their recipients, whatever happens on the way.

mod delivery;
mod letters;

use std::time::Duration;

use entity::{
    mail_outbox::{self, MailStatus},
    user,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{PATIENCE, TestApp, within};

const JANE: &str = "jane@example.com";
/// How long a mail stays with who has taken it.
const LEASE: Duration = Duration::from_mins(2);

fn new_mail(
    app: &TestApp,
    recipient: &str,
    locale: &str,
    template: &str,
    payload: Value,
) -> mail_outbox::Model {
    mail_outbox::Model {
        id: Uuid::now_v7(),
        recipient: recipient.to_owned(),
        locale: locale.to_owned(),
        template: template.to_owned(),
        payload,
        status: MailStatus::Pending,
        attempts: 0,
        next_attempt_at: app.clock.now(),
        last_error: None,
        created_at: app.clock.now(),
        sent_at: None,
    }
}

async fn insert(app: &TestApp, mail: mail_outbox::Model) -> Uuid {
    let id = mail.id;
    mail.into_active_model().insert(app.db.for_migrations()).await.unwrap();
    id
}

impl TestApp {
    /// Puts a mail into the outbox, as another server might have done.
    async fn post_mail(&self, recipient: &str, locale: &str, template: &str, payload: Value) -> Uuid {
        insert(self, new_mail(self, recipient, locale, template, payload)).await
    }

    async fn post_goodbye(&self) -> Uuid {
        self.post_mail(JANE, "en", "account_erased", json!({})).await
    }

    async fn jane(&self, change: impl FnOnce(&mut user::Model)) -> Uuid {
        let mut row =
            user::Model { first_name: Some("Jane".to_owned()), ..self.new_user("Jane@Example.com") };
        change(&mut row);
        let id = row.id;
        row.into_active_model().insert(self.db.for_migrations()).await.unwrap();
        id
    }

    async fn in_outbox(&self, id: Uuid) -> mail_outbox::Model {
        mail_outbox::Entity::find_by_id(id).one(self.db.reader()).await.unwrap().unwrap()
    }

    /// Waits until a mail's row is as described.
    async fn outbox_until(
        &self,
        id: Uuid,
        what: &str,
        holds: impl Fn(&mail_outbox::Model) -> bool,
    ) -> mail_outbox::Model {
        within(PATIENCE, format!("a mail that is {what}"), async || {
            Some(self.in_outbox(id).await).filter(|row| holds(row))
        })
        .await
    }

    async fn settled(&self, id: Uuid, status: MailStatus) -> mail_outbox::Model {
        self.outbox_until(id, &format!("{status:?}"), |row| row.status == status).await
    }

    /// Waits until an attempt has failed, and says how long the next is away.
    async fn seconds_to_next(&self, id: Uuid, attempts: i32) -> i64 {
        // While an attempt goes on, the mail is away for the time of the lease, and the error is that of the one before.
        let leased_until = self.clock.now() + LEASE;
        let row = self
            .outbox_until(id, "to be tried again", |row| {
                row.attempts == attempts && row.last_error.is_some() && row.next_attempt_at != leased_until
            })
            .await;
        (row.next_attempt_at - self.clock.now()).num_seconds()
    }
}
