//! Tools from the Python package index: each with an environment of its own, made of exactly the files whose hashes
//! `xtask/tools/<name>.txt` lists.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::kept::Kept;
use crate::debian;
use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process;

/// What an environment was made of, written when it is complete.
const MADE_OF: &str = "requirements.txt";

/// A virtual environment that is ready.
#[derive(Debug)]
pub(crate) struct Environment {
    home: PathBuf,
}

impl Environment {
    /// The environment that `xtask/tools/<name>.txt` describes.
    pub(crate) fn obtain(name: &str) -> Outcome<Self> {
        let list = list(name);
        let wanted = fs::read_to_string(&list).while_trying(format!("read {}", list.display()))?;
        let version = super::fingerprint(&wanted);
        let home = Kept { name, version: &version }.obtain(
            |home| fs::read_to_string(home.join(MADE_OF)).is_ok_and(|made_of| made_of == wanted),
            |_, home| {
                Self::make(name, home)?;
                fs::write(home.join(MADE_OF), &wanted).while_trying("note what an environment is made of")
            },
        )?;
        Ok(Self { home })
    }

    /// The same in a folder of the caller's.
    pub(crate) fn make(name: &str, home: &Path) -> Outcome<Self> {
        make_environment(name, home)?;
        install(name, &list(name), home)?;
        Ok(Self { home: home.to_path_buf() })
    }

    /// Its Python.
    pub(crate) fn python(&self) -> Command {
        Command::new(self.home.join("bin/python"))
    }

    /// A program that one of its packages brings.
    pub(crate) fn program(&self, name: &str) -> Command {
        let file = self.home.join("bin").join(name);
        if !is_script(&file) {
            return Command::new(file);
        }
        // By its Python and not by itself: its first line names the folder it was installed in, and that was moved.
        let mut command = self.python();
        command.arg(file);
        command
    }
}

fn list(name: &str) -> PathBuf {
    members::in_root(&format!("xtask/tools/{name}.txt"))
}

fn is_script(file: &Path) -> bool {
    fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"#!"))
}

fn install(name: &str, list: &Path, home: &Path) -> Outcome<()> {
    let mut pip = Command::new(home.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"])
        .args(["--require-hashes", "--only-binary", ":all:", "--requirement"])
        .arg(list);
    process::run(&mut pip, &format!("Installing {name}"))
}

fn make_environment(name: &str, home: &Path) -> Outcome<()> {
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
        "{name} needs Python 3 with its venv module: {} and repeat.",
        debian::advice(&packages)
    ))
}
