//! CloudFront, as far as it is told what to forget; and the agent that hands out the keys to it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{
    AppBuilder, PATIENCE,
    aws_signature::{Request, is_signed},
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
    desk: Arc<Mutex<Desk>>,
}

#[derive(Debug, Default)]
struct Desk {
    is_busy: bool,
    moved_to: Option<SocketAddr>,
    /// How many of the keys that were handed out are good no more.
    revoked: usize,
    refused: usize,
    told: Vec<Invalidation>,
}

impl CloudFront {
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
        self.desk(|desk| desk.is_busy = is_busy);
    }

    /// Sends whoever comes on to somebody else.
    pub fn be_moved_to(&self, other: &Self) {
        self.desk(|desk| desk.moved_to = Some(other.address));
    }

    /// From now on the agent hands out another key, and the one before it is good no more.
    pub fn revoke_key(&self) {
        self.desk(|desk| desk.revoked += 1);
    }

    pub fn refused(&self) -> usize {
        self.desk(|desk| desk.refused)
    }

    pub fn told(&self) -> Vec<Invalidation> {
        self.desk(|desk| desk.told.clone())
    }

    /// Waits until it was told so often.
    #[track_caller]
    pub fn was_told(&self, times: usize) -> impl Future<Output = Vec<Invalidation>> {
        let server = self.clone();
        within(PATIENCE, format!("CloudFront is told {times} times"), async move || {
            Some(server.told()).filter(|told| told.len() >= times)
        })
    }

    fn desk<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        work(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn serve(&self, client: TcpStream) -> std::io::Result<()> {
        let mut client = BufReader::new(client);
        let mut target = String::new();
        client.read_line(&mut target).await?;
        let mut headers = vec![];
        loop {
            let mut line = String::new();
            client.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let header = |name: &str| {
            headers
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        let mut body = vec![0; header("content-length").parse().unwrap_or_default()];
        client.read_exact(&mut body).await?;
        let (status, answer) = if target.starts_with("GET /keys ") {
            self.hand_out(&header("authorization"))
        } else {
            self.hear(&Request { target: target.trim_end(), headers: &headers, body: &body })
        };
        let length = answer.len();
        let answer =
            format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{answer}");
        client.write_all(answer.as_bytes()).await
    }

    /// The agent's answer to who asks for keys.
    fn hand_out(&self, shown: &str) -> (String, String) {
        if shown != TOKEN {
            return ("401 Unauthorized".to_owned(), String::new());
        }
        let keys = serde_json::json!({
            "AccessKeyId": self.desk(|desk| desk.handed_out()),
            "SecretAccessKey": HANDED_OUT_SECRET,
            "Token": "a session",
            "Expiration": "2030-01-01T00:00:00Z",
        });
        ("200 OK".to_owned(), keys.to_string())
    }

    fn hear(&self, request: &Request<'_>) -> (String, String) {
        self.desk(|desk| {
            let handed_out = desk.handed_out();
            let is_known = is_signed(request, KEY) || is_signed(request, [&handed_out, HANDED_OUT_SECRET]);
            let refusal = match desk.moved_to {
                Some(other) => Some((format!("302 Found\r\nlocation: http://{other}/"), "")),
                None if !is_known => Some(("403 Forbidden".to_owned(), "InvalidSignatureException")),
                None if desk.is_busy => {
                    Some(("400 Bad Request".to_owned(), "TooManyInvalidationsInProgress"))
                }
                None => None,
            };
            if let Some((status, code)) = refusal {
                desk.refused += 1;
                return (status, format!("<Error><Code>{code}</Code></Error>"));
            }
            let body = String::from_utf8_lossy(request.body);
            desk.told.push(Invalidation {
                target: request.target.to_owned(),
                authorization: request.header("authorization").to_owned(),
                session: request.header("x-amz-security-token").to_owned(),
                paths: all_between(&body, "Path").collect(),
                reference: all_between(&body, "CallerReference").next().unwrap_or_default(),
            });
            ("201 Created".to_owned(), "<Invalidation/>".to_owned())
        })
    }
}

impl Desk {
    /// The key that is good now.
    fn handed_out(&self) -> String {
        format!("ASIATEST{}", self.revoked)
    }
}

fn all_between<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = String> + use<'a> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let parts: Vec<&str> = xml.split(start.as_str()).skip(1).collect();
    parts.into_iter().map(move |part| part.split(end.as_str()).next().unwrap_or_default().to_owned())
}
