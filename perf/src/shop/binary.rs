//! The `bottega` program.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    failure::{Failure, While},
    stop,
};

/// A `bottega` program.
#[derive(Debug)]
pub(crate) struct Binary {
    path: PathBuf,
    given: bool,
}

impl Binary {
    /// A program that was built before.
    pub(crate) fn at(path: &Path) -> Result<Self, Failure> {
        // Absolute, because it is started in folders of its own.
        let found = fs::canonicalize(path).ok().filter(|path| path.is_file());
        let path = found.ok_or_else(|| Failure::NoBinary(path.to_path_buf()))?;
        Ok(Self { path, given: true })
    }

    /// Builds it as it is shipped.
    pub(crate) fn build() -> Result<Self, Failure> {
        println!("building the server as it is shipped …");
        let arguments = ["build", "--release", "-p", "api", "--bin", "bottega"];
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        forget_package(&mut cargo, env::vars_os());
        cargo.args(arguments).args(["--message-format", "json-render-diagnostics"]).current_dir(root());
        let output = cargo.stderr(Stdio::inherit()).output().doing("start Cargo")?;
        stop::check()?;
        let failed = || Failure::Command { command: format!("cargo {}", arguments.join(" ")) };
        if !output.status.success() {
            return Err(failed());
        }
        let path = executable(&String::from_utf8_lossy(&output.stdout)).ok_or_else(failed)?;
        Ok(Self { path, given: false })
    }

    pub(crate) fn is_given(&self) -> bool {
        self.given
    }

    /// Its version and commit, as it tells them.
    pub(crate) fn version(&self) -> Result<String, Failure> {
        run(self.command(Path::new(".")).arg("--version"))
    }

    /// A command that works in a folder of its own and is configured by nothing of this process.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.env_clear().current_dir(folder).stdin(Stdio::null());
        command
    }
}

/// Runs a command of the binary to its end and answers what it printed; its errors go to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<String, Failure> {
    let output = command.stderr(Stdio::inherit()).output().doing("start the binary")?;
    stop::check()?;
    if !output.status.success() {
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        return Err(Failure::Command { command: format!("bottega {}", arguments.join(" ")) });
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The checkout this program was built from.
pub(crate) fn root() -> &'static Path {
    let member = Path::new(env!("CARGO_MANIFEST_DIR"));
    member.parent().unwrap_or(member)
}

/// `cargo run` describes this package to its program. A build that was told so would begin anew: some build scripts
/// look at these variables.
fn forget_package(command: &mut Command, variables: impl Iterator<Item = (OsString, OsString)>) {
    let of_a_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
    for (name, _) in variables {
        if of_a_package.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
}

/// Cargo tells where it put the program: the target folder may be anywhere.
fn executable(messages: &str) -> Option<PathBuf> {
    let mut artifacts =
        messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    artifacts.find_map(|message| {
        let is_server = message["target"]["name"] == "bottega";
        message["executable"].as_str().filter(|_| is_server).map(PathBuf::from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_found_among_cargos_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"api"},"executable":null}
not json
{"reason":"compiler-artifact","target":{"name":"bottega"},"executable":"/somewhere/release/bottega"}"#;
        assert_eq!(executable(messages), Some(PathBuf::from("/somewhere/release/bottega")));
        assert_eq!(executable("{}"), None);
    }

    #[test]
    fn a_build_does_not_learn_who_asked_for_it() {
        let mut command = Command::new("cargo");
        let variables = ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO_HOME", "PATH"];
        forget_package(&mut command, variables.into_iter().map(|name| (name.into(), "value".into())));
        let forgotten: Vec<_> = command.get_envs().collect();
        assert_eq!(forgotten, [("CARGO_MANIFEST_DIR".as_ref(), None), ("CARGO_PKG_NAME".as_ref(), None)]);
    }

    #[test]
    fn what_is_no_file_is_no_binary() {
        assert!(matches!(Binary::at(Path::new("no/such/file")), Err(Failure::NoBinary(_))));
    }
}
