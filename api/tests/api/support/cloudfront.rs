//! CloudFront, as far as it is told what to forget; and the agent that hands out the keys to it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{AppBuilder, PATIENCE, within};

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
    desk: Arc<Mutex<Desk>>,
}

#[derive(Debug, Default)]
struct Desk {
    is_busy: bool,
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
        self.desk(|desk| desk.is_busy = is_busy);
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
        let body = String::from_utf8(body).unwrap();
        let (status, answer) = if target.starts_with("GET /keys ") {
            hand_out(&header("authorization"))
        } else {
            self.hear(Invalidation {
                target: target.trim_end().to_owned(),
                authorization: header("authorization"),
                session: header("x-amz-security-token"),
                paths: all_between(&body, "Path").collect(),
                reference: all_between(&body, "CallerReference").next().unwrap_or_default(),
            })
        };
        let length = answer.len();
        let answer =
            format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{answer}");
        client.write_all(answer.as_bytes()).await
    }

    fn hear(&self, invalidation: Invalidation) -> (&'static str, String) {
        self.desk(|desk| {
            if desk.is_busy {
                desk.refused += 1;
                let code = "<Error><Code>TooManyInvalidationsInProgress</Code></Error>";
                return ("400 Bad Request", code.to_owned());
            }
            desk.told.push(invalidation);
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
