//! Running the program, in a folder and with variables of the test's own. Whatever a test starts ends with it.

use std::{path::PathBuf, process::Stdio, sync::Arc, time::Duration};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    process::{Child, Command},
    task::JoinHandle,
};

use crate::support::Answer;

/// Longer than anything here takes on a busy machine. A program that is not done by then hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// A folder to run the program in, and what is in its environment.
#[derive(Clone)]
pub struct Shop {
    /// This build's, unless it is set to another.
    pub program: PathBuf,
    folder: Arc<TempDir>,
    variables: Vec<(String, String)>,
}

/// A program that has ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A server that listens. Killed when it is dropped.
pub struct Serving {
    pub address: String,
    child: Child,
    stdout: JoinHandle<String>,
    stderr: JoinHandle<String>,
}

impl Shop {
    /// An empty folder, and nothing in the environment but what makes the server take a free port.
    pub fn new() -> Self {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_bottega"));
        let shop = Self { program, folder: Arc::new(tempfile::tempdir().unwrap()), variables: vec![] };
        shop.with("PORT", "0")
    }

    /// Sets a variable, or another value for it.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// What is in the folder.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs the program to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        let child = self.command(arguments).spawn().unwrap();
        let output = tokio::time::timeout(PATIENCE, child.wait_with_output())
            .await
            .unwrap_or_else(|_| panic!("bottega {arguments:?} does not end"))
            .unwrap();
        Ended {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts the server, and returns when it listens.
    #[track_caller]
    pub fn serve(&self) -> impl Future<Output = Serving> {
        let mut child = self.command(&[]).spawn().unwrap();
        let (listening, address) = tokio::sync::oneshot::channel();
        let stdout = collect(child.stdout.take().unwrap(), |_| {});
        let mut listening = Some(listening);
        let stderr = collect(child.stderr.take().unwrap(), move |line| {
            if let Some(address) = address_in(line)
                && let Some(listening) = listening.take()
            {
                _ = listening.send(address);
            }
        });
        async move {
            let told = tokio::time::timeout(PATIENCE, address).await;
            let Ok(address) = told.unwrap_or_else(|_| panic!("the server does not listen")) else {
                panic!("the server ended: {}", stderr.await.unwrap())
            };
            Serving { address, child, stdout, stderr }
        }
    }
}

/// Reads lines to the end, and shows each to `watch` as it comes.
fn collect(
    from: impl AsyncRead + Unpin + Send + 'static,
    mut watch: impl FnMut(&str) + Send + 'static,
) -> JoinHandle<String> {
    tokio::spawn(async move {
        let mut lines = BufReader::new(from).lines();
        let mut all = String::new();
        while let Some(line) = lines.next_line().await.unwrap() {
            watch(&line);
            all.push_str(&line);
            all.push('\n');
        }
        all
    })
}

/// The address in the line that says where the server listens, in either format of the logs.
fn address_in(line: &str) -> Option<String> {
    let rest =
        ["address=", "\"address\":\""].iter().find_map(|mark| line.split_once(mark)).map(|found| found.1)?;
    line.contains("listening").then(|| rest.split([' ', '"']).next().unwrap_or_default().to_owned())
}

impl Ended {
    /// What a command that succeeded says.
    #[track_caller]
    pub fn said(&self) -> &str {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        &self.stdout
    }

    /// The one sentence a command that failed complains with.
    #[track_caller]
    pub fn refusal(&self) -> &str {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.stderr.lines().count(), 1, "{}", self.stderr);
        let sentence = self.stderr.trim_end();
        assert!(sentence.starts_with("bottega: ") && sentence.ends_with('.'), "{sentence}");
        let lower = sentence.to_lowercase();
        assert!(!lower.contains("panicked") && !lower.contains("backtrace"), "{sentence}");
        sentence
    }
}

impl Serving {
    pub async fn get(&self, path: &str) -> Answer {
        get(&format!("http://{}{path}", self.address)).await
    }

    /// How many products shoppers see.
    pub async fn products(&self) -> u64 {
        let list = self.get("/api/catalog/products?limit=1").await.json();
        list["meta"]["total"].as_u64().unwrap()
    }

    /// Tells the server to stop, and waits until it has.
    pub async fn stop(mut self, how: Signal) -> Ended {
        let pid = i32::try_from(self.child.id().unwrap()).unwrap();
        kill(Pid::from_raw(pid), how).unwrap();
        let status = tokio::time::timeout(PATIENCE, self.child.wait())
            .await
            .unwrap_or_else(|_| panic!("the server does not stop"))
            .unwrap();
        Ended { code: status.code(), stdout: self.stdout.await.unwrap(), stderr: self.stderr.await.unwrap() }
    }
}

pub async fn get(url: &str) -> Answer {
    Answer::read(reqwest::get(url).await.unwrap()).await
}

/// A port nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
