//! A Redis of the measurement's own, to do it harm.

use std::{
    net::{Ipv4Addr, TcpStream},
    process::{Child, Command, Stdio},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::{free_port, wait_for};
use crate::failure::{Failure, While};

/// A server that keeps nothing. Killed when dropped.
#[derive(Debug)]
pub(crate) struct Redis {
    process: Child,
    port: u16,
}

impl Redis {
    /// Starts one, and waits until it answers.
    pub(crate) fn start() -> Result<Self, Failure> {
        let port = free_port()?;
        let redis = Self { process: launch(port)?, port };
        wait_for(port)?;
        Ok(redis)
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Stops its process, so that it answers nobody and refuses nobody, or lets it go on.
    pub(crate) fn signal(&self, signal: Signal) -> Result<(), Failure> {
        let pid = i32::try_from(self.process.id()).unwrap_or_default();
        kill(Pid::from_raw(pid), signal).doing("signal Redis")
    }

    /// Ends it, and starts another one, empty, in its place.
    pub(crate) fn restart(&mut self) -> Result<(), Failure> {
        self.process.kill().doing("stop Redis")?;
        self.process.wait().doing("stop Redis")?;
        self.process = launch(self.port)?;
        wait_for(self.port)
    }

    /// Has it forget everything.
    pub(crate) fn empty(&self) -> Result<(), Failure> {
        use std::io::{Read, Write};
        let mut connection = self.connect().doing("talk to Redis")?;
        connection.write_all(b"FLUSHALL\r\n").doing("empty Redis")?;
        let mut answer = [0; 5];
        connection.read_exact(&mut answer).doing("empty Redis")
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))
    }
}

fn launch(port: u16) -> Result<Child, Failure> {
    Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .current_dir(std::env::temp_dir())
        .stdout(Stdio::null())
        .spawn()
        .doing("start redis-server: is it installed?")
}

impl Drop for Redis {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
