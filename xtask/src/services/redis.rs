//! A Redis server that keeps nothing.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use nix::sys::signal::Signal;

use super::port;
use crate::failure::{self, Outcome, While};
use crate::process::{self, Background};
use crate::scratch::Scratch;

const PROGRAM: &str = "redis-server";
const ATTEMPTS: usize = 5;

/// A running server, stopped when dropped.
#[derive(Debug)]
pub(crate) struct Redis {
    server: Background,
    port: u16,
    _folder: Scratch,
}

impl Redis {
    pub(crate) fn is_installed() -> bool {
        process::on_path(PROGRAM).is_some()
    }

    pub(crate) fn start() -> Outcome<Self> {
        let folder = Scratch::new("redis")?;
        for _ in 0..ATTEMPTS {
            let port = port::free()?;
            let server = launch(&folder, port)?;
            if server.becomes_ready(Duration::from_secs(20), || is_answered_by(server.pid(), port)) {
                return Ok(Self { server, port, _folder: folder });
            }
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        failure::because(format!("Redis does not start; it says: {}", log.trim()))
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub(crate) fn is_running(&self) -> bool {
        self.server.is_running()
    }
}

fn launch(folder: &Scratch, port: u16) -> Outcome<Background> {
    let log = fs::File::create(folder.join("log")).while_trying("write Redis's log")?;
    let mut server = process::dying_with_us(PROGRAM, "TERM", None);
    server
        .args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
        ])
        .arg(folder.path())
        .stdout(log.try_clone().while_trying("write Redis's log")?)
        .stderr(log);
    Background::start(&mut server, "Redis", Signal::SIGTERM)
}

/// Another command's Redis may have taken the port a moment earlier: the process id tells whose answer it is.
fn is_answered_by(pid: u32, port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        connection.set_read_timeout(Some(Duration::from_secs(2)))?;
        connection.write_all(b"INFO server\r\nQUIT\r\n")?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer)
    };
    let expected = format!("process_id:{pid}");
    ask().is_ok_and(|answer| answer.lines().any(|line| line.trim() == expected))
}
