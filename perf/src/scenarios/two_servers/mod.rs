//! Two servers, one database, one Redis: what is decided on the one holds on the other.

mod guesses;
mod news;

use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
};

use clap::{Args, value_parser};

use super::Outcome;
use crate::{
    failure::{Failure, While},
    report::{Report, Table},
    shop::{Binary, Engine, Server, people},
};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each change is made.
    #[arg(long, default_value_t = 20, value_parser = value_parser!(u16).range(20..=1_000))]
    rounds: u16,
    /// An empty `PostgreSQL` database; `cargo xtask services` starts a server to make one on.
    #[arg(long, value_name = "URL")]
    database_url: String,
    /// The Redis to share.
    #[arg(long, value_name = "URL")]
    redis_url: String,
}

/// Servers on one database. All sign with the same secret.
struct Servers {
    /// Where everything is changed. Shares Redis with `sharing`.
    first: Server,
    sharing: Server,
    without_redis: Server,
    /// Its Redis does not answer.
    cut_off: Server,
}

pub(crate) fn measure(binary: &Binary, options: &Options) -> Result<Outcome, Failure> {
    let folder = tempfile::tempdir().doing("make a temporary folder")?;
    let engine = Engine::postgres(&options.database_url);
    engine.prepare(binary, folder.path())?;
    println!("starting the servers …");
    let servers = Servers::start(binary, folder.path(), &engine, &options.redis_url)?;
    // Nobody is an administrator yet, so the first is made with the command line.
    let boss = people::register(&servers.first.client().past_limits(), "boss@example.com")?;
    engine.run(binary, folder.path(), &["admin", "promote", "--email", "boss@example.com"])?;

    let mut spread = Table::headed(["On A", "On B", "B", "Rounds", "Median", "p95", "Max", "Bound"]);
    let (mut verdict, mut subjects) = (Ok(()), 0..);
    for (name, other) in [
        ("shares Redis", &servers.sharing),
        ("has no Redis", &servers.without_redis),
        ("has a Redis that is away", &servers.cut_off),
    ] {
        for change in &news::CHANGES {
            println!("B {name}: {} …", change.name);
            let subjects = subjects.by_ref().take(options.rounds.into());
            let times = change.spread(&servers.first, other, &boss.token, subjects)?;
            verdict = verdict.and(change.show(name, &times, &mut spread));
        }
    }
    println!("guessing a password …");
    let mut limits = Table::headed(["Sent to A and B in turn", "Answers", "Expected"]);
    verdict = verdict.and(guesses::guess(&servers.first, &servers.sharing, &mut limits)?);

    let arguments = format!(" --rounds {} --database-url postgres://… --redis-url redis://…", options.rounds);
    let report = Report::new("two-servers", "Two servers", binary, &arguments, spread)?
        .table(limits)
        .fact("Database", "PostgreSQL, shared by all servers")
        .note(news::description())
        .note(guesses::description());
    Ok(Outcome { report, verdict })
}

impl Servers {
    fn start(binary: &Binary, folder: &Path, engine: &Engine, redis_url: &str) -> Result<Self, Failure> {
        let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let nobody = format!("redis://{}", nobody.doing("find a free port")?);
        let start = |name: &str, redis: Option<&str>| {
            let folder = folder.join(name);
            std::fs::create_dir(&folder).doing("make a folder for a server")?;
            let mut variables = engine.variables();
            variables.push(("JWT_SECRET", "signed by one, believed by all of 4".to_owned()));
            // So that guessers can come from different addresses.
            variables.push(("TRUSTED_PROXY_HOPS", "1".to_owned()));
            variables.extend(redis.map(|url| ("REDIS_URL", url.to_owned())));
            let mut server = Server::start(binary, &folder, &variables)?;
            server.first_answer("/health")?;
            Ok(server)
        };
        Ok(Self {
            first: start("first", Some(redis_url))?,
            sharing: start("sharing", Some(redis_url))?,
            without_redis: start("without-redis", None)?,
            cut_off: start("cut-off", Some(&nobody))?,
        })
    }
}
