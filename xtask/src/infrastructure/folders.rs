//! The folders of Terraform code: modules, and roots, which are applied.

use std::fs;
use std::path::{Path, PathBuf};

use super::blocks::blocks;
use crate::failure::{Outcome, While};
use crate::members;

/// A folder that holds Terraform code, with its tests.
#[derive(Debug)]
pub(crate) struct Folder {
    /// As people write it: `tf/modules/network`.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) files: Vec<Source>,
    pub(crate) tests: Vec<Source>,
}

/// A file of it.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Folder {
    /// A root configures its provider; a module gets it from whoever uses the module.
    pub(crate) fn is_root(&self) -> bool {
        self.files.iter().any(|file| blocks(&file.text).iter().any(|block| block.kind == "provider"))
    }

    /// `demo/platform`: what a root is called in tables.
    pub(crate) fn short_name(&self) -> &str {
        let name = self.name.strip_prefix("tf/").unwrap_or(&self.name);
        name.strip_prefix("environments/").unwrap_or(name)
    }
}

/// Every folder under `tf/`, in the order of their names.
pub(crate) fn all() -> Outcome<Vec<Folder>> {
    below(members::root(), "tf")
}

fn below(root: &Path, name: &str) -> Outcome<Vec<Folder>> {
    let mut found = Vec::new();
    collect(root, name, &mut found)?;
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

fn collect(root: &Path, name: &str, found: &mut Vec<Folder>) -> Outcome<()> {
    let path = root.join(name);
    let files = sources(root, name, ".tf")?;
    if !files.is_empty() {
        let tests = sources(root, &format!("{name}/tests"), ".tftest.hcl")?;
        found.push(Folder { name: name.to_owned(), path: path.clone(), files, tests });
    }
    for entry in fs::read_dir(&path).while_trying(format!("list {name}"))?.flatten() {
        let child = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !child.starts_with('.') && child != "tests" {
            collect(root, &format!("{name}/{child}"), found)?;
        }
    }
    Ok(())
}

/// The files of a folder whose names end so; a folder that is not there has none.
fn sources(root: &Path, folder: &str, end: &str) -> Outcome<Vec<Source>> {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return Ok(Vec::new()) };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(end))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    let read = |name: String| {
        let text = fs::read_to_string(root.join(&name)).while_trying(format!("read {name}"))?;
        Ok(Source { name, text })
    };
    names.into_iter().map(read).collect()
}

#[cfg(test)]
pub(crate) fn folder(name: &str, files: &[(&str, &str)]) -> Folder {
    let source =
        |(file, text): &(&str, &str)| Source { name: format!("{name}/{file}"), text: (*text).to_owned() };
    let (tests, files): (Vec<_>, Vec<_>) = files.iter().partition(|(file, _)| file.ends_with(".tftest.hcl"));
    Folder {
        name: name.to_owned(),
        path: PathBuf::from(name),
        files: files.into_iter().map(source).collect(),
        tests: tests.into_iter().map(source).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn folders_with_code_are_found_and_roots_are_told_from_modules() {
        let root = Scratch::new("folders").unwrap();
        let write = |name: &str, text: &str| {
            let file = root.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write("tf/modules/network/main.tf", "locals {\n}\n");
        write("tf/modules/network/tests/all.tftest.hcl", "run \"x\" {\n}\n");
        write("tf/environments/demo/platform/versions.tf", "provider \"aws\" {\n}\n");
        write("tf/scripts/setup", "#!/bin/sh\n");
        let found = below(root.path(), "tf").unwrap();
        let names: Vec<&str> = found.iter().map(|folder| folder.name.as_str()).collect();
        assert_eq!(names, ["tf/environments/demo/platform", "tf/modules/network"]);
        assert!(found[0].is_root() && !found[1].is_root());
        assert_eq!(found[0].short_name(), "demo/platform");
        assert_eq!(found[1].tests[0].name, "tf/modules/network/tests/all.tftest.hcl");
    }
}
