//! A server of a test's own, in the place of somebody the shop speaks to.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A request it has got.
pub struct Heard {
    /// `GET /path HTTP/1.1`.
    pub target: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Heard {
    /// What a header says, by its name in small letters; nothing, if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// Answers every request with a status and a body, for as long as the test runs.
pub async fn start(answer: impl Fn(&Heard) -> (&'static str, String) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let answer = answer.clone();
            // A client that hangs up is none of our concern.
            tokio::spawn(async move { _ = serve(client, &*answer).await });
        }
    });
    address
}

async fn serve(
    client: TcpStream,
    answer: &(impl Fn(&Heard) -> (&'static str, String) + Sync),
) -> io::Result<()> {
    let mut client = BufReader::new(client);
    let heard = hear(&mut client).await?;
    let (status, body) = answer(&heard);
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}");
    client.write_all(answer.as_bytes()).await
}

async fn hear(client: &mut BufReader<TcpStream>) -> io::Result<Heard> {
    let mut target = String::new();
    client.read_line(&mut target).await?;
    let mut headers = vec![];
    loop {
        let mut line = String::new();
        client.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let mut heard = Heard { target: target.trim_end().to_owned(), headers, body: String::new() };
    let mut body = vec![0; heard.header("content-length").parse().unwrap_or_default()];
    client.read_exact(&mut body).await?;
    heard.body = String::from_utf8(body).unwrap();
    Ok(heard)
}
