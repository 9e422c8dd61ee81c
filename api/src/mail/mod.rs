//! Outgoing mail. A mail is a row of the outbox, written in the transaction of what causes it, and brought to its
//! recipient by the postman afterwards. What mails say is not here: each capability words its own.

mod greeting;
mod letter;
mod message;
mod outbox;
mod postman;
mod transport;

use std::sync::Arc;

use lettre::transport::smtp;
use tokio::sync::Notify;

use crate::config::{Config, MailDelivery};
use transport::Transport;

pub(crate) use greeting::greeting;
pub(crate) use letter::Letter;
pub(crate) use outbox::NewMail;
pub(crate) use outbox::{enqueue, kind_of};
pub(crate) use postman::start;

/// Where mails leave from.
#[derive(Debug)]
pub(crate) struct Mailroom {
    transport: Transport,
    waking: Arc<Notify>,
}

impl Mailroom {
    pub(crate) fn open(config: &Config) -> Result<Self, smtp::Error> {
        let transport = match &config.mail.delivery {
            MailDelivery::Smtp(url) => Transport::smtp(url, config.server.public_url.host())?,
            MailDelivery::Folder(folder) => Transport::Folder(folder.clone()),
        };
        Ok(Self { transport, waking: Arc::default() })
    }

    /// Whether mails could leave; if not, why.
    pub(crate) async fn check(&self) -> Result<(), String> {
        self.transport.check().await.map_err(|error| error.to_string())
    }

    /// There is mail: to be called after the commit, so that it leaves at once. Others' mails are found by looking.
    pub(crate) fn wake(&self) {
        self.waking.notify_one();
    }
}

/// A letter and whom it goes to.
#[derive(Debug)]
pub(crate) struct Addressed {
    /// Not always the address in the outbox: that one may be what somebody typed.
    pub(crate) to: String,
    pub(crate) letter: Letter,
}

/// Why a mail in the outbox cannot be worded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ComposeError {
    #[error("this version knows no such mail ({0})")]
    Unreadable(#[from] serde_json::Error),
    #[error(transparent)]
    Database(#[from] sea_orm::DbErr),
}
