//! One nginx, with a configuration and a folder of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, Uid},
};
use tempfile::TempDir;

use crate::support::{PATIENCE, redis_url, within};

/// Where Debian puts it: outside an ordinary user's `PATH`.
const PROGRAM: &str = "/usr/sbin/nginx";

/// A running nginx. Ends when dropped, and takes its workers along.
pub struct Nginx {
    master: Child,
    folder: TempDir,
}

/// Whether there is one, or has to be: with servers to run on, a missing nginx is no reason to pass.
pub fn is_at_hand() -> bool {
    redis_url().is_some() || Path::new(PROGRAM).exists()
}

pub fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Nginx {
    /// Starts one, and waits until it listens there.
    pub async fn start(template: &str, values: &[(&str, String)], address: SocketAddr) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), template, values);
        let program = if Path::new(PROGRAM).exists() { PROGRAM } else { "nginx" };
        let master = Command::new(program)
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .arg("-p")
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("nginx cannot be started ({error}): install it"));
        let mut nginx = Self { master, folder };
        within(PATIENCE, "nginx", async || {
            assert!(nginx.master.try_wait().unwrap().is_none(), "nginx ended: {}", nginx.errors());
            tokio::net::TcpStream::connect(address).await.ok()
        })
        .await;
        nginx
    }

    /// Goes on with another configuration. Requests that are being answered are answered as before.
    pub fn change(&self, template: &str, values: &[(&str, String)]) {
        write(self.folder.path(), template, values);
        self.signal(Signal::SIGHUP);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What it has complained about.
    pub fn errors(&self) -> String {
        std::fs::read_to_string(self.path("error.log")).unwrap_or_default()
    }

    /// One that has ended by itself needs none.
    fn signal(&self, signal: Signal) {
        let _ = kill(Pid::from_raw(i32::try_from(self.master.id()).unwrap()), signal);
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Not killed: its workers would stay.
        self.signal(Signal::SIGTERM);
        self.master.wait().unwrap();
    }
}

/// Fills in what stands between `@`s.
fn write(folder: &Path, template: &str, values: &[(&str, String)]) {
    // Workers of root's nginx are nobody, who may not enter the folder.
    let user = if Uid::effective().is_root() { "user root;" } else { "" };
    let own = [("FOLDER", folder.display().to_string()), ("USER", user.to_owned())];
    let values = values.iter().chain(&own);
    let filled =
        values.fold(template.to_owned(), |text, (name, value)| text.replace(&format!("@{name}@"), value));
    std::fs::write(folder.join("nginx.conf"), filled).unwrap();
}
