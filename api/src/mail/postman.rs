//! The postman: brings due mails to their recipients, and tries again, later and later, where that fails. A mail is
//! sent once, unless a server dies between sending it and writing that down.

use std::time::Duration;

use actix_web::web::Data;
use chrono::{SecondsFormat, TimeDelta};
use entity::mail_outbox;
use sea_orm::DbErr;

use super::{
    ComposeError,
    message::{self, MessageError, Postmark},
    outbox::{self, Outcome},
    transport::DeliveryError,
};
use crate::{
    accounts,
    background::{Background, Stop},
    config::{MailDelivery, Mode},
    orders::{self, OrderMail},
    state::AppState,
};

/// How often the outbox is looked at for what other servers have put there.
const PAUSE: Duration = Duration::from_secs(1);
/// How many mails are read at a time.
const BATCH: u64 = 20;
/// How long a mail stays with who has taken it: longer than one attempt can take.
const LEASE: TimeDelta = TimeDelta::minutes(2);
const MAX_ATTEMPTS: i32 = 10;
const FIRST_DELAY: TimeDelta = TimeDelta::seconds(15);
const LONGEST_DELAY: TimeDelta = TimeDelta::hours(1);

/// Starts the postman, and says where mails go.
pub(crate) fn start(background: &mut Background, state: &Data<AppState>) {
    let mail = &state.config.mail;
    match (&mail.delivery, state.config.server.mode) {
        (MailDelivery::Folder(folder), Mode::Production) => {
            tracing::warn!(folder = %folder.display(), "mails are only written to a folder: set SMTP_URL to send them");
        }
        (delivery, _) => tracing::info!(from = %mail.from, "mails go {delivery}"),
    }
    let (state, waking) = (state.clone(), state.mailroom.waking.clone());
    background.repeat("postman", PAUSE, waking, move |stop| {
        let state = state.clone();
        async move { deliver_due(&state, &stop).await }
    });
}

/// Delivers what is due, until nothing is or the server stops.
async fn deliver_due(state: &AppState, stop: &Stop) -> Result<(), DbErr> {
    loop {
        let due = outbox::due(state.db.reader(), state.clock.now(), BATCH).await?;
        let is_last = (due.len() as u64) < BATCH;
        for mail in due {
            if stop.is_told() {
                return Ok(());
            }
            if let Some(claimed) = claim(state, mail).await? {
                let outcome = deliver(state, &claimed).await;
                conclude(state, &claimed, outcome).await?;
            }
        }
        if is_last {
            return Ok(());
        }
    }
}

async fn claim(state: &AppState, mail: mail_outbox::Model) -> Result<Option<mail_outbox::Model>, DbErr> {
    let now = state.clock.now();
    let transaction = state.db.begin().await?;
    let claimed = outbox::claim(&transaction, mail, now, now + LEASE).await?;
    transaction.commit().await?;
    Ok(claimed)
}

async fn conclude(state: &AppState, claimed: &mail_outbox::Model, outcome: Outcome) -> Result<(), DbErr> {
    let transaction = state.db.begin().await?;
    outbox::conclude(&transaction, claimed, state.clock.now(), outcome).await?;
    transaction.commit().await
}

/// Why an attempt failed.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Compose(#[from] ComposeError),
    #[error(transparent)]
    Message(#[from] MessageError),
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    #[error("it was begun {MAX_ATTEMPTS} times and never finished")]
    NeverFinished,
}

impl Failure {
    fn is_permanent(&self) -> bool {
        match self {
            // A mail of a kind unknown here may be known to a newer version, which is just being rolled out.
            Self::Compose(_) => false,
            Self::Message(_) | Self::NeverFinished => true,
            Self::Delivery(error) => error.is_permanent(),
        }
    }

    fn without_addresses(&self) -> String {
        match self {
            Self::Delivery(error) => error.without_addresses(),
            other => other.to_string(),
        }
    }
}

/// How an attempt ends that does not fail.
#[derive(Debug)]
enum Done {
    Sent,
    /// The mail has lost its reason since it was put into the outbox.
    NotNeeded,
}

/// Tries to bring a mail to its recipient. Logged by its id: whom it goes to is nobody's business.
async fn deliver(state: &AppState, mail: &mail_outbox::Model) -> Outcome {
    let (id, template, attempt) = (mail.id, &mail.template, mail.attempts);
    let failure = match attempt_delivery(state, mail).await {
        Ok(Done::Sent) => {
            tracing::info!(mail = %id, template, attempt, "mail sent");
            return Outcome::Sent;
        }
        Ok(Done::NotNeeded) => {
            tracing::info!(mail = %id, template, attempt, "mail left out: nobody needs it any more");
            return Outcome::Sent;
        }
        Err(failure) => failure,
    };
    let error = failure.without_addresses();
    if let Some(delay) = delay_after(attempt).filter(|_| !failure.is_permanent()) {
        let seconds = delay.num_seconds();
        tracing::warn!(mail = %id, template, attempt, error, "mail not sent, next attempt in {seconds} s");
        Outcome::TryAgain { at: state.clock.now() + delay, reason: failure.to_string() }
    } else {
        tracing::error!(mail = %id, template, attempt, error, "mail given up");
        Outcome::GivenUp { reason: failure.to_string() }
    }
}

/// Words a mail and sends it.
async fn attempt_delivery(state: &AppState, mail: &mail_outbox::Model) -> Result<Done, Failure> {
    if mail.attempts > MAX_ATTEMPTS {
        return Err(Failure::NeverFinished);
    }
    let composed = if OrderMail::is_named(&mail.template) {
        orders::compose(state, mail).await?
    } else {
        accounts::compose(state, mail).await?
    };
    let Some(addressed) = composed else {
        return Ok(Done::NotNeeded);
    };
    let now = state.clock.now();
    let postmark = Postmark {
        id: mail.id,
        from: &state.config.mail.from,
        host: state.config.server.public_url.host(),
        now,
    };
    let message = message::write(&addressed, &postmark)?;
    let time = now.to_rfc3339_opts(SecondsFormat::Millis, true).replace([':', '-'], "");
    state.mailroom.transport.deliver(&message, format!("{time}-{}", mail.id)).await?;
    Ok(Done::Sent)
}

/// How long to wait after so many attempts; `None` when they were enough.
fn delay_after(attempts: i32) -> Option<TimeDelta> {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default();
    let delay = 2_i32.checked_pow(doublings).and_then(|factor| FIRST_DELAY.checked_mul(factor));
    (attempts < MAX_ATTEMPTS).then(|| delay.unwrap_or(LONGEST_DELAY).min(LONGEST_DELAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_up_to_an_hour_and_ends_after_ten_attempts() {
        let delays: Vec<Option<i64>> =
            (1..=11).map(|attempts| delay_after(attempts).map(|delay| delay.num_seconds())).collect();
        let expected = [15, 30, 60, 120, 240, 480, 960, 1_920, 3_600].map(Some);
        assert_eq!(delays[..9], expected);
        assert_eq!(delays[9..], [None, None]);
    }
}
