//! A letter as it travels: headers, and the same words as text and as HTML.

use chrono::{DateTime, Utc};
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

use super::Addressed;

/// A letter that no mail can be made of. Trying again will not help.
#[derive(Debug, thiserror::Error)]
pub(super) enum MessageError {
    #[error("the recipient's address cannot be written to")]
    Recipient,
    #[error(transparent)]
    Message(#[from] lettre::error::Error),
}

/// Who sends a mail, when, and what tells it from all others.
#[derive(Debug)]
pub(super) struct Postmark<'a> {
    pub(super) id: Uuid,
    pub(super) from: &'a Mailbox,
    pub(super) host: &'a str,
    pub(super) now: DateTime<Utc>,
}

/// Writes the mail. Its id is the outbox's: whoever receives it twice can tell that it is the same.
pub(super) fn write(addressed: &Addressed, postmark: &Postmark<'_>) -> Result<Message, MessageError> {
    let Postmark { id, from, host, now } = postmark;
    let to = addressed.to.parse().map_err(|_| MessageError::Recipient)?;
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    let letter = &addressed.letter;
    let message = Message::builder()
        .from((*from).clone())
        .to(Mailbox::new(None, to))
        .subject(letter.subject.as_str())
        .date((*now).into())
        .message_id(Some(format!("<{id}@{host}>")))
        // So that nobody's "I am on holiday" comes back.
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(letter.text(), letter.html()))?;
    Ok(message)
}
