//! Whether `dist/` still is what its sources make. Contents decide and not times, so that a switched branch or
//! a copied checkout is judged rightly.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use super::Build;

/// Everything the browser build is made of, relative to the root.
const INPUTS: [&str; 8] = [
    "web",
    "openapi/src",
    "openapi/Cargo.toml",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "rust-toolchain.toml",
    "xtask/src/storefront",
];
const STAMP: &str = ".stamp";

/// One value for all sources: names and contents.
pub(super) fn fingerprint(root: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

/// A shipped build serves where a quick one would do.
pub(super) fn is_current(dist: &Path, build: Build, inputs: &str) -> bool {
    let Ok(stamp) = fs::read_to_string(dist.join(STAMP)) else {
        return false;
    };
    let good_enough = match build {
        Build::Quick => stamp == content(Build::Quick, inputs) || stamp == content(Build::Shipped, inputs),
        Build::Shipped => stamp == content(Build::Shipped, inputs),
    };
    good_enough && dist.join("index.html").exists()
}

pub(super) fn write(dist: &Path, build: Build, inputs: &str) -> io::Result<()> {
    fs::write(dist.join(STAMP), content(build, inputs))
}

fn content(build: Build, inputs: &str) -> String {
    let build = match build {
        Build::Quick => "quick",
        Build::Shipped => "shipped",
    };
    format!("{build} {inputs}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn checkout() -> Scratch {
        let checkout = Scratch::new("stamp").unwrap();
        fs::create_dir_all(checkout.join("web/src")).unwrap();
        fs::create_dir(checkout.join("dist")).unwrap();
        fs::write(checkout.join("web/src/main.rs"), "fn main() {}").unwrap();
        fs::write(checkout.join("dist/index.html"), "<html>").unwrap();
        checkout
    }

    #[test]
    fn any_change_to_a_source_is_noticed() {
        let checkout = checkout();
        let first = fingerprint(checkout.path()).unwrap();
        fs::write(checkout.join("README.md"), "not a source").unwrap();
        assert_eq!(fingerprint(checkout.path()).unwrap(), first);

        fs::write(checkout.join("web/src/main.rs"), "fn main() { }").unwrap();
        let changed = fingerprint(checkout.path()).unwrap();
        assert_ne!(changed, first);
        fs::rename(checkout.join("web/src/main.rs"), checkout.join("web/src/app.rs")).unwrap();
        assert_ne!(fingerprint(checkout.path()).unwrap(), changed);
    }

    #[test]
    fn a_shipped_build_serves_for_a_quick_one_and_not_the_other_way_round() {
        let checkout = checkout();
        let dist = checkout.join("dist");
        assert!(!is_current(&dist, Build::Quick, "1"));
        write(&dist, Build::Quick, "1").unwrap();
        assert!(is_current(&dist, Build::Quick, "1"));
        assert!(!is_current(&dist, Build::Shipped, "1"));
        write(&dist, Build::Shipped, "1").unwrap();
        assert!(is_current(&dist, Build::Quick, "1"));
        assert!(!is_current(&dist, Build::Quick, "2"));
        fs::remove_file(dist.join("index.html")).unwrap();
        assert!(!is_current(&dist, Build::Quick, "1"));
    }
}
