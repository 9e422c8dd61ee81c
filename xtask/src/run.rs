//! `cargo xtask run`: from a checkout to a shop in the browser.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use nix::sys::signal::Signal;

use crate::failure::{Failure, Outcome};
use crate::members;
use crate::options::Options;
use crate::process::{self, Background};
use crate::storefront::{self, Build};
use crate::watch;

/// Builds everything and becomes the server, or its keeper.
pub(crate) fn run(mut options: Options) -> Outcome<()> {
    let release = options.flag("--release");
    let watch = options.flag("--watch");
    let port = options.value::<u16>("--port")?;
    options.end()?;
    if watch {
        return run_and_watch(release, port);
    }

    let server = build_everything(release)?;
    println!("==> starting the shop (Ctrl-C stops it)");
    // This process becomes the server: signals and the exit status are the server's own.
    let error = in_checkout(Command::new(&server), port).exec();
    Err(Failure::new(format!("Cannot start {}: {error}.", server.display())))
}

/// Starts the shop anew after every change that compiles; until then the one before it goes on.
fn run_and_watch(release: bool, port: Option<u16>) -> Outcome<()> {
    let mut running: Option<Background> = None;
    loop {
        let seen = watch::last_change();
        match build_everything(release) {
            Ok(server) => {
                // The port must be free before the next one takes it.
                drop(running.take());
                println!("==> starting the shop (a change to its sources builds it anew, Ctrl-C stops it)");
                let mut command = in_checkout(process::dying_with_us(&server, "TERM", None), port);
                running = Some(Background::start(&mut command, "The shop", Signal::SIGTERM)?);
            }
            Err(failure) => println!("{failure}"),
        }
        watch::wait_for_change_after(seen);
    }
}

fn build_everything(release: bool) -> Outcome<PathBuf> {
    let (storefront, server) =
        if release { (Build::Shipped, Profile::Release) } else { (Build::Quick, Profile::Dev) };
    storefront::build(storefront)?;
    process::step("building the server", || build_server(server))
}

fn in_checkout(mut command: Command, port: Option<u16>) -> Command {
    process::without_own_cargo_variables(&mut command);
    command.env("WEB_ROOT", storefront::dist()).current_dir(members::root());
    if let Some(port) = port {
        command.env("PORT", port.to_string());
    }
    command
}

/// How the server is compiled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// Builds `bottega` and answers where it is. Cargo tells: the target folder may be anywhere.
pub(crate) fn build_server(profile: Profile) -> Outcome<PathBuf> {
    let profile = match profile {
        Profile::Dev => "dev",
        Profile::Release => "release",
    };
    let mut cargo = process::cargo();
    cargo.args(["build", "-p", "api", "--bin", "bottega", "--message-format", "json-render-diagnostics"]);
    cargo.args(["--profile", profile]);
    let messages = process::output(&mut cargo, "Building the server")?;
    executable(&messages, "bottega")
        .ok_or_else(|| Failure::new("Cargo built no `bottega`: see api/Cargo.toml."))
}

fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    let mut artifacts =
        messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let found = artifacts.find(|message| {
        members::text(&message["target"], "name") == name && message["executable"].is_string()
    })?;
    Some(PathBuf::from(members::text(&found, "executable")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_executable_is_found_among_cargos_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"api"},"executable":null}
not json
{"reason":"compiler-artifact","target":{"name":"bottega"},"executable":"/somewhere/debug/bottega"}"#;
        let found = super::executable(messages, "bottega").unwrap();
        assert_eq!(found.to_str(), Some("/somewhere/debug/bottega"));
        assert_eq!(super::executable(messages, "api"), None);
    }
}
