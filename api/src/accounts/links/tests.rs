use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::DateTime;
use entity::{mail_outbox, user::UserRole};
use openapi::Locale;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use tempfile::TempDir;

use super::*;
use crate::{
    accounts::letters::AccountMail,
    db::{Database, scratch::scratch},
    mail,
};

use TokenPurpose::{ResetPassword, VerifyEmail};

/// One account in a database, and a clock that is moved by hand.
struct Desk {
    db: Database,
    clock: Clock,
    seconds: Arc<AtomicI64>,
    ids: IdSource,
    user: user::Model,
    _folder: TempDir,
}

impl Desk {
    async fn open() -> Self {
        let (db, folder) = scratch().await;
        let seconds = Arc::new(AtomicI64::new(1_769_860_800));
        let time = seconds.clone();
        let clock = Clock::from_fn(move || DateTime::from_timestamp(time.load(Ordering::SeqCst), 0).unwrap());
        let ids = IdSource::new(clock.clone());
        let user = user::Model {
            id: ids.next(),
            email: "Jane@Example.com".to_owned(),
            email_folded: "jane@example.com".to_owned(),
            password_hash: "none".to_owned(),
            first_name: None,
            last_name: None,
            role: UserRole::Customer,
            is_active: true,
            email_verified_at: None,
            locale: None,
            erased_at: None,
            version: 1,
            created_at: clock.now(),
            updated_at: clock.now(),
        };
        user.clone().into_active_model().insert(db.for_migrations()).await.unwrap();
        Self { db, clock, seconds, ids, user, _folder: folder }
    }

    async fn issue(&self, purpose: TokenPurpose) -> String {
        let transaction = self.db.begin().await.unwrap();
        let token = issue(&transaction, &self.clock, &self.ids, &self.user, purpose).await.unwrap();
        transaction.commit().await.unwrap();
        token
    }

    /// Follows a link to its end: the address of whose it is, or why it does not work.
    async fn redeem(&self, purpose: TokenPurpose, token: &str) -> String {
        let transaction = self.db.begin().await.unwrap();
        let redeemed = redeem(&transaction, &self.clock, purpose, token).await;
        transaction.commit().await.unwrap();
        redeemed.map_or_else(|error| format!("{error:?}"), |user| user.email)
    }

    async fn change_account(&self, change: impl FnOnce(&mut user::ActiveModel)) {
        let mut row = user::ActiveModel { id: Set(self.user.id), ..Default::default() };
        change(&mut row);
        row.update(self.db.for_migrations()).await.unwrap();
    }

    fn wait(&self, time: TimeDelta) {
        self.seconds.fetch_add(time.num_seconds(), Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_link_works_once() {
    let desk = Desk::open().await;
    let token = desk.issue(VerifyEmail).await;
    assert_eq!(desk.redeem(VerifyEmail, &token).await, "Jane@Example.com");
    assert_eq!(desk.redeem(VerifyEmail, &token).await, "Used");
    assert_eq!(desk.redeem(VerifyEmail, "made up").await, "Unknown");
}

#[tokio::test]
async fn of_two_clicks_at_once_one_wins() {
    let desk = Desk::open().await;
    let token = desk.issue(ResetPassword).await;
    let (one, other) = tokio::join!(desk.redeem(ResetPassword, &token), desk.redeem(ResetPassword, &token));
    let mut outcomes = [one, other];
    outcomes.sort();
    assert_eq!(outcomes, ["Jane@Example.com", "Used"]);
}

#[tokio::test]
async fn a_link_is_for_one_purpose() {
    let desk = Desk::open().await;
    let token = desk.issue(VerifyEmail).await;
    assert_eq!(desk.redeem(ResetPassword, &token).await, "Unknown");
    assert_eq!(desk.redeem(VerifyEmail, &token).await, "Jane@Example.com");
}

#[tokio::test]
async fn a_link_expires() {
    let desk = Desk::open().await;
    for (purpose, hours) in [(VerifyEmail, 48), (ResetPassword, 1)] {
        let token = desk.issue(purpose).await;
        desk.wait(TimeDelta::hours(hours));
        assert_eq!(desk.redeem(purpose, &token).await, "Expired");
        let token = desk.issue(purpose).await;
        desk.wait(TimeDelta::hours(hours) - TimeDelta::seconds(1));
        assert_eq!(desk.redeem(purpose, &token).await, "Jane@Example.com");
    }
}

#[tokio::test]
async fn a_newer_link_ends_the_older_of_its_purpose() {
    let desk = Desk::open().await;
    let (older, other) = (desk.issue(ResetPassword).await, desk.issue(VerifyEmail).await);
    let newer = desk.issue(ResetPassword).await;
    assert_eq!(desk.redeem(ResetPassword, &older).await, "Used");
    assert_eq!(desk.redeem(ResetPassword, &newer).await, "Jane@Example.com");
    assert_eq!(desk.redeem(VerifyEmail, &other).await, "Jane@Example.com");
}

#[tokio::test]
async fn a_link_is_for_the_address_it_was_sent_to() {
    let desk = Desk::open().await;
    let token = desk.issue(VerifyEmail).await;
    desk.change_account(|row| {
        row.email = Set("jane@elsewhere.example".to_owned());
        row.email_folded = Set("jane@elsewhere.example".to_owned());
    })
    .await;
    assert_eq!(desk.redeem(VerifyEmail, &token).await, "Unknown");
}

#[tokio::test]
async fn a_link_is_for_an_open_account() {
    let desk = Desk::open().await;
    let (one, other) = (desk.issue(VerifyEmail).await, desk.issue(ResetPassword).await);
    desk.change_account(|row| row.is_active = Set(false)).await;
    assert_eq!(desk.redeem(VerifyEmail, &one).await, "Unknown");
    desk.change_account(|row| {
        row.is_active = Set(true);
        row.erased_at = Set(Some(desk.clock.now()));
    })
    .await;
    assert_eq!(desk.redeem(ResetPassword, &other).await, "Unknown");
}

#[tokio::test]
async fn what_is_kept_is_a_hash() {
    let desk = Desk::open().await;
    let token = desk.issue(ResetPassword).await;
    assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(&token).unwrap().len(), 32);
    let row = Entity::find().one(desk.db.reader()).await.unwrap().unwrap();
    assert_eq!(row.token_hash, hash(&token));
    assert!(!format!("{row:?}").contains(&token));
}

#[tokio::test]
async fn a_mail_is_enqueued_with_its_cause_or_not_at_all() {
    let desk = Desk::open().await;
    let mail = AccountMail::VerifyEmail { user_id: desk.user.id }.to(&desk.user.email, Locale::It);
    for keep in [false, true] {
        let transaction = desk.db.begin().await.unwrap();
        mail::enqueue(&transaction, &desk.clock, &desk.ids, mail.clone()).await.unwrap();
        let ended = if keep { transaction.commit().await } else { transaction.rollback().await };
        ended.unwrap();
        let rows = mail_outbox::Entity::find().all(desk.db.reader()).await.unwrap();
        assert_eq!(rows.len(), usize::from(keep));
        assert!(rows.iter().all(|row| row.locale == "it" && row.next_attempt_at == desk.clock.now()));
    }
}
