//! Tools from npm: each in a folder of its own, made of exactly what `xtask/tools/<name>/package-lock.json` lists.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::kept::Kept;
use crate::debian;
use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process;

const MANIFESTS: [&str; 2] = ["package.json", "package-lock.json"];

/// The folder that holds `node_modules` as `xtask/tools/<name>/` wants them.
pub(crate) fn obtain(name: &str) -> Outcome<PathBuf> {
    let wanted = members::in_root(&format!("xtask/tools/{name}"));
    let mut version = String::new();
    for file in MANIFESTS {
        let file = wanted.join(file);
        version += &fs::read_to_string(&file).while_trying(format!("read {}", file.display()))?;
    }
    let version = super::fingerprint(&version);
    let kept = Kept { name, version: &version };
    // npm writes this file when everything else is there.
    let works = |home: &std::path::Path| home.join("node_modules/.package-lock.json").exists();
    kept.obtain(works, |_, home| {
        if process::on_path("npm").is_none() {
            return failure::because(format!(
                "{name} comes from npm, and npm is missing: {} and repeat.",
                debian::advice(&["npm"])
            ));
        }
        for file in MANIFESTS {
            fs::copy(wanted.join(file), home.join(file)).while_trying(format!("copy {file}"))?;
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(home);
        process::run(&mut npm, &format!("Installing {name}"))
    })
}
