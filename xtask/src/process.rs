//! Starting other programs, and saying what is going on meanwhile.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::failure::{self, Failure, Outcome, While};
use crate::held::{self, Held};
use crate::members;

/// How long a child may take to stop before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Cargo, in this checkout.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(members::root());
    without_own_cargo_variables(&mut cargo);
    cargo
}

/// `cargo run` describes xtask to xtask; its children are other packages.
pub(crate) fn without_own_cargo_variables(command: &mut Command) {
    let of_a_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
    for (name, _) in env::vars_os() {
        if of_a_package.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
}

/// A command that ends with this program, even when it is killed outright; `signal` is what asks it to stop.
///
/// Where `setpriv` is missing the command is started plainly: an ordinary end stops it all the same.
pub(crate) fn dying_with_us(program: impl AsRef<OsStr>, signal: &str, as_user: Option<&str>) -> Command {
    static SETPRIV: LazyLock<bool> =
        LazyLock::new(|| succeeds(Command::new("setpriv").args(["--pdeathsig", "TERM", "true"])));
    if !*SETPRIV && as_user.is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    if let Some(user) = as_user {
        command.args(["--reuid", user, "--regid", user, "--init-groups"]);
    }
    if *SETPRIV {
        command.args(["--pdeathsig", signal]);
    }
    command.arg(program);
    command
}

/// Runs a step of a command: names it, and says how long it took.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {what} …");
    let started = Instant::now();
    let outcome = work();
    let verdict = if outcome.is_ok() { "done in" } else { "failed after" };
    println!("    {verdict} {}", duration(started.elapsed()));
    outcome
}

/// `0.4 s`, `12 s`, `3 min 12 s`.
pub(crate) fn duration(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Runs a command in the foreground; its output goes to the terminal.
pub(crate) fn run(command: &mut Command, what: &str) -> Outcome<()> {
    if succeeded(start(command, what)?, what)? {
        return Ok(());
    }
    failure::because(format!("{what} failed: its messages above say why."))
}

/// Runs a command in the foreground, gives each line it prints to `line`, and tells whether it succeeded.
pub(crate) fn run_lines(command: &mut Command, what: &str, mut line: impl FnMut(&str)) -> Outcome<bool> {
    let mut child = start(command.stdout(Stdio::piped()), what)?;
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut bytes = Vec::new();
        // Bytes, not text: a test may print anything.
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
            line(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']));
            bytes.clear();
        }
    }
    succeeded(child, what)
}

/// Runs a command and answers what it printed; its errors go to the terminal.
pub(crate) fn output(command: &mut Command, what: &str) -> Outcome<String> {
    let mut all = String::new();
    let fine = run_lines(command, what, |line| {
        all.push_str(line);
        all.push('\n');
    })?;
    if fine {
        return Ok(all);
    }
    failure::because(format!("{what} failed: its messages above say why."))
}

/// Runs a command and shows nothing: answers whether it succeeded, and what it printed on both streams.
pub(crate) fn quietly(command: &mut Command, what: &str) -> Outcome<(bool, String)> {
    let child = start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()), what)?;
    let output = child.wait_with_output().while_trying(format!("wait for {what}"))?;
    let text = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
}

/// Whether a command can be started and succeeds; nothing is shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// What a command prints (both streams), if it can be started at all.
pub(crate) fn says(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = [output.stdout, output.stderr].concat();
    output.status.success().then(|| String::from_utf8_lossy(&text).into_owned())
}

/// Where a program is on PATH.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// PATH with these folders in front.
pub(crate) fn path_with(folders: &[PathBuf]) -> Outcome<std::ffi::OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&old)))
        .while_trying("put the build tools on PATH")
}

/// Starts a command, or names the program that is missing.
pub(crate) fn start(command: &mut Command, what: &str) -> Outcome<Child> {
    // Whatever was printed before must come before what the child prints.
    drop(std::io::stdout().flush());
    command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            let program = Path::new(command.get_program()).display().to_string();
            Failure::new(format!("{what} needs `{program}`, which is not on PATH: install it and repeat."))
        }
        _ => Failure::new(format!("{what} cannot be started: {error}.")),
    })
}

fn succeeded(mut child: Child, what: &str) -> Outcome<bool> {
    let pid = child.id();
    let held = held::until_dropped(move || send(pid, Signal::SIGTERM));
    let status = child.wait();
    held.forget();
    Ok(status.while_trying(format!("wait for {what}"))?.success())
}

fn send(pid: u32, signal: Signal) {
    if let Ok(pid) = i32::try_from(pid) {
        // An error means that it is gone already.
        let _ = kill(Pid::from_raw(pid), signal);
    }
}

/// A child in the background, stopped when dropped and when a signal ends this program.
#[derive(Debug)]
pub(crate) struct Background {
    child: Arc<Mutex<Child>>,
    _held: Held,
}

impl Background {
    pub(crate) fn start(command: &mut Command, what: &str, stop_by: Signal) -> Outcome<Self> {
        let child = Arc::new(Mutex::new(start(command, what)?));
        let held = held::until_dropped({
            let child = Arc::clone(&child);
            move || stop(&mut child.lock().unwrap_or_else(PoisonError::into_inner), stop_by)
        });
        Ok(Self { child, _held: held })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.lock().unwrap_or_else(PoisonError::into_inner).id()
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait(), Ok(None))
    }

    /// Waits for its end; nothing when it outlasts `limit`.
    pub(crate) fn ends_within(&self, limit: Duration) -> Option<ExitStatus> {
        let started = Instant::now();
        loop {
            let ended = self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait();
            match ended {
                Ok(Some(status)) => return Some(status),
                _ if started.elapsed() > limit => return None,
                _ => thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// Waits for `is_ready`, as long as the child runs and `limit` lasts.
    pub(crate) fn becomes_ready(&self, limit: Duration, mut is_ready: impl FnMut() -> bool) -> bool {
        let started = Instant::now();
        while self.is_running() && started.elapsed() < limit {
            if is_ready() {
                return true;
            }
            thread::sleep(Duration::from_millis(30));
        }
        false
    }
}

fn stop(child: &mut Child, by: Signal) {
    if !matches!(child.try_wait(), Ok(None)) {
        return;
    }
    send(child.id(), by);
    let asked = Instant::now();
    while matches!(child.try_wait(), Ok(None)) {
        if asked.elapsed() > PATIENCE {
            drop(child.kill());
            drop(child.wait());
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration(Duration::from_millis(440)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(192)), "3 min 12 s");
    }

    #[test]
    fn a_missing_program_is_named() {
        let failure = run(&mut Command::new("no-such-program"), "The step").unwrap_err();
        assert_eq!(
            failure.to_string(),
            "The step needs `no-such-program`, which is not on PATH: install it and repeat."
        );
    }

    #[test]
    fn a_background_child_stops_when_dropped() {
        let child = Background::start(Command::new("sleep").arg("60"), "sleep", Signal::SIGTERM).unwrap();
        assert!(child.is_running());
        let pid = child.pid();
        drop(child);
        assert!(!Path::new(&format!("/proc/{pid}")).exists());
    }
}
