//! Asking a server on this machine, in the plainest way there is.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case.
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let start = format!("{name}: ");
        self.head.lines().find_map(|line| line.strip_prefix(&start))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn read(connection: &mut TcpStream) -> io::Result<Self> {
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes)?;
        Self::parse(&bytes).ok_or_else(|| io::Error::other("the answer is not HTTP"))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split_whitespace().nth(1)?.parse().ok()?;
        Some(Self { status, head, body: bytes[end + 4..].to_vec() })
    }
}

/// Gets a path; `headers` are whole lines.
pub(crate) fn get(port: u16, path: &str, headers: &[&str]) -> io::Result<Answer> {
    let mut connection = connect(port)?;
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    write!(connection, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n")?;
    Answer::read(&mut connection)
}

/// Whether a shop takes requests.
pub(crate) fn is_ready(port: u16) -> bool {
    get(port, "/ready", &[]).is_ok_and(|answer| answer.status == 200)
}

/// A request of which the last byte has not been sent yet.
#[derive(Debug)]
pub(crate) struct Unfinished {
    connection: TcpStream,
    last: u8,
}

impl Unfinished {
    /// Posts JSON, but for its last byte.
    pub(crate) fn post(port: u16, path: &str, json: &str) -> io::Result<Self> {
        let mut connection = connect(port)?;
        let Some((last, rest)) = json.as_bytes().split_last() else {
            return Err(io::Error::other("there is nothing to post"));
        };
        let length = json.len();
        write!(
            connection,
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n"
        )?;
        connection.write_all(rest)?;
        Ok(Self { connection, last: *last })
    }

    /// Sends the rest and reads the answer.
    pub(crate) fn finish(mut self) -> io::Result<Answer> {
        self.connection.write_all(&[self.last])?;
        Answer::read(&mut self.connection)
    }
}

fn connect(port: u16) -> io::Result<TcpStream> {
    let connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    connection.set_read_timeout(Some(PATIENCE))?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::Answer;

    #[test]
    fn an_answer_is_taken_apart() {
        let answer =
            Answer::parse(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nno\r\n\r\n").unwrap();
        assert_eq!((answer.status, answer.text().as_str()), (404, "no\r\n\r\n"));
        assert_eq!(answer.header("content-type"), Some("text/plain"));
        assert!(Answer::parse(b"nonsense").is_none());
    }
}
