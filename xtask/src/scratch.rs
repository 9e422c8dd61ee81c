//! Temporary folders that go away with the command, and are swept up later if it was killed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::failure::{Outcome, While};
use crate::held::{self, Held};

const PREFIX: &str = "bottega-xtask-";
const LOCK: &str = ".lock";
/// Younger folders are left alone: their owner may be between creating and locking.
const SWEEP_AFTER: Duration = Duration::from_mins(1);

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A folder of this process, removed when dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
    _held: Held,
    /// Locked for as long as the owner lives, whatever its end: what is unlocked may be swept up.
    _lock: File,
}

impl Scratch {
    /// In the system's folder for temporary files.
    pub(crate) fn new(purpose: &str) -> Outcome<Self> {
        Self::new_in(&std::env::temp_dir(), purpose)
    }

    /// In a folder of choice: a rename out of it is atomic when it is on the same disk.
    pub(crate) fn new_in(parent: &Path, purpose: &str) -> Outcome<Self> {
        sweep(parent);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = parent.join(format!("{PREFIX}{purpose}-{}-{number}", process::id()));
        let what = || format!("create the temporary folder {}", path.display());
        fs::create_dir(&path).while_trying(what())?;
        let held = held::until_dropped({
            let path = path.clone();
            move || drop(fs::remove_dir_all(path))
        });
        let lock = File::create(path.join(LOCK)).while_trying(what())?;
        lock.lock().while_trying(what())?;
        Ok(Self { path, _held: held, _lock: lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Removes what killed commands left behind; never worth a failure.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && is_abandoned(&entry.path()) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

fn is_abandoned(folder: &Path) -> bool {
    let Ok(lock) = File::open(folder.join(LOCK)) else {
        return false;
    };
    let age = lock.metadata().and_then(|about| about.modified()).ok().and_then(|made| made.elapsed().ok());
    age.is_some_and(|age| age > SWEEP_AFTER) && lock.try_lock().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scratch_folder_is_unique_and_goes_away() {
        let (one, two) = (Scratch::new("unit").unwrap(), Scratch::new("unit").unwrap());
        assert_ne!(one.path(), two.path());
        fs::write(one.join("file"), "x").unwrap();
        let path = one.path().to_path_buf();
        drop(one);
        assert!(!path.exists());
    }

    #[test]
    fn only_an_old_unlocked_folder_is_abandoned() {
        let scratch = Scratch::new("unit").unwrap();
        let old = File::options().write(true).open(scratch.join(LOCK)).unwrap();
        let hour_ago = old.metadata().unwrap().modified().unwrap() - Duration::from_hours(1);
        assert!(!is_abandoned(scratch.path()), "young and locked");
        old.set_modified(hour_ago).unwrap();
        assert!(!is_abandoned(scratch.path()), "old, but its owner lives");

        let left = scratch.join("left");
        fs::create_dir(&left).unwrap();
        File::create(left.join(LOCK)).unwrap().set_modified(hour_ago).unwrap();
        assert!(is_abandoned(&left));
    }
}
