//! `bottega cache`: how the running server's cache is doing, and making every server forget.

use std::time::Duration;

use clap::Subcommand;
use openapi::{
    Data,
    cache::{CacheReport, FamilyReport},
};

use super::{CliError, database, say};
use crate::{
    access::EVERYBODY,
    cache::{EVERYTHING, Invalidation},
    catalog::tags::{ASSORTMENT, CATALOG, CATEGORIES},
    clock::{Clock, IdSource},
    config::Config,
    db::Database,
    search,
};

/// What people call everything.
const ALL: &str = "all";
/// How long the server, or Redis, may take.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Subcommand)]
pub(super) enum Cache {
    /// Show what the server that runs with this configuration keeps, and how often it helped.
    Stats,
    /// Make every server forget what it keeps: all of it, or what depends on some tags.
    Clear {
        /// `catalog`, `search`, `users` or `all`; or more narrowly `categories`, `assortment`, `product:<id>`,
        /// `category:<id>`, `user:<id>`. May be repeated.
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
    },
}

pub(super) async fn run(command: &Cache, config: &Config) -> Result<(), CliError> {
    match command {
        Cache::Stats => stats(config),
        Cache::Clear { tags } => clear(tags, config).await,
    }
}

fn stats(config: &Config) -> Result<(), CliError> {
    let port = config.server.metrics_port.unwrap_or(config.server.port);
    let host = config.server.host;
    let host = if host.is_unspecified() { std::net::Ipv4Addr::LOCALHOST.into() } else { host };
    let url = format!("http://{}/metrics/cache", std::net::SocketAddr::new(host, port));
    let failed = |why: &dyn std::fmt::Display| {
        CliError::Failed(format!(
            "No server answers at {url} ({why}): run this where it runs, with its variables."
        ))
    };
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
    let text = agent
        .get(&url)
        .call()
        .and_then(|mut answer| answer.body_mut().read_to_string())
        .map_err(|error| failed(&error))?;
    let report: Data<CacheReport> = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    tell(&report.data);
    Ok(())
}

fn tell(report: &CacheReport) {
    let memory = &report.memory;
    say(format_args!(
        "memory: {} answers, {} of {} bytes",
        memory.entries, memory.bytes, memory.capacity_bytes
    ));
    match &report.redis {
        None => say("redis:  none"),
        Some(redis) if redis.is_left_alone => say("redis:  left alone, because it failed"),
        Some(redis) => say(format_args!("redis:  in use, {} bytes written", redis.written_bytes)),
    }
    say(format_args!(
        "{:<12}{:>10}{:>12}{:>11}{:>9}{:>8}{:>12}{:>8}",
        "family", "hit rate", "in memory", "coalesced", "redis", "stale", "from the db", "failed"
    ));
    for family in &report.families {
        say(line(family));
    }
}

fn line(family: &FamilyReport) -> String {
    let rate = family.hit_rate.map_or_else(|| "-".to_owned(), |rate| format!("{:.3} %", rate * 100.0));
    format!(
        "{:<12}{rate:>10}{:>12}{:>11}{:>9}{:>8}{:>12}{:>8}",
        family.name,
        family.memory.hits,
        family.memory.coalesced,
        family.redis.hits,
        family.memory.stale,
        family.loads,
        family.failed_loads
    )
}

async fn clear(tags: &[String], config: &Config) -> Result<(), CliError> {
    let named = if tags.is_empty() { &[ALL.to_owned()][..] } else { tags };
    let tags = named.iter().map(|name| tag(name)).collect::<Result<_, _>>()?;
    forget(&database(config).await?, tags).await?;
    say(format_args!("Every server forgets what depends on {}, within a second.", named.join(", ")));
    Ok(())
}

/// The tag that is known by this name.
fn tag(name: &str) -> Result<String, CliError> {
    let is_known = match name.split_once(':') {
        None => [CATALOG, CATEGORIES, ASSORTMENT, search::TAG, EVERYBODY, EVERYTHING].contains(&name),
        Some((kind, id)) => {
            ["product", "category", "user"].contains(&kind) && id.parse::<uuid::Uuid>().is_ok()
        }
    };
    match name {
        ALL => Ok(EVERYTHING.to_owned()),
        _ if is_known => Ok(name.to_owned()),
        _ => Err(CliError::Failed(format!(
            "--tag {name:?} is no tag: `bottega cache clear --help` lists them."
        ))),
    }
}

/// Has every running server forget. They are not told: they look, and find out within a second.
pub(super) async fn forget(db: &Database, tags: Vec<String>) -> Result<(), CliError> {
    let failed = |error| CliError::Failed(format!("The database refused ({error})."));
    let clock = Clock::system();
    let ids = IdSource::new(clock.clone());
    let transaction = db.begin().await.map_err(failed)?;
    let _ = Invalidation::record(&transaction, &clock, &ids, tags).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)
}
