//! Running what the image runs, as it runs in production.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::build::Image;
use super::contents::USER;
use crate::failure::{self, Outcome, While};
use crate::http;
use crate::members;
use crate::process::{self, Background};
use crate::scratch::Scratch;
use crate::services::{self, Services};

const SCRIPT: &str = include_str!("confined.sh");
/// Where a cluster puts the secrets, and what is in them.
const SECRETS: &str = "/run/secrets/bottega";

/// A place to run an image in, with its services.
#[derive(Debug)]
pub(super) struct Confined<'a> {
    image: &'a Image,
    secrets: PathBuf,
    log: PathBuf,
    pub(super) port: u16,
    pub(super) metrics_port: u16,
    redis_port: String,
}

impl<'a> Confined<'a> {
    pub(super) fn new(image: &'a Image, services: &Services, scratch: &Scratch) -> Outcome<Self> {
        let secrets = scratch.join("secrets");
        fs::create_dir(&secrets).while_trying("make a folder for secrets")?;
        // By name and not by number: that names are found is part of what is checked.
        let database = services.database_url().replace("127.0.0.1", "localhost");
        for (name, content) in
            [("database-url", database.as_str()), ("jwt-secret", "8sJ2-not-a-secret-kQx0Zp4LmV7t-3Fb")]
        {
            let file = secrets.join(name);
            fs::write(&file, format!("{content}\n")).while_trying("write a secret")?;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).while_trying("guard a secret")?;
            chown(&file, Some(USER), Some(USER)).while_trying("give away a secret")?;
        }
        let redis = services.redis_url();
        Ok(Self {
            image,
            secrets,
            log: scratch.join("log"),
            port: services::free_port()?,
            metrics_port: services::free_port()?,
            redis_port: redis.rsplit(':').next().unwrap_or_default().to_owned(),
        })
    }

    /// The image's entry point with these words, in the image's environment and that of a pod.
    pub(super) fn command(&self, words: &[&str]) -> Command {
        let mut command = process::dying_with_us("unshare", "TERM", None);
        command
            .args(["--mount", "--propagation", "private", "sh", "-c", SCRIPT, "confined.sh"])
            .arg(&self.image.root)
            .arg(&self.secrets);
        for part in members::list(&self.image.settings, "Entrypoint") {
            command.arg(part.as_str().unwrap_or_default());
        }
        command.args(words).env_clear();
        for variable in members::list(&self.image.settings, "Env") {
            let (name, value) = variable.as_str().and_then(|text| text.split_once('=')).unwrap_or_default();
            command.env(name, value);
        }
        command
            .env("HOST", "127.0.0.1")
            .env("PORT", self.port.to_string())
            .env("METRICS_PORT", self.metrics_port.to_string())
            .env("PUBLIC_URL", "https://shop.example.com")
            .env("SHUTDOWN_TIMEOUT_SECONDS", "10")
            .env("DATABASE_URL_FILE", format!("{SECRETS}/database-url"))
            .env("JWT_SECRET_FILE", format!("{SECRETS}/jwt-secret"))
            .env("REDIS_HOST", "localhost")
            .env("REDIS_PORT", &self.redis_port);
        command
    }

    /// Starts the server; answers how long it took to be ready, too.
    pub(super) fn serve(&self) -> Outcome<(Background, Duration)> {
        let log = fs::File::create(&self.log).while_trying("write the server's log")?;
        let mut command = self.command(&["serve"]);
        command.stdout(log.try_clone().while_trying("write the server's log")?).stderr(log);
        let started = Instant::now();
        let server = Background::start(&mut command, "The image", Signal::SIGTERM)?;
        if server.becomes_ready(Duration::from_secs(30), || http::is_ready(self.port)) {
            return Ok((server, started.elapsed()));
        }
        drop(server);
        failure::because(format!("The image does not become ready; it says: {}", self.said()))
    }

    /// What the server has logged.
    pub(super) fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default().trim().to_owned()
    }
}
