//! `bottega doctor`: is what this server depends on there? Its exit status says so.

use std::time::{Duration, Instant};

use clap::Args;

use super::{CliError, say};
use crate::{
    cache::Redis,
    config::{Config, MailDelivery},
    db::Database,
    mail::Mailroom,
};

const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Check the database: that it answers, and that its tables are this version's.
    #[arg(long)]
    database: bool,
    /// Check Redis.
    #[arg(long)]
    redis: bool,
    /// Check the mail server, or the folder mails are written to.
    #[arg(long)]
    mail: bool,
    /// Check that this URL answers with success.
    #[arg(long, value_name = "URL")]
    http: Option<String>,
}

pub(super) async fn run(command: &Doctor, config: &Config) -> Result<(), CliError> {
    let everything = !command.database && !command.redis && !command.mail && command.http.is_none();
    let mut findings = Vec::new();
    if command.database || everything {
        findings.push(timed("database", check_database(config)).await);
    }
    if command.redis || (everything && config.redis.is_some()) {
        findings.push(timed("redis", check_redis(config)).await);
    }
    if command.mail || everything {
        findings.push(timed("mail", check_mail(config)).await);
    }
    if let Some(url) = &command.http {
        findings.push(timed("http", async { check_http(url) }).await);
    }
    match findings.iter().filter(|healthy| !**healthy).count() {
        0 => Ok(()),
        sick => Err(CliError::Failed(format!("{sick} of {} checks failed.", findings.len()))),
    }
}

/// Runs a check and says how it went.
async fn timed(name: &str, check: impl Future<Output = Result<String, String>>) -> bool {
    let begun = Instant::now();
    let finding = check.await;
    let ms = begun.elapsed().as_secs_f64() * 1_000.0;
    match &finding {
        Ok(good) => say(format_args!("ok      {name}: {good} ({ms:.1} ms)")),
        Err(bad) => say(format_args!("FAILED  {name}: {bad}")),
    }
    finding.is_ok()
}

async fn check_database(config: &Config) -> Result<String, String> {
    let db = Database::connect(&config.database).await.map_err(|error| error.to_string())?;
    db.ping().await.map_err(|error| error.to_string())?;
    db.require_schema().await.map_err(|error| error.to_string())?;
    db.close().await.map_err(|error| error.to_string())?;
    Ok(format!("{} answers, its tables are this version's", config.database.url))
}

async fn check_redis(config: &Config) -> Result<String, String> {
    let config = config.redis.as_ref().ok_or("none is configured: set REDIS_URL")?;
    let sentence = |error: fred::error::Error| {
        format!("Redis at {} does not answer ({error}): check REDIS_URL, and that it is up.", config.place())
    };
    let redis = Redis::connect(config).map_err(sentence)?;
    redis.ready(PATIENCE).await.map_err(sentence)?;
    redis.ping().await.map_err(sentence)?;
    redis.close().await;
    Ok(format!("Redis at {} answers", config.place()))
}

async fn check_mail(config: &Config) -> Result<String, String> {
    let delivery = &config.mail.delivery;
    let setting = match delivery {
        MailDelivery::Smtp(_) => "SMTP_URL",
        MailDelivery::Folder(_) => "MAIL_FOLDER",
    };
    let sentence = |why: String| format!("Mails cannot go {delivery} ({why}): check {setting}.");
    let mailroom = Mailroom::open(config).map_err(|error| sentence(error.to_string()))?;
    mailroom.check().await.map_err(sentence)?;
    Ok(format!("mails can go {delivery}"))
}

fn check_http(url: &str) -> Result<String, String> {
    let agent =
        ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build();
    let answer = ureq::Agent::from(agent)
        .get(url)
        .call()
        .map_err(|error| format!("{url} does not answer ({error})."))?;
    match answer.status() {
        status if status.is_success() => Ok(format!("{url} answers {status}")),
        status => Err(format!("{url} answers {status}.")),
    }
}
