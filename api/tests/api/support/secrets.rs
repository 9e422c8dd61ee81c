//! What must never be in a log, and the log of the whole suite to look for it in.

use std::{
    collections::HashSet,
    io::Write,
    sync::{Mutex, PoisonError},
};

use serde_json::Value;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

/// More than any operator turns on: everything of ours, and what libraries say to who debugs them.
const FILTER: &str = "debug,api=trace,sql=trace,access=trace,security=trace";
/// Fields whose values are secrets, wherever they stand.
const SECRET_FIELDS: [&str; 4] = ["password", "currentPassword", "newPassword", "token"];
/// Shorter texts are words.
const SHORTEST: usize = 12;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// The layer that keeps what is logged.
pub fn layer() -> impl Layer<Registry> {
    fmt::layer().json().with_writer(|| Writer).with_filter(EnvFilter::new(FILTER))
}

struct Writer;

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        log().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn log() -> std::sync::MutexGuard<'static, Vec<u8>> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The secrets of one application.
pub struct Secrets {
    known: Mutex<HashSet<String>>,
    /// How long the log was when it started.
    since: usize,
}

impl Secrets {
    pub fn new() -> Self {
        Self { known: Mutex::default(), since: log().len() }
    }

    pub fn note(&self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.known.lock().unwrap().insert(secret.to_owned());
        }
    }

    /// Notes the secrets of a body.
    pub fn note_body(&self, body: &Value) {
        match body {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_str().filter(|_| SECRET_FIELDS.contains(&name.as_str())) {
                        Some(secret) => self.note(secret),
                        None => self.note_body(value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.note_body(item)),
            _ => {}
        }
    }

    /// The lines of the log that tell one of them, or anybody's password hash.
    pub fn told(&self) -> Vec<String> {
        let log = log();
        let text = String::from_utf8_lossy(log.get(self.since..).unwrap_or_default()).into_owned();
        drop(log);
        let known = self.known.lock().unwrap();
        let secrets = || known.iter().map(String::as_str).chain(["$argon2"]);
        if !secrets().any(|secret| text.contains(secret)) {
            return vec![];
        }
        text.lines().filter(|line| secrets().any(|secret| line.contains(secret))).map(str::to_owned).collect()
    }
}
