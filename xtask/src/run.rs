//! `cargo xtask run`: from a checkout to a shop in the browser.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::members;
use crate::options::Options;
use crate::process;
use crate::storefront::{self, Build};

/// Builds everything and becomes the server.
pub(crate) fn run(mut options: Options) -> Outcome<()> {
    let release = options.flag("--release");
    let port = options.value::<u16>("--port")?;
    options.end()?;

    storefront::build(if release { Build::Shipped } else { Build::Quick })?;
    let server = process::step("building the server", || build_server(if release { Profile::Release } else { Profile::Dev }))?;
    println!("==> starting the shop (Ctrl-C stops it)");

    let mut command = Command::new(&server);
    process::without_own_cargo_variables(&mut command);
    command.env("WEB_ROOT", storefront::dist()).current_dir(members::root());
    if let Some(port) = port {
        command.env("PORT", port.to_string());
    }
    // This process becomes the server: signals and the exit status are the server's own.
    let error = command.exec();
    Err(Failure::new(format!("Cannot start {}: {error}.", server.display())))
}

/// How the server is compiled: the profiles of Cargo.toml.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Profile {
    Dev,
    Release,
    /// What is put into an image to check what stands around it.
    Checked,
}

/// Builds `bottega` and answers where it is. Cargo tells: the target folder may be anywhere.
pub(crate) fn build_server(profile: Profile) -> Outcome<PathBuf> {
    let profile = match profile {
        Profile::Dev => "dev",
        Profile::Release => "release",
        Profile::Checked => "checked",
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
