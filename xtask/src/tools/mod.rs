//! Build tools and checkers: found on PATH or in the cache, installed into the cache when missing. What they are made of is
//! pinned: by Cargo's and npm's lock files, and for Python by lists with hashes in `xtask/tools/`.

pub(crate) mod binaryen;
pub(crate) mod from_cargo;
pub(crate) mod helm;
pub(crate) mod kept;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod schemathesis;
pub(crate) mod terraform;
pub(crate) mod wasm_target;

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Outcome;
use crate::process;
use crate::scratch::Scratch;
use kept::Kept;

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
        let kept = Kept { name: self.name, version: &self.version };
        let home = kept.obtain(|home| self.works_in(home), |scratch, home| install(self, scratch, home))?;
        Ok(self.program_in(&home).parent().unwrap_or(&home).to_path_buf())
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

/// A short name for a text: another text has another one.
fn fingerprint(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
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
