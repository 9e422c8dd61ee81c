//! Just enough HTTP/1.1 to ask over one connection again and again, at next to no cost of its own.

use std::io;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const ROOM: usize = 64 * 1_024;

/// A connection that stays open.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What was answered. Its text is in the connection until the next question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) body_at: usize,
    pub(crate) length: usize,
}

impl Connection {
    pub(crate) async fn open(port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect((std::net::Ipv4Addr::LOCALHOST, port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(ROOM) })
    }

    /// Asks, and reads the whole answer.
    pub(crate) async fn exchange(&mut self, question: &[u8]) -> io::Result<Head> {
        self.stream.write_all(question).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(head) = head(&self.buffer)? {
                while self.buffer.len() < head.body_at + head.length {
                    if self.stream.read_buf(&mut self.buffer).await? == 0 {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                return Ok(head);
            }
        }
    }

    /// What stands in the last answer's body.
    pub(crate) fn body(&self, head: Head) -> &[u8] {
        self.buffer.get(head.body_at..head.body_at + head.length).unwrap_or_default()
    }
}

/// The head of an answer, once it is there as a whole.
fn head(bytes: &[u8]) -> io::Result<Option<Head>> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let strange =
        |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("an answer without {what}"));
    let text = std::str::from_utf8(&bytes[..end]).map_err(|_| strange("text in its head"))?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| strange("a status"))?;
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    let length = if status == 304 { 0 } else { length.ok_or_else(|| strange("a length"))? };
    Ok(Some(Head { status, body_at: end + 4, length }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nContent-Length: 2\r\n\r\nok";
        assert_eq!(head(&answer[..40]).unwrap(), None);
        assert_eq!(head(answer).unwrap(), Some(Head { status: 200, body_at: answer.len() - 2, length: 2 }));
        let unchanged = b"HTTP/1.1 304 Not Modified\r\n\r\n";
        assert_eq!(head(unchanged).unwrap().unwrap().length, 0);
        assert!(head(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
