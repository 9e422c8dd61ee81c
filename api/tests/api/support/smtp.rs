//! A mail server that can be told to fail.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{PATIENCE, mail::Mail, within};

/// What the server does with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Answers with this code, and says whom it is about.
    Refuse(u16),
    /// Closes the connection in the middle.
    HangUp,
    /// Takes its time, and then accepts it.
    Dawdle(Duration),
}

/// Listens on this machine, and keeps what it is given.
#[derive(Debug, Clone)]
pub struct MailServer {
    pub address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
}

#[derive(Debug, Default)]
struct Desk {
    /// What to do with the next mails; the ones after these are accepted.
    replies: VecDeque<Reply>,
    attempts: usize,
    logins: Vec<String>,
    received: Vec<String>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), desk: Arc::default() };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = serving.clone();
                // A client that hangs up is none of our concern.
                tokio::spawn(async move { _ = server.serve(client).await });
            }
        });
        server
    }

    /// For `SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://shop:hush@{}", self.address)
    }

    /// Says what to do with the next mails.
    pub fn next(&self, replies: impl IntoIterator<Item = Reply>) {
        self.desk(|desk| desk.replies.extend(replies));
    }

    /// How many mails it was offered.
    pub fn attempts(&self) -> usize {
        self.desk(|desk| desk.attempts)
    }

    /// The mails it has accepted.
    pub fn received(&self) -> Vec<Mail> {
        self.desk(|desk| desk.received.iter().map(|raw| Mail::parse(raw)).collect())
    }

    /// The logins it was shown: base64 of a NUL, the name, a NUL, the password.
    pub fn logins(&self) -> Vec<String> {
        self.desk(|desk| desk.logins.clone())
    }

    /// Waits until it has been offered so many mails.
    #[track_caller]
    pub fn offered(&self, count: usize) -> impl Future<Output = ()> {
        let server = self.clone();
        within(PATIENCE, format!("{count} offered mails"), async move || {
            (server.attempts() >= count).then_some(())
        })
    }

    /// Waits until it has accepted so many mails.
    #[track_caller]
    pub fn accepted(&self, count: usize) -> impl Future<Output = Vec<Mail>> {
        let server = self.clone();
        within(PATIENCE, format!("{count} accepted mails"), async move || {
            Some(server.received()).filter(|received| received.len() >= count)
        })
    }

    fn desk<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        work(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn serve(&self, client: TcpStream) -> std::io::Result<()> {
        let (reader, mut writer) = client.into_split();
        let mut lines = BufReader::new(reader).lines();
        writer.write_all(b"220 mail.test ESMTP\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN".to_owned(),
                "AUTH" => {
                    self.desk(|desk| desk.logins.push(line["AUTH PLAIN ".len()..].to_owned()));
                    "235 welcome".to_owned()
                }
                "RCPT" => {
                    let reply = self.desk(|desk| {
                        desk.attempts += 1;
                        desk.replies.pop_front()
                    });
                    match reply {
                        None => "250 fine".to_owned(),
                        Some(Reply::Refuse(code)) => format!("{code} I do not like {line}"),
                        Some(Reply::HangUp) => return Ok(()),
                        Some(Reply::Dawdle(time)) => {
                            tokio::time::sleep(time).await;
                            "250 at last".to_owned()
                        }
                    }
                }
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await?;
                    let mut mail = String::new();
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                        mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                        mail.push_str("\r\n");
                    }
                    self.desk(|desk| desk.received.push(mail));
                    "250 kept".to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                _ => "250 fine".to_owned(),
            };
            writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }
}
