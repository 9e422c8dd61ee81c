//! A shop as a compose file describes it, without containers: the same commands, environment and order, on services of
//! this command, with names of hosts and ports replaced by those of this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use nix::sys::signal::Signal;

use super::definition::{Definition, Service};
use crate::failure::{self, Outcome, While};
use crate::process::{self, Background};
use crate::scratch::Scratch;
use crate::services::{self, Services};
use crate::storefront;

#[derive(Debug)]
pub(super) struct Shop<'a> {
    program: &'a Path,
    definition: &'a Definition,
    /// What a service's hosts are called here.
    places: [(&'static str, String); 2],
    /// Where `/` is.
    folder: PathBuf,
    pub(super) port: u16,
    metrics_port: u16,
}

impl<'a> Shop<'a> {
    pub(super) fn new(
        program: &'a Path,
        definition: &'a Definition,
        services: &Services,
        folder: &Scratch,
    ) -> Outcome<Self> {
        let (database, redis) = (services.database_url(), services.redis_url());
        let place = |url: &str| {
            let place = url.rsplit_once("//").map_or(url, |(_, place)| place);
            place.rsplit('@').next().unwrap_or(place).split('/').next().unwrap_or(place).to_owned()
        };
        Ok(Self {
            program,
            definition,
            places: [
                ("@postgres:5432", format!("@{}", place(&database))),
                ("//redis:6379", format!("//{}", place(&redis))),
            ],
            folder: folder.path().to_path_buf(),
            port: services::free_port()?,
            metrics_port: services::free_port()?,
        })
    }

    /// Runs the one-shots and starts the server, as `up` does; answers the server when it is healthy.
    pub(super) fn up(&self) -> Outcome<Background> {
        let mut server = None;
        for service in self.definition.in_order()? {
            if service.value["image"] != "bottega" {
                continue;
            }
            if service.is_one_shot() {
                self.run(service)?;
            } else {
                server = Some(self.start(service)?);
            }
        }
        server.map_or_else(|| failure::because("The compose file has no service that stays."), Ok)
    }

    /// The one-shots alone, as a second `up` finds them.
    pub(super) fn up_again(&self) -> Outcome<()> {
        let services = self.definition.in_order()?;
        let mut one_shots = services
            .into_iter()
            .filter(|service| service.value["image"] == "bottega" && service.is_one_shot());
        one_shots.try_for_each(|service| self.run(service))
    }

    fn run(&self, service: Service) -> Outcome<()> {
        let mut command = self.command(service, &service.texts("command"));
        process::output(&mut command, &format!("The service {}", service.name)).map(drop)
    }

    fn start(&self, service: Service) -> Outcome<Background> {
        let log_file = self.folder.join("log");
        let log = fs::File::create(&log_file).while_trying("write the server's log")?;
        let mut command = self.command(service, &service.texts("command"));
        command.stdout(log.try_clone().while_trying("write the server's log")?).stderr(log);
        let server = Background::start(&mut command, "The server", Signal::SIGTERM)?;
        let test = service.health().unwrap_or_default();
        let words: Vec<String> =
            test.iter().skip(1).map(|word| word.replace(":4000/", &format!(":{}/", self.port))).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_healthy = || process::succeeds(&mut self.command(service, &words));
        if server.becomes_ready(Duration::from_secs(30), is_healthy) {
            return Ok(server);
        }
        drop(server);
        let said = fs::read_to_string(&log_file).unwrap_or_default();
        failure::because(format!(
            "The service {} does not become healthy; it says: {}",
            service.name,
            said.trim()
        ))
    }

    /// `bottega` in the environment of a service; what the image sets comes first.
    fn command(&self, service: Service, words: &[&str]) -> Command {
        let mut command = process::dying_with_us(self.program, "TERM", None);
        command.args(words).current_dir(&self.folder).env_clear().env("WEB_ROOT", storefront::dist());
        for (name, value) in service.environment() {
            let here =
                self.places.iter().fold(value.to_owned(), |value, (place, here)| value.replace(place, here));
            command.env(name, here);
        }
        command
            .env("HOST", "127.0.0.1")
            .env("PORT", self.port.to_string())
            .env("METRICS_PORT", self.metrics_port.to_string());
        command
    }
}
