//! Redis: the one the tests run on, or one of a test's own, to do it harm.

use std::process::Stdio;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    task::JoinHandle,
};

/// Where Redis is, if the tests run with it.
pub fn redis_url() -> Option<String> {
    std::env::var("TEST_REDIS_URL").ok().filter(|url| !url.is_empty())
}

/// A server of a test's own. Killed when dropped.
pub struct RedisServer {
    process: Child,
    address: String,
    /// What it wants to be shown, if anything.
    password: Option<String>,
}

impl RedisServer {
    /// Starts one, if the tests run with Redis at all.
    pub async fn start() -> Option<Self> {
        redis_url()?;
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let process = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .current_dir(std::env::temp_dir())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let address = format!("127.0.0.1:{port}");
        while TcpStream::connect(&address).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        Some(Self { process, address, password: None })
    }

    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// Host and port.
    pub fn place(&self) -> (&str, &str) {
        self.address.split_once(':').unwrap()
    }

    /// From now on wants this password; those there were are good until [`Self::forget`] is called for them.
    pub async fn want(&mut self, password: &str) {
        self.send(&format!("ACL SETUSER default >{password}")).await;
        self.password = Some(password.to_owned());
    }

    /// A password that is good no more.
    pub async fn forget(&self, password: &str) {
        self.send(&format!("ACL SETUSER default <{password}")).await;
    }

    /// Makes it answer nobody for a while.
    pub async fn pause(&self, milliseconds: u32) {
        let mut connection = self.connect().await;
        connection.write_all(format!("CLIENT PAUSE {milliseconds} ALL\r\n").as_bytes()).await.unwrap();
        connection.read_line(&mut String::new()).await.unwrap();
    }

    /// Sends a command, and reads its answer: a line, or the texts of a list.
    pub async fn send(&self, command: &str) -> Vec<String> {
        let mut connection = self.connect().await;
        connection.write_all(format!("{command}\r\n").as_bytes()).await.unwrap();
        let mut lines = connection.lines();
        let first = lines.next_line().await.unwrap().unwrap();
        let Some(count) = first.strip_prefix('*') else { return vec![first] };
        let mut texts = vec![];
        for _ in 0..count.parse::<usize>().unwrap() {
            let _length = lines.next_line().await.unwrap();
            texts.push(lines.next_line().await.unwrap().unwrap());
        }
        texts
    }

    pub async fn kill(&mut self) {
        self.process.kill().await.unwrap();
    }

    /// Every command it is sent from now on that has this in it; those a script makes are not sent. Ends when it does.
    pub async fn watch(&self, part: &str) -> JoinHandle<Vec<String>> {
        let mut connection = self.connect().await;
        connection.write_all(b"MONITOR\r\n").await.unwrap();
        let mut lines = connection.lines();
        assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("+OK"));
        let part = part.to_owned();
        tokio::spawn(async move {
            let mut seen = vec![];
            while let Ok(Some(line)) = lines.next_line().await {
                if line.contains(&part) && !line.contains(" lua]") {
                    seen.push(line);
                }
            }
            seen
        })
    }

    async fn connect(&self) -> BufReader<TcpStream> {
        let mut connection = BufReader::new(TcpStream::connect(&self.address).await.unwrap());
        if let Some(password) = &self.password {
            connection.write_all(format!("AUTH {password}\r\n").as_bytes()).await.unwrap();
            let mut answer = String::new();
            connection.read_line(&mut answer).await.unwrap();
            assert_eq!(answer, "+OK\r\n");
        }
        connection
    }
}
