//! CloudFront, as far as it is told what to forget; and the agent that hands out the keys to it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    AppBuilder, PATIENCE,
    stand_in::{self, Heard},
    within,
};

/// What the agent hands keys out for.
pub const TOKEN: &str = "what the agent wants to be shown";

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
            ("AWS_ACCESS_KEY_ID", "AKIDTEST".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "a secret key for tests alone".to_owned()),
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
            return hand_out(heard.header("authorization"));
        }
        self.hear(Invalidation {
            target: heard.target.clone(),
            authorization: heard.header("authorization").to_owned(),
            session: heard.header("x-amz-security-token").to_owned(),
            paths: all_between(&heard.body, "Path").collect(),
            reference: all_between(&heard.body, "CallerReference").next().unwrap_or_default(),
        })
    }

    fn hear(&self, invalidation: Invalidation) -> (&'static str, String) {
        self.with(|records| {
            if records.is_busy {
                records.refused += 1;
                let code = "<Error><Code>TooManyInvalidationsInProgress</Code></Error>";
                return ("400 Bad Request", code.to_owned());
            }
            records.told.push(invalidation);
            ("201 Created", "<Invalidation/>".to_owned())
        })
    }
}

/// The agent's answer to who asks for keys.
fn hand_out(shown: &str) -> (&'static str, String) {
    if shown != TOKEN {
        return ("401 Unauthorized", String::new());
    }
    let keys = r#"{"AccessKeyId":"ASIATEST","SecretAccessKey":"hush","Token":"a session","Expiration":"2030-01-01T00:00:00Z"}"#;
    ("200 OK", keys.to_owned())
}

fn all_between<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let parts: Vec<&str> = xml.split(start.as_str()).skip(1).collect();
    parts.into_iter().map(move |part| part.split(end.as_str()).next().unwrap_or_default().to_owned())
}
