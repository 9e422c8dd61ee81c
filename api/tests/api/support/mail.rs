//! Mails, read as their recipients would.

use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{PATIENCE, TestApp, within};

/// A mail, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// As it was sent.
    pub raw: String,
}

impl Mail {
    pub fn parse(raw: &str) -> Self {
        let raw = raw.replace("\r\n", "\n");
        let boundary = raw.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
        let separator = format!("--{boundary}");
        let part = |kind: &str| {
            let mut parts = raw.split(&separator).skip(1);
            decoded(parts.find(|part| header(part, "Content-Type").starts_with(kind)).unwrap())
        };
        Self {
            to: header(&raw, "To"),
            subject: words(&header(&raw, "Subject")),
            text: part("text/plain"),
            html: part("text/html"),
            raw: raw.clone(),
        }
    }

    /// A header, unfolded.
    pub fn header(&self, name: &str) -> String {
        header(&self.raw, name)
    }

    /// The link in it, which has a line of its own.
    #[track_caller]
    pub fn link(&self) -> &str {
        let mut lines = self.text.lines().filter(|line| line.starts_with("http"));
        let link = lines.next().unwrap_or_else(|| panic!("no link in {}", self.text));
        assert_eq!(lines.next(), None, "more than one link");
        link
    }

    /// The token in its link.
    #[track_caller]
    pub fn token(&self) -> &str {
        self.link().split_once("token=").unwrap_or_else(|| panic!("no token in {}", self.link())).1
    }
}

fn header(part: &str, name: &str) -> String {
    let head = part.trim_start().split("\n\n").next().unwrap().replace("\n ", " ").replace("\n\t", " ");
    let prefix = format!("{}: ", name.to_lowercase());
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&prefix));
    line.map_or("", |line| &line[prefix.len()..]).to_owned()
}

/// The words of a header, some of which may be encoded.
fn words(value: &str) -> String {
    let mut text = String::new();
    let mut after_encoded = false;
    for word in value.split(' ') {
        let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        // The space between two encoded words is no part of the text.
        let joined = encoded.is_some() && after_encoded;
        if !joined && !text.is_empty() {
            text.push(' ');
        }
        match encoded {
            Some(encoded) => text.push_str(&utf8(BASE64_STANDARD.decode(encoded).unwrap())),
            None => text.push_str(word),
        }
        after_encoded = encoded.is_some();
    }
    text
}

fn decoded(part: &str) -> String {
    let body = part.trim_start().split_once("\n\n").unwrap().1;
    match header(part, "Content-Transfer-Encoding").as_str() {
        "7bit" => body.to_owned(),
        "quoted-printable" => quoted_printable(body),
        "base64" => utf8(BASE64_STANDARD.decode(body.replace('\n', "")).unwrap()),
        other => panic!("unknown encoding {other}"),
    }
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let mut pieces = joined.split('=');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        bytes.extend(&piece.as_bytes()[2..]);
    }
    utf8(bytes).replace("\r\n", "\n")
}

fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The mails in a folder, in the order in which they were put into the outbox at one time.
fn mails_in(folder: &Path) -> Vec<Mail> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return vec![];
    };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
    files.sort();
    files.iter().map(|file| Mail::parse(&std::fs::read_to_string(file).unwrap())).collect()
}

impl TestApp {
    /// Every mail written so far.
    pub fn mails(&self) -> Vec<Mail> {
        mails_in(&self.mail_folder())
    }

    /// Waits until an address has got so many mails, and says what they are.
    #[track_caller]
    pub fn mails_to(&self, address: &str, count: usize) -> impl Future<Output = Vec<Mail>> {
        let (folder, address) = (self.mail_folder(), address.to_owned());
        within(PATIENCE, format!("{count} mails to {address}"), async move || {
            let mails: Vec<_> = mails_in(&folder).into_iter().filter(|mail| mail.to == address).collect();
            (mails.len() >= count).then_some(mails)
        })
    }

    /// Waits for the one mail an address gets.
    #[track_caller]
    pub fn mail_to(&self, address: &str) -> impl Future<Output = Mail> {
        let mails = self.mails_to(address, 1);
        async move { mails.await.remove(0) }
    }
}

#[test]
fn a_mail_is_decoded() {
    let mail = Mail::parse(
        "To: a@b.test\r\nSubject: =?utf-8?b?w6g=?= vero =?utf-8?b?w6g=?=\r\n =?utf-8?b?w6g=?=\r\n\
         Content-Type: multipart/alternative;\r\n boundary=\"x\"\r\n\r\n\
         --x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         =C3=A8:\r\nhttp://shop.test/a=\r\n?token=3Dabc\r\n\
         --x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n<p>\r\n--x--\r\n",
    );
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("a@b.test", "è vero èè"));
    assert_eq!((mail.text.trim_end(), mail.html.trim_end()), ("è:\nhttp://shop.test/a?token=abc", "<p>"));
    assert_eq!(mail.token(), "abc");
}
