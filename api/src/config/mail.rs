//! How mails leave, and whom they come from.

use std::{fmt, path::PathBuf};

use lettre::{
    AsyncSmtpTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{self, AsyncSmtpTransportBuilder, extension::ClientId},
};
use url::Url;

use super::{ConfigError, DatabaseConfig, Environment, Variable};

const SMTP_URL: Variable = Variable::secret(
    "SMTP_URL",
    "none",
    "`smtps://user:password@host:465`, or `smtp://user:password@host:587?tls=required`. Unset, mails are written to `MAIL_FOLDER`.",
);
const MAIL_FROM: Variable = Variable::open(
    "MAIL_FROM",
    "`Bottega <no-reply@localhost>` (none with `SMTP_URL`)",
    "Whom mails come from: `Bottega <shop@example.com>`.",
);
const MAIL_FOLDER: Variable = Variable::open(
    "MAIL_FOLDER",
    "`mail` beside the SQLite file, `data/mail` with PostgreSQL",
    "Where mails are written as `.eml` files without `SMTP_URL`.",
);

pub(super) const VARIABLES: &[Variable] = &[SMTP_URL, MAIL_FROM, MAIL_FOLDER];

/// Whom mails come from where nobody receives them.
const NOBODY: &str = "Bottega <no-reply@localhost>";

/// How mails leave, and whom they come from.
#[derive(Debug, Clone)]
pub struct MailConfig {
    pub from: Mailbox,
    pub delivery: MailDelivery,
}

/// Where mails go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailDelivery {
    /// To a mail server, which brings them to their recipients.
    Smtp(SmtpUrl),
    /// Into a folder, for whoever looks there.
    Folder(PathBuf),
}

/// A mail server and the login to it. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(Url);

impl SmtpUrl {
    fn parse(text: &str) -> Option<Self> {
        let url = Self(Url::parse(text).ok()?);
        // A name without a password would be left out in silence.
        let whole_login = url.0.username().is_empty() == url.0.password().is_none();
        (whole_login && url.builder("localhost").is_ok()).then_some(url)
    }

    /// What connects to it, introducing itself by the given name unless the URL says another.
    pub(crate) fn builder(&self, own_name: &str) -> Result<AsyncSmtpTransportBuilder, smtp::Error> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(self.0.as_str())?;
        let names_itself = self.0.path().len() > 1;
        Ok(if names_itself { builder } else { builder.hello_name(ClientId::Domain(own_name.to_owned())) })
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}

impl fmt::Display for MailDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Smtp(url) => write!(f, "by {url:?}"),
            Self::Folder(folder) => write!(f, "into the folder {}", folder.display()),
        }
    }
}

impl MailConfig {
    pub(super) fn read(environment: &Environment, database: &DatabaseConfig) -> Result<Self, ConfigError> {
        let smtp = environment
            .text(&SMTP_URL)?
            .map(|text| SmtpUrl::parse(text.trim()).ok_or_else(malformed_smtp_url))
            .transpose()?;
        let from = environment.text(&MAIL_FROM)?;
        if smtp.is_some() && from.is_none() {
            return Err(MAIL_FROM.refuse("must be set with SMTP_URL, to a sender that its server accepts"));
        }
        let from = from.as_deref().unwrap_or(NOBODY).trim().parse().map_err(|_| {
            MAIL_FROM.refuse("must be an address with or without a name, like Bottega <shop@example.com>")
        })?;
        let folder = environment.text(&MAIL_FOLDER)?.map(PathBuf::from);
        let delivery = match smtp {
            Some(url) => MailDelivery::Smtp(url),
            None => MailDelivery::Folder(folder.unwrap_or_else(|| database.folder().join("mail"))),
        };
        Ok(Self { from, delivery })
    }
}

fn malformed_smtp_url() -> ConfigError {
    SMTP_URL.refuse(
        "must look like smtps://user:password@host:465 or smtp://user:password@host:587?tls=required, \
         with %40 for an @ in the name or password",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Mode;

    const SMTPS: &str = "smtps://shop%40example.com:hush@mail.example.com:465";

    fn read(variables: &[(&str, &str)]) -> Result<MailConfig, ConfigError> {
        let environment = Environment::of(variables.iter().copied());
        MailConfig::read(&environment, &DatabaseConfig::read(&environment, Mode::Development)?)
    }

    #[test]
    fn without_a_server_mails_go_beside_the_database() {
        for (database, folder) in [
            ("", "data/mail"),
            ("sqlite:shop.db", "mail"),
            ("sqlite:/srv/shop/shop.db", "/srv/shop/mail"),
            ("postgres://u:p@db/shop", "data/mail"),
        ] {
            let config = read(&[("DATABASE_URL", database)]).unwrap();
            assert_eq!(config.delivery, MailDelivery::Folder(folder.into()), "{database}");
            assert_eq!(config.from.to_string(), "Bottega <no-reply@localhost>");
        }
        let elsewhere = read(&[("MAIL_FOLDER", "/tmp/mails")]).unwrap();
        assert_eq!(elsewhere.delivery, MailDelivery::Folder("/tmp/mails".into()));
    }

    #[test]
    fn a_server_wants_a_sender() {
        let refused = read(&[("SMTP_URL", SMTPS)]).unwrap_err().to_string();
        assert!(refused.starts_with("MAIL_FROM must be set"), "{refused}");
        let config = read(&[("SMTP_URL", SMTPS), ("MAIL_FROM", "La Bottega <shop@example.com>")]).unwrap();
        assert!(matches!(config.delivery, MailDelivery::Smtp(_)));
        assert_eq!(config.from.email.to_string(), "shop@example.com");
        assert!(read(&[("MAIL_FROM", "the shop")]).is_err());
    }

    #[test]
    fn a_login_is_never_shown() {
        let config = read(&[("SMTP_URL", SMTPS), ("MAIL_FROM", "shop@example.com")]).unwrap();
        let shown = format!("{config:?} {}", config.delivery);
        assert!(shown.contains("mail.example.com") && !shown.contains("hush"), "{shown}");
        for bad in [
            "hush",
            "smtp://",
            "http://shop:hush@host",
            "smtp://hush@host",
            "smtp://:hush@host",
            "smtp://shop:hush@host?tls=maybe",
            "smtp://shop:hush%ff@host",
            "smtp://shop:hush@host:port",
        ] {
            let refused = read(&[("SMTP_URL", bad)]).unwrap_err().to_string();
            assert!(refused.starts_with("SMTP_URL must look like"), "{bad}: {refused}");
            assert!(!refused.contains("hush"), "{refused}");
        }
    }
}
