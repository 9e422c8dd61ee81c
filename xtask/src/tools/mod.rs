//! Build tools: found on PATH or in the cache, installed into the cache when missing.

pub(crate) mod binaryen;
pub(crate) mod from_cargo;
pub(crate) mod schemathesis;
pub(crate) mod wasm_target;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cache;
use crate::failure::{self, Outcome, While};
use crate::process;
use crate::scratch::Scratch;

/// A program of one exact version.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) version: String,
    /// The program that proves the installation, relative to the tool's folder.
    pub(crate) program: &'static str,
    /// How the program tells its version.
    pub(crate) version_arguments: &'static [&'static str],
}

impl Tool {
    /// The folder that holds the program, for PATH; `install` fills a folder when there is none yet.
    pub(crate) fn obtain(
        &self,
        install: impl FnOnce(&Tool, &Scratch, &Path) -> Outcome<()>,
    ) -> Outcome<PathBuf> {
        if let Some(found) = self.on_path() {
            return Ok(found);
        }
        let tools = cache::tools()?;
        let home = tools.join(format!("{}-{}", self.name, self.version));
        if !self.works_in(&home) {
            self.install_once(&tools, &home, install)?;
        }
        Ok(self.program_in(&home).parent().unwrap_or(&home).to_path_buf())
    }

    fn install_once(
        &self,
        tools: &Path,
        home: &Path,
        install: impl FnOnce(&Tool, &Scratch, &Path) -> Outcome<()>,
    ) -> Outcome<()> {
        let lock = File::create(tools.join(".lock")).while_trying("lock the tools folder")?;
        if lock.try_lock().is_err() {
            println!("    another command is installing tools: waiting for it");
            lock.lock().while_trying("lock the tools folder")?;
        }
        if self.works_in(home) {
            return Ok(());
        }
        let what = format!("installing {} {} (once; kept in {})", self.name, self.version, tools.display());
        process::step(&what, || {
            // Moved into place when complete: a killed installation leaves nothing that looks installed.
            let scratch = Scratch::new_in(tools, self.name)?;
            let fresh = scratch.join("home");
            fs::create_dir(&fresh).while_trying("create a folder for a tool")?;
            install(self, &scratch, &fresh)?;
            if !self.works_in(&fresh) {
                let (name, version) = (self.name, &self.version);
                return failure::because(format!(
                    "{name} was installed but does not answer as version {version}: try `{}` by hand.",
                    self.program
                ));
            }
            drop(fs::remove_dir_all(home));
            fs::rename(&fresh, home).while_trying(format!("move {} into place", self.name))
        })
    }

    fn program_in(&self, home: &Path) -> PathBuf {
        home.join(self.program)
    }

    fn works_in(&self, home: &Path) -> bool {
        self.answers(&self.program_in(home))
    }

    fn on_path(&self) -> Option<PathBuf> {
        let program = process::on_path(Path::new(self.program).file_name()?.to_str()?)?;
        if self.answers(&program) { program.parent().map(Path::to_path_buf) } else { None }
    }

    fn answers(&self, program: &Path) -> bool {
        process::says(Command::new(program).args(self.version_arguments))
            .is_some_and(|answer| tells_version(&answer, &self.version))
    }
}

/// Whether an answer to `--version` names this version: as a word of its own, and no longer one.
fn tells_version(answer: &str, version: &str) -> bool {
    answer.split_whitespace().any(|word| word.trim_start_matches('v') == version)
}

#[cfg(test)]
mod tests {
    use super::tells_version;

    #[test]
    fn a_version_is_a_whole_word() {
        assert!(tells_version("trunk 0.21.14\n", "0.21.14"));
        assert!(tells_version("wasm-opt version 132 (version_132)", "132"));
        assert!(!tells_version("trunk 0.21.140", "0.21.14"));
        assert!(!tells_version("wasm-opt version 108", "132"));
    }
}
