//! What one layer reads of another's state, the other one writes there.

use std::collections::BTreeMap;

use crate::infrastructure::blocks::blocks;
use crate::infrastructure::folders::Folder;

pub(super) fn findings(folders: &[Folder]) -> Vec<String> {
    let outputs = outputs_by_key(folders);
    let mut findings = Vec::new();
    for folder in folders {
        for (state, key) in states_read(folder) {
            let Some(outputs) = outputs.get(key) else {
                findings.push(format!(
                    "{}: no folder keeps its state under `{key}`: correct the key.",
                    folder.name
                ));
                continue;
            };
            for (place, name) in outputs_read(folder, state) {
                if !outputs.contains(&name) {
                    findings.push(format!(
                        "{place}: `{key}` has no output `{name}`: add it there, or read another."
                    ));
                }
            }
        }
    }
    findings
}

/// The outputs of each root, by the key of its state.
fn outputs_by_key(folders: &[Folder]) -> BTreeMap<&str, Vec<&str>> {
    let mut found = BTreeMap::new();
    for folder in folders {
        let key = folder.files.iter().find_map(|file| backend_key(&file.text));
        if let Some(key) = key {
            let outputs = folder.files.iter().flat_map(|file| blocks(&file.text));
            let names = outputs
                .filter(|block| block.kind == "output")
                .filter_map(|block| block.labels.first().copied());
            found.insert(key, names.collect());
        }
    }
    found
}

fn backend_key(text: &str) -> Option<&str> {
    let (_, backend) = text.split_once("backend \"s3\" {")?;
    let line = backend.lines().find(|line| line.trim().starts_with("key "))?;
    line.split('"').nth(1)
}

/// The names under which a folder reads states, and their keys.
fn states_read(folder: &Folder) -> Vec<(&str, &str)> {
    let all = folder.files.iter().flat_map(|file| blocks(&file.text));
    all.filter(|block| block.is("data", "terraform_remote_state"))
        .filter_map(|block| {
            let key =
                block.lines.iter().find(|(_, line)| line.trim().starts_with("key "))?.1.split('"').nth(1)?;
            Some((*block.labels.get(1)?, key))
        })
        .collect()
}

/// Where a folder reads which output: by the data source itself, or by a local value that stands for all of its outputs.
fn outputs_read<'a>(folder: &'a Folder, state: &str) -> Vec<(String, &'a str)> {
    let whole = format!("data.terraform_remote_state.{state}.outputs");
    let lines = || {
        folder
            .files
            .iter()
            .flat_map(|file| (1..).zip(file.text.lines()).map(move |(n, line)| (file, n, line)))
    };
    let mut ways = vec![format!("{whole}.")];
    ways.extend(lines().filter_map(|(_, _, line)| {
        let (name, value) = line.split_once('=')?;
        (value.trim() == whole).then(|| format!("local.{}.", name.trim()))
    }));
    let mut found = Vec::new();
    for (file, number, line) in lines() {
        for way in &ways {
            for rest in line.split(way.as_str()).skip(1) {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                found.push((format!("{}:{number}", file.name), &rest[..end]));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infrastructure::folders::folder;

    #[test]
    fn outputs_are_there_for_whoever_reads_them() {
        let platform = folder(
            "tf/environments/demo/platform",
            &[(
                "a.tf",
                "terraform {\n  backend \"s3\" {\n    key = \"demo/platform.tfstate\"\n  }\n}\noutput \"vpc_id\" {\n}\n",
            )],
        );
        let services = |reads: &str| {
            let text = format!(
                "data \"terraform_remote_state\" \"platform\" {{\n  config = {{\n    key = \"demo/platform.tfstate\"\n  }}\n}}\n\
                 locals {{\n  platform = data.terraform_remote_state.platform.outputs\n  x = {reads}\n}}\n"
            );
            folder("tf/environments/demo/services", &[("b.tf", &text)])
        };
        assert!(findings(&[platform, services("local.platform.vpc_id")]).is_empty());

        let platform = folder(
            "tf/environments/demo/platform",
            &[("a.tf", "terraform {\n  backend \"s3\" {\n    key = \"demo/platform.tfstate\"\n  }\n}\n")],
        );
        let found = findings(&[platform, services("data.terraform_remote_state.platform.outputs.vpc_id")]);
        assert_eq!(
            found,
            [
                "tf/environments/demo/services/b.tf:8: `demo/platform.tfstate` has no output `vpc_id`: add it there, or read another."
            ]
        );
        assert_eq!(findings(&[services("1")]).len(), 1, "nobody keeps that state");
    }
}
