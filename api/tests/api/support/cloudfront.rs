//! CloudFront, as far as it is told what to forget; and the agent that hands out the keys to it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::json;

use super::{
    AppBuilder, PATIENCE,
    aws_signature::is_signed,
    stand_in::{self, Heard},
    within,
};

/// What the agent hands keys out for.
pub const TOKEN: &str = "what the agent wants to be shown";
/// The fixed key, and the secret of those that are handed out.
const KEY: [&str; 2] = ["AKIDTEST", "a secret key for tests alone"];
const HANDED_OUT_SECRET: &str = "hush";

/// A request to forget something.
#[derive(Debug, Clone, PartialEq)]
pub struct Invalidation {
    pub target: String,
    pub authorization: String,
    pub session: String,
    pub paths: Vec<String>,
    pub reference: String,
}

/// A server of a test's own.
#[derive(Debug, Clone)]
pub struct CloudFront {
    pub address: SocketAddr,
    desk: Desk,
}

/// What it has to know to answer.
#[derive(Debug, Clone, Default)]
struct Desk(Arc<Mutex<Records>>);

#[derive(Debug, Default)]
struct Records {
    is_busy: bool,
    has_moved: bool,
    /// How many of the keys that were handed out are good no more.
    revoked: usize,
    refused: usize,
    told: Vec<Invalidation>,
}

impl CloudFront {
    pub async fn start() -> Self {
        let desk = Desk::default();
        let answering = desk.clone();
        Self { address: stand_in::start(move |heard| answering.answer(heard)).await, desk }
    }

    /// What a server of the shop has to be told of it.
    pub fn variables(&self) -> [(&'static str, String); 4] {
        [
            ("CDN_DISTRIBUTION_ID", "E1A2B3C4D5".to_owned()),
            ("AWS_ENDPOINT_URL_CLOUDFRONT", format!("http://{}", self.address)),
            ("AWS_ACCESS_KEY_ID", KEY[0].to_owned()),
            ("AWS_SECRET_ACCESS_KEY", KEY[1].to_owned()),
        ]
    }

    /// An application that tells it.
    pub fn told_by(&self, app: AppBuilder) -> AppBuilder {
        self.variables().into_iter().fold(app, |app, (name, value)| app.with(name, value))
    }

    /// Whether it refuses whatever it is told.
    pub fn be_busy(&self, is_busy: bool) {
        self.desk.with(|records| records.is_busy = is_busy);
    }

    /// From now on sends whoever comes on.
    pub fn be_moved(&self) {
        self.desk.with(|records| records.has_moved = true);
    }

    /// From now on the agent hands out another key, and the one before it is good no more.
    pub fn revoke_key(&self) {
        self.desk.with(|records| records.revoked += 1);
    }

    pub fn refused(&self) -> usize {
        self.desk.with(|records| records.refused)
    }

    pub fn told(&self) -> Vec<Invalidation> {
        self.desk.with(|records| records.told.clone())
    }

    /// Waits until it was told so often.
    #[track_caller]
    pub fn was_told(&self, times: usize) -> impl Future<Output = Vec<Invalidation>> {
        let server = self.clone();
        within(PATIENCE, format!("CloudFront is told {times} times"), async move || {
            Some(server.told()).filter(|told| told.len() >= times)
        })
    }
}

impl Desk {
    fn with<T>(&self, work: impl FnOnce(&mut Records) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn answer(&self, heard: &Heard) -> (&'static str, String) {
        if heard.target.starts_with("GET /keys ") {
            return self.with(|records| records.hand_out(heard.header("authorization")));
        }
        self.with(|records| {
            if let Some((status, code)) = records.refusal(heard) {
                records.refused += 1;
                return (status, format!("<Error><Code>{code}</Code></Error>"));
            }
            records.told.push(Invalidation {
                target: heard.target.clone(),
                authorization: heard.header("authorization").to_owned(),
                session: heard.header("x-amz-security-token").to_owned(),
                paths: all_between(&heard.body, "Path").collect(),
                reference: all_between(&heard.body, "CallerReference").next().unwrap_or_default(),
            });
            ("201 Created", "<Invalidation/>".to_owned())
        })
    }
}

impl Records {
    /// The id of the key that is handed out now.
    fn handed_out(&self) -> String {
        format!("ASIATEST{}", self.revoked)
    }

    /// The agent's answer to who asks for keys.
    fn hand_out(&self, shown: &str) -> (&'static str, String) {
        if shown != TOKEN {
            return ("401 Unauthorized", String::new());
        }
        let keys = json!({
            "AccessKeyId": self.handed_out(),
            "SecretAccessKey": HANDED_OUT_SECRET,
            "Token": "a session",
            "Expiration": "2030-01-01T00:00:00Z",
        });
        ("200 OK", keys.to_string())
    }

    fn refusal(&self, heard: &Heard) -> Option<(&'static str, &'static str)> {
        let keys = [KEY, [&self.handed_out(), HANDED_OUT_SECRET]];
        if self.has_moved {
            Some(("302 Found\r\nlocation: /elsewhere", "Moved"))
        } else if !keys.into_iter().any(|key| is_signed(heard, key)) {
            Some(("403 Forbidden", "SignatureDoesNotMatch"))
        } else if self.is_busy {
            Some(("400 Bad Request", "TooManyInvalidationsInProgress"))
        } else {
            None
        }
    }
}

fn all_between<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let parts: Vec<&str> = xml.split(start.as_str()).skip(1).collect();
    parts.into_iter().map(move |part| part.split(end.as_str()).next().unwrap_or_default().to_owned())
}
