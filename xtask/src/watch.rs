//! Waiting for a change to what the shop is built from.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::members;

const SOURCES: [&str; 7] = ["api", "entity", "migration", "openapi", "web", "Cargo.toml", "Cargo.lock"];
const PAUSE: Duration = Duration::from_millis(500);

/// When something was last changed. Folders count too: they change when a file in them comes or goes.
pub(crate) fn last_change() -> SystemTime {
    SOURCES
        .iter()
        .filter_map(|source| newest(&members::in_root(source)))
        .max()
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Returns when something has changed since.
pub(crate) fn wait_for_change_after(seen: SystemTime) {
    while last_change() <= seen {
        thread::sleep(PAUSE);
    }
}

fn newest(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).and_then(|about| about.modified()).ok();
    let inside = fs::read_dir(path).into_iter().flatten().flatten();
    inside.filter_map(|entry| newest(&entry.path())).chain(own).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_change_a_new_file_and_a_removed_one_are_noticed() {
        let folder = Scratch::new("watch").unwrap();
        let deep = folder.join("deep");
        fs::create_dir(&deep).unwrap();
        let mut seen = newest(folder.path()).unwrap();
        let mut changes = |what: &dyn Fn()| {
            thread::sleep(Duration::from_millis(20));
            what();
            let now = newest(folder.path()).unwrap();
            assert!(now > seen);
            seen = now;
        };
        changes(&|| fs::write(deep.join("file"), "one").unwrap());
        changes(&|| fs::write(deep.join("file"), "two").unwrap());
        changes(&|| fs::remove_file(deep.join("file")).unwrap());
    }
}
