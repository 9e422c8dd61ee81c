//! What a running image must do and must not be able to do.

use std::fs;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::confined::Confined;
use super::contents::USER;
use crate::failure::{Outcome, While};
use crate::http::{self, Answer};
use crate::process::{self, Background};

/// How long a server may take to stop that has one request to answer.
const GRACE: Duration = Duration::from_secs(10);

/// Everything that is wrong with what the server answers.
pub(super) fn answers(confined: &Confined) -> Vec<String> {
    let (shop, metrics) = (confined.port, confined.metrics_port);
    let fine = |answer: &Answer| answer.status == 200;
    let page = |answer: &Answer| fine(answer) && answer.text().contains("<!doctype html>");
    let compressed = |answer: &Answer| fine(answer) && answer.header("content-encoding") == Some("br");
    [
        ask(shop, "/health", &[], fine),
        ask(shop, "/ready", &[], fine),
        ask(shop, "/api/catalog/products", &[], fine),
        ask(shop, "/", &[], page),
        ask(shop, "/orders", &["Accept: text/html"], page),
        ask(shop, "/", &["Accept-Encoding: br"], compressed),
        ask(shop, "/metrics", &[], |answer| answer.status == 404),
        ask(metrics, "/metrics", &[], |answer| {
            fine(answer) && answer.text().contains("http_request_duration_seconds")
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn ask(port: u16, path: &str, headers: &[&str], is_right: impl Fn(&Answer) -> bool) -> Option<String> {
    match http::get(port, path, headers) {
        Ok(answer) if is_right(&answer) => None,
        Ok(answer) => {
            Some(format!("{path} {} is answered wrongly, with {}.", headers.join(" "), answer.status))
        }
        Err(error) => Some(format!("{path} is not answered ({error}).")),
    }
}

/// Who the server is, as the kernel sees it.
pub(super) fn rights(server: &Background) -> Outcome<Vec<String>> {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).while_trying("see who runs")?;
    let user = USER.to_string();
    let expected =
        [("Uid:", user.as_str()), ("Gid:", &user), ("CapEff:", "0000000000000000"), ("NoNewPrivs:", "1")];
    let is = |name: &str, value: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().skip(1).all(|word| word == value) && !line.is_empty()
    };
    let wrong = expected.into_iter().filter(|(name, value)| !is(name, value));
    Ok(wrong.map(|(name, value)| format!("The server runs with another {name} than {value}.")).collect())
}

/// Mails are the one thing a server writes: into their folder it can, anywhere else it must not.
pub(super) fn writing(confined: &Confined) -> Vec<String> {
    let writes =
        |folder: &str| process::succeeds(confined.command(&["doctor", "--mail"]).env("MAIL_FOLDER", folder));
    let mut findings = Vec::new();
    if !writes("/data/mail") {
        findings.push("/data/mail cannot be written, and mails go there.".to_owned());
    }
    // The first belongs to the user: nothing but the disk's being read-only keeps them out.
    for folder in ["/data/elsewhere", "/srv/web/mail", "/etc/mail"] {
        if writes(folder) {
            findings.push(format!("{folder} can be written."));
        }
    }
    findings
}

/// A request that runs when the server is told to stop is answered, and then the server ends well.
pub(super) fn stopping(confined: &Confined, server: &Background) -> Outcome<Vec<String>> {
    let body = r#"{"email":"nobody@example.com","password":"not this one"}"#;
    let request =
        http::Unfinished::post(confined.port, "/api/auth/login", body).while_trying("begin a request")?;
    std::thread::sleep(Duration::from_millis(200));
    let told = Instant::now();
    let pid = i32::try_from(server.pid()).while_trying("find the server")?;
    kill(Pid::from_raw(pid), Signal::SIGTERM).while_trying("stop the server")?;
    std::thread::sleep(Duration::from_millis(500));
    let mut findings = Vec::new();
    match request.finish() {
        Ok(answer) if answer.status == 401 => {}
        Ok(answer) => {
            findings.push(format!("A request that ran at the stop is answered with {}.", answer.status));
        }
        Err(error) => findings.push(format!("A request that ran at the stop is not answered ({error}).")),
    }
    match server.ends_within(GRACE.saturating_sub(told.elapsed())) {
        Some(status) if status.success() => {}
        Some(status) => findings.push(format!("After SIGTERM the server ends with {status}.")),
        None => findings.push(format!("After SIGTERM the server runs on for more than {GRACE:?}.")),
    }
    Ok(findings)
}
