//! The program between a test and its browser.

use std::{
    env,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use tempfile::TempDir;

/// A chromedriver of a test's own, with a folder for everything that it and its browser write.
pub(super) struct Chromedriver {
    process: Child,
    port: u16,
    folder: TempDir,
    /// Held open, or it could not write its messages.
    _messages: BufReader<ChildStdout>,
}

impl Chromedriver {
    /// Starts it on a port that it chooses itself.
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = env::var("TEST_CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
        let mut process = dying_with_us(&program)
            .arg("--port=0")
            .env("HOME", folder.path())
            .env("TMPDIR", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.path().join("chromedriver.log")).unwrap())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        let mut messages = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        let mut found = None;
        while found.is_none() && messages.read_line(&mut said).is_ok_and(|read| read > 0) {
            found = said.lines().last().and_then(port);
        }
        // From here on dropping it ends the process.
        let mut started = Self { process, port: 0, folder, _messages: messages };
        started.port = found.unwrap_or_else(|| {
            let log = fs::read_to_string(started.folder().join("chromedriver.log")).unwrap_or_default();
            let end = started.process.wait();
            panic!("{program} did not say on which port it listens ({end:?}): {said}{log}")
        });
        started
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where the browser may write.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // An error means that it is gone already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// A command that ends with this test even when the test is killed, where `setpriv` is there to see to that.
fn dying_with_us(program: &str) -> Command {
    let probe = Command::new("setpriv").args(["--pdeathsig", "TERM", "true"]).status();
    if !probe.is_ok_and(|status| status.success()) {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", program]);
    command
}

/// The number in "… started successfully on port 12345."
fn port(message: &str) -> Option<u16> {
    message.split_once("on port ")?.1.trim_end_matches('.').parse().ok().filter(|port| *port != 0)
}
