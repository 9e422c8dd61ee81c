//! shellcheck over every script of the platform.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process;
use crate::tools::python::Environment;

/// Where scripts are.
const FOLDERS: [&str; 7] = ["tf", "charts", ".ci", ".github", "api/image", "api/tests", "xtask/src"];

pub(in crate::check::platform) fn check() -> Outcome<String> {
    let mut scripts = Vec::new();
    for folder in FOLDERS {
        collect(&members::in_root(folder), &mut scripts)
            .while_trying(format!("look for scripts in {folder}"))?;
    }
    if scripts.is_empty() {
        return failure::because("No script was found: this check would pass whatever they say.");
    }
    scripts.sort();
    let mut shellcheck = Environment::obtain("shellcheck")?.program("shellcheck");
    shellcheck.args(["--external-sources", "--source-path", "."]).current_dir(members::root()).args(&scripts);
    process::run(&mut shellcheck, "shellcheck")?;
    Ok(format!("{} files", scripts.len()))
}

/// Scripts below a folder, relative to the root. A link is another name of what it leads to.
fn collect(folder: &Path, scripts: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            collect(&path, scripts)?;
        } else if kind.is_file() && is_script(&fs::read(&path)?) {
            scripts.push(path.strip_prefix(members::root()).map_or_else(|_| path.clone(), Path::to_path_buf));
        }
    }
    Ok(())
}

/// Those that run say so in their first line, those that are sourced tell shellcheck in one of the next.
fn is_script(content: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&content[..content.len().min(1_024)]);
    let first = head.lines().next().unwrap_or_default();
    (first.starts_with("#!") && first.ends_with("sh"))
        || head.lines().any(|line| line.starts_with("# shellcheck shell="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_known_by_what_they_say_of_themselves() {
        assert!(is_script(b"#!/usr/bin/env bash\nset -e\n"));
        assert!(is_script(b"#!/bin/sh\n"));
        assert!(is_script(b"# Shared.\n# shellcheck shell=bash disable=SC2034\n"));
        assert!(!is_script(b"#!/usr/bin/env python3\n"));
        assert!(!is_script(b"# A comment about bash\n"));
    }
}
