//! Folders in the cache, one for each version of a tool: filled once, whoever else is filling them too.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::cache;
use crate::failure::{self, Outcome, While};
use crate::process;
use crate::scratch::Scratch;

/// What is kept, and in which version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
}

impl Kept<'_> {
    /// The folder. Where it does not work yet, `install` fills one, with a scratch folder beside it.
    pub(crate) fn obtain(
        &self,
        works: impl Fn(&Path) -> bool,
        install: impl FnOnce(&Scratch, &Path) -> Outcome<()>,
    ) -> Outcome<PathBuf> {
        let tools = cache::tools()?;
        let home = tools.join(format!("{}-{}", self.name, self.version));
        if !works(&home) {
            self.install_once(&tools, &home, works, install)?;
        }
        Ok(home)
    }

    fn install_once(
        &self,
        tools: &Path,
        home: &Path,
        works: impl Fn(&Path) -> bool,
        install: impl FnOnce(&Scratch, &Path) -> Outcome<()>,
    ) -> Outcome<()> {
        let lock = File::create(tools.join(".lock")).while_trying("lock the tools folder")?;
        if lock.try_lock().is_err() {
            println!("    another command is installing tools: waiting for it");
            lock.lock().while_trying("lock the tools folder")?;
        }
        if works(home) {
            return Ok(());
        }
        let Self { name, version } = self;
        let what = format!("installing {name} {version} (once; kept in {})", tools.display());
        process::step(&what, || {
            // Moved into place when complete: a killed installation leaves nothing that looks installed.
            let scratch = Scratch::new_in(tools, name)?;
            let fresh = scratch.join("home");
            fs::create_dir(&fresh).while_trying("create a folder for a tool")?;
            install(&scratch, &fresh)?;
            if !works(&fresh) {
                return failure::because(format!(
                    "{name} was installed but does not answer as version {version}: look into what its installation said."
                ));
            }
            drop(fs::remove_dir_all(home));
            fs::rename(&fresh, home).while_trying(format!("move {name} into place"))
        })
    }
}
