//! How a mail leaves: to a mail server, or into a folder.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp};

use crate::config::SmtpUrl;

/// How long a mail server may take for one mail, all in all.
const PATIENCE: Duration = Duration::from_mins(1);

/// How a mail leaves.
#[derive(Debug)]
pub(super) enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub(super) enum DeliveryError {
    #[error(transparent)]
    Smtp(#[from] smtp::Error),
    #[error("the mail server did not answer in time")]
    TimedOut,
    #[error("the mail server takes no mails now")]
    Unwilling,
    #[error("the folder cannot be written to: {0}")]
    Folder(#[from] io::Error),
}

impl DeliveryError {
    /// Whether the mail would be refused again: not when it was only our login that was refused (codes 530 to 539),
    /// which somebody can put right.
    pub(super) fn is_permanent(&self) -> bool {
        let Self::Smtp(error) = self else {
            return false;
        };
        let code = error.status().map_or(0, u16::from);
        error.is_permanent() && !(530..540).contains(&code)
    }

    /// What may be logged of it. What a mail server says often repeats the recipient's address.
    pub(super) fn without_addresses(&self) -> String {
        match self {
            Self::Smtp(error) => match error.status() {
                Some(code) => format!("the mail server answered {code}"),
                None => error.to_string(),
            },
            other => other.to_string(),
        }
    }
}

impl Transport {
    /// Introduces itself to the server by its own host's name.
    pub(super) fn smtp(url: &SmtpUrl, own_name: &str) -> Result<Self, smtp::Error> {
        Ok(Self::Smtp(url.builder(own_name)?.build()))
    }

    /// Whether mails could leave: the mail server can be reached and logged in to, the folder is there.
    pub(super) async fn check(&self) -> Result<(), DeliveryError> {
        match self {
            Self::Smtp(smtp) => {
                let greeting = tokio::time::timeout(PATIENCE, smtp.test_connection());
                let is_willing = greeting.await.map_err(|_| DeliveryError::TimedOut)??;
                if is_willing { Ok(()) } else { Err(DeliveryError::Unwilling) }
            }
            Self::Folder(folder) => Ok(make(folder)?),
        }
    }

    /// Sends a mail. `name` tells it from all others in the folder.
    pub(super) async fn deliver(&self, message: &Message, name: String) -> Result<(), DeliveryError> {
        let content = message.formatted();
        match self {
            Self::Smtp(smtp) => {
                let sending = smtp.send_raw(message.envelope(), &content);
                tokio::time::timeout(PATIENCE, sending).await.map_err(|_| DeliveryError::TimedOut)??;
            }
            Self::Folder(folder) => {
                let folder = folder.clone();
                tokio::task::spawn_blocking(move || write(&folder, &name, &content))
                    .await
                    .map_err(io::Error::other)??;
            }
        }
        Ok(())
    }
}

fn make(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Writes a file that only its owner can read, because of the links in it: complete, or not at all.
fn write(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    make(folder)?;
    let draft = folder.join(format!(".{name}.draft"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&draft, folder.join(format!("{name}.eml")))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_mail_in_the_folder_is_for_its_owner_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("deep/mail");
        write(&folder, "a", b"first").unwrap();
        write(&folder, "a", b"again").unwrap();
        let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files, [folder.join("a.eml")]);
        assert_eq!(fs::read(&files[0]).unwrap(), b"again");
        assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
