//! schemathesis, which tests a running server against its OpenAPI document.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Tool;
use crate::debian;
use crate::failure::{self, Outcome};
use crate::process;

const VERSION: &str = "4.32.5";
/// Started through its Python: the launcher scripts of a virtual environment stop working when it is moved.
const LAUNCH: &str =
    "import sys; sys.argv[0] = 'schemathesis'; from schemathesis.cli import schemathesis; schemathesis()";

/// The command `schemathesis`, without arguments yet.
pub(crate) fn command() -> Outcome<Command> {
    let mut command = Command::new(python()?);
    command.args(["-c", LAUNCH]);
    Ok(command)
}

fn python() -> Outcome<PathBuf> {
    let tool = Tool {
        name: "schemathesis",
        version: VERSION.to_owned(),
        program: "bin/python",
        version_arguments: &["-c", LAUNCH, "--version"],
    };
    Ok(tool.obtain(|_, _, home| install(home))?.join("python"))
}

fn install(home: &Path) -> Outcome<()> {
    make_environment(home)?;
    let mut pip = Command::new(home.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .arg(format!("schemathesis=={VERSION}"));
    process::run(&mut pip, "Installing schemathesis")
}

fn make_environment(home: &Path) -> Outcome<()> {
    let make = || process::succeeds(Command::new("python3").args(["-m", "venv"]).arg(home));
    if make() {
        return Ok(());
    }
    let packages = ["python3", "python3-venv"];
    if debian::can_install() {
        debian::install(&packages)?;
        if make() {
            return Ok(());
        }
    }
    failure::because(format!(
        "schemathesis needs Python 3 with its venv module: {} and repeat.",
        debian::advice(&packages)
    ))
}
