//! A PostgreSQL cluster in a temporary folder.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use nix::sys::signal::Signal;
use nix::unistd::{Uid, User};

use super::port;
use crate::failure::{self, Failure, Outcome, While};
use crate::process::{self, Background};
use crate::scratch::Scratch;

/// The oldest version the shop supports.
const OLDEST: u32 = 15;
/// The superuser of the cluster.
const SUPERUSER: &str = "postgres";
/// The server refuses to run as root; Debian's package makes this user.
const SYSTEM_USER: &str = "postgres";
const ATTEMPTS: usize = 5;

/// A running server, stopped and removed when dropped.
#[derive(Debug)]
pub(crate) struct Postgres {
    server: Background,
    port: u16,
    /// After `server`: fields are dropped in this order, and the folder goes last.
    _folder: Scratch,
}

impl Postgres {
    pub(crate) fn is_installed() -> bool {
        binaries().is_some()
    }

    pub(crate) fn start() -> Outcome<Self> {
        let Some(binaries) = binaries() else {
            return failure::because(format!("PostgreSQL {OLDEST} or newer is not installed."));
        };
        let folder = Scratch::new("postgres")?;
        let owner = unprivileged_owner()?;
        if let Some(owner) = &owner {
            chown(folder.path(), Some(owner.uid.as_raw()), Some(owner.gid.as_raw()))
                .while_trying("give PostgreSQL's folder to its user")?;
        }
        let owner = owner.map(|owner| owner.name);
        make_cluster(&binaries, &folder, owner.as_deref())?;
        for _ in 0..ATTEMPTS {
            let port = port::free()?;
            let server = launch(&binaries, &folder, owner.as_deref(), port)?;
            if server.becomes_ready(Duration::from_mins(1), || says_ready(&folder, server.pid())) {
                return Ok(Self { server, port, _folder: folder });
            }
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        failure::because(format!("PostgreSQL does not start; it says: {}", log.trim()))
    }

    /// A superuser's address: tests make databases of their own in the cluster.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/postgres", self.port)
    }

    pub(crate) fn is_running(&self) -> bool {
        self.server.is_running()
    }
}

/// Sorts by a language like a server in production does, so that a forgotten collation shows; where PostgreSQL
/// was built without ICU, by bytes.
fn make_cluster(binaries: &Path, folder: &Scratch, owner: Option<&str>) -> Outcome<()> {
    let with = |extra: &[&str]| {
        drop(fs::remove_dir_all(folder.join("data")));
        let mut initdb = process::dying_with_us(binaries.join("initdb"), "TERM", owner);
        initdb
            .args(["--username", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
            .args(extra)
            .arg("-D")
            .arg(folder.join("data"))
            .current_dir(folder.path());
        initdb.output()
    };
    if with(&["--locale-provider=icu", "--icu-locale=en-US"]).is_ok_and(|output| output.status.success()) {
        return let_in(folder);
    }
    let output = with(&[]).while_trying("run initdb")?;
    if output.status.success() {
        return let_in(folder);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    failure::because(format!("PostgreSQL's initdb fails: {said}"))
}

/// The superuser needs no password; roles that tests make do, so that a wrong one is refused.
fn let_in(folder: &Scratch) -> Outcome<()> {
    let rules = format!("host all {SUPERUSER} 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
    fs::write(folder.join("data/pg_hba.conf"), rules).while_trying("say who PostgreSQL lets in")
}

fn launch(binaries: &Path, folder: &Scratch, owner: Option<&str>, port: u16) -> Outcome<Background> {
    let log = fs::File::create(folder.join("log")).while_trying("write PostgreSQL's log")?;
    // SIGINT is the fast shutdown; SIGTERM would wait for the last client.
    let mut server = process::dying_with_us(binaries.join("postgres"), "INT", owner);
    server.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
    for setting in [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=200",
        "shared_buffers=128MB",
        // Nothing here has to survive a crash.
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_wal_size=2GB",
    ] {
        server.args(["-c", setting]);
    }
    server
        .current_dir(folder.path())
        .stdout(log.try_clone().while_trying("write PostgreSQL's log")?)
        .stderr(log);
    Background::start(&mut server, "PostgreSQL", Signal::SIGINT)
}

/// The server keeps its pid and state in this file; a state of `ready` is the last thing it writes.
fn says_ready(folder: &Scratch, pid: u32) -> bool {
    let Ok(status) = fs::read_to_string(folder.join("data/postmaster.pid")) else {
        return false;
    };
    let mut lines = status.lines().map(str::trim);
    lines.next() == Some(&pid.to_string()) && lines.next_back() == Some("ready")
}

fn unprivileged_owner() -> Outcome<Option<User>> {
    if !Uid::effective().is_root() {
        return Ok(None);
    }
    match User::from_name(SYSTEM_USER) {
        Ok(Some(user)) => Ok(Some(user)),
        _ => Err(Failure::new(format!(
            "PostgreSQL does not run as root, and there is no user `{SYSTEM_USER}` to run it as: create it with \
             `useradd --system {SYSTEM_USER}`, or be somebody else."
        ))),
    }
}

/// The folder of the newest server that is new enough.
fn binaries() -> Option<PathBuf> {
    let from_path = process::on_path("postgres").and_then(|program| {
        // A link on PATH leads to the folder that has initdb too.
        fs::canonicalize(program).ok()?.parent().map(Path::to_path_buf)
    });
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = installed.map(|version| version.path().join("bin")).chain(from_path);
    let usable = folders.filter(|folder| folder.join("initdb").exists()).filter_map(|folder| {
        let answer = process::says(Command::new(folder.join("postgres")).arg("--version"))?;
        Some((major_version(&answer)?, folder))
    });
    usable.filter(|(version, _)| *version >= OLDEST).max().map(|(_, folder)| folder)
}

fn major_version(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().nth(2)?;
    let digits = version.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(version.len());
    version[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_major_version_is_read_from_the_servers_answer() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("postgres"), None);
    }
}
