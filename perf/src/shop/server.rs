//! A running server.

use std::{
    fs::{self, File},
    io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use ureq::Agent;

use super::{Answer, Binary, Client};
use crate::{
    failure::{Failure, While},
    report::{memory, processor},
    stop,
};

/// How long it may take to answer, and to stop.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two tries to connect: well below what is measured.
pub(crate) const PAUSE: Duration = Duration::from_micros(200);

/// A running server; stopped when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    log: PathBuf,
    port: u16,
    agent: Agent,
    started: Instant,
}

impl Server {
    /// Starts the binary in a folder, on a free port. Does not wait for it.
    pub(crate) fn start(
        binary: &Binary,
        folder: &Path,
        variables: &[(&str, String)],
    ) -> Result<Self, Failure> {
        stop::check()?;
        let port = free_port()?;
        let agent = Agent::config_builder().timeout_global(Some(PATIENCE)).build().new_agent();
        let mut command = binary.command(folder);
        // Logs as it does by default, which costs time as it does by default; into a file, out of the way.
        let log = folder.join("server.log");
        let log_file = File::create(&log).doing("write the server's log")?;
        command.env("PORT", port.to_string()).stdout(Stdio::null()).stderr(log_file);
        for (name, value) in variables {
            command.env(name, value);
        }
        let started = Instant::now();
        let process = command.spawn().doing("start the binary")?;
        Ok(Self { process, log, port, agent, started })
    }

    /// Asks until it answers, and tells how long after its start that was.
    pub(crate) fn first_answer(&mut self, path: &str) -> Result<Duration, Failure> {
        loop {
            match self.ask(path) {
                Ok(_) => return Ok(self.started.elapsed()),
                Err(Asked::Refused) => {}
                Err(Asked::Failed(failure)) => return Err(failure),
            }
            if !matches!(self.process.try_wait(), Ok(None)) {
                return Err(self.ended());
            }
            if self.started.elapsed() > PATIENCE {
                return Err(Failure::NoAnswer(PATIENCE.as_secs()));
            }
            stop::check()?;
            thread::sleep(PAUSE);
        }
    }

    /// The answer to a GET, which must be 200.
    pub(crate) fn get(&self, path: &str) -> Result<Answer, Failure> {
        stop::check()?;
        self.ask(path).map_err(|asked| match asked {
            Asked::Refused => self.ended(),
            Asked::Failed(failure) => failure,
        })
    }

    /// Somebody new who talks to it.
    pub(crate) fn client(&self) -> Client {
        Client::of(self.port, PATIENCE)
    }

    /// Where it listens.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// How much of the processors it has used since it started.
    pub(crate) fn processor_time(&self) -> Result<Duration, Failure> {
        processor::time_of(self.process.id())?.ok_or_else(|| self.ended())
    }

    /// How much memory of it is in RAM, in megabytes.
    pub(crate) fn memory(&self) -> Result<f64, Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.doing("read the server's memory from /proc")?;
        memory::resident(&status).ok_or_else(|| self.ended())
    }

    /// Stops it, and tells what it has logged.
    pub(crate) fn stop(self) -> Result<String, Failure> {
        let log = self.log.clone();
        drop(self);
        fs::read_to_string(log).doing("read the server's log")
    }

    fn ended(&self) -> Failure {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        Failure::ServerEnded(log.trim().lines().last().unwrap_or("nothing").to_owned())
    }

    fn ask(&self, path: &str) -> Result<Answer, Asked> {
        let failed =
            |error: ureq::Error| Failure::Request { path: path.to_owned(), reason: error.to_string() };
        let url = format!("http://127.0.0.1:{}{path}", self.port);
        let mut response = self.agent.get(url).call().map_err(|error| match error {
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => Asked::Refused,
            ureq::Error::ConnectionFailed => Asked::Refused,
            error => Asked::Failed(failed(error)),
        })?;
        let timing = response.headers().get("server-timing").and_then(|value| value.to_str().ok());
        let server_timing = timing.unwrap_or_default().to_owned();
        let body = response.body_mut().read_to_vec().map_err(failed).map_err(Asked::Failed)?;
        Ok(Answer { path: path.to_owned(), body, server_timing })
    }
}

/// Waits until somebody listens on a port.
pub(crate) fn wait_for(port: u16) -> Result<(), Failure> {
    let begun = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if begun.elapsed() > PATIENCE {
            return Err(Failure::NoAnswer(PATIENCE.as_secs()));
        }
        thread::sleep(PAUSE);
    }
    Ok(())
}

/// A port nobody listens on.
pub(crate) fn free_port() -> Result<u16, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    Ok(listener.doing("find a free port")?.port())
}

enum Asked {
    /// Nobody listens.
    Refused,
    Failed(Failure),
}

impl Drop for Server {
    fn drop(&mut self) {
        if !matches!(self.process.try_wait(), Ok(None)) {
            return;
        }
        if let Ok(pid) = i32::try_from(self.process.id()) {
            // An error means that it is gone already.
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
        let asked = Instant::now();
        while matches!(self.process.try_wait(), Ok(None)) {
            if asked.elapsed() > PATIENCE {
                drop(self.process.kill());
                drop(self.process.wait());
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}
