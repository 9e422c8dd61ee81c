//! Every relative link in the documentation leads somewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use super::{markdown, verdict};
use crate::failure::{Outcome, While};
use crate::members;
use crate::process;

pub(super) fn check() -> Outcome<String> {
    let files = files()?;
    verdict(&broken(members::root(), &files)?)?;
    Ok(format!("{} files", files.len()))
}

/// Markdown that is committed or about to be.
fn files() -> Outcome<Vec<PathBuf>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", "*.md"])
        .current_dir(members::root());
    let listed = process::output(&mut git, "git ls-files")?;
    // A file that is deleted and not yet committed is still listed.
    Ok(listed.lines().map(PathBuf::from).filter(|file| members::root().join(file).exists()).collect())
}

fn broken(root: &Path, files: &[PathBuf]) -> Outcome<Vec<String>> {
    let mut anchors = BTreeMap::new();
    let mut findings = Vec::new();
    for file in files {
        let source = fs::read_to_string(root.join(file)).while_trying(format!("read {}", file.display()))?;
        for link in markdown::links(&source) {
            if let Some(problem) = problem(root, file, &link.target, &mut anchors) {
                findings.push(format!("{}:{}: {problem}", file.display(), link.line));
            }
        }
    }
    Ok(findings)
}

type Anchors = BTreeMap<PathBuf, Vec<String>>;

fn problem(root: &Path, file: &Path, link: &str, anchors: &mut Anchors) -> Option<String> {
    if leads_outside(link) {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or(path).replace("%20", " ");
    let target = match path.strip_prefix('/') {
        _ if path.is_empty() => file.to_path_buf(),
        Some(from_root) => PathBuf::from(from_root),
        None => file.parent().unwrap_or(Path::new("")).join(&path),
    };
    let Some(target) = normal(&target) else {
        return Some(format!("`{link}` leads out of the repository."));
    };
    if !root.join(&target).exists() {
        return Some(format!("`{link}` leads to a file that does not exist."));
    }
    if anchor.is_empty() || target.extension().is_none_or(|kind| kind != "md") {
        return None;
    }
    let known = anchors.entry(target.clone()).or_insert_with(|| {
        fs::read_to_string(root.join(&target)).map(|source| markdown::anchors(&source)).unwrap_or_default()
    });
    let missing = !known.iter().any(|known| known == anchor);
    missing.then(|| format!("`{link}` names a heading that {} does not have.", target.display()))
}

fn leads_outside(link: &str) -> bool {
    let scheme = link.split([':', '/', '#', '?']).next().unwrap_or_default();
    link.starts_with("//") || (link[scheme.len()..].starts_with(':') && !scheme.is_empty())
}

/// Resolves `..` without asking the disk; nothing for a path that leaves the root.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !parts.pop() => return None,
            Component::Normal(name) => parts.push(name),
            _ => {}
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn broken_links_are_named_with_their_line() {
        let root = Scratch::new("links").unwrap();
        fs::create_dir(root.join("docs")).unwrap();
        fs::write(root.join("README.md"), "# Bottega\n## Two commands\n").unwrap();
        let guide = "[home](../README.md) [there](/README.md#two-commands) [here](#guide) [web](//example.org)\n\
                     # Guide\n\
                     [a](missing.md)\n[b](../README.md#no-such)\n[c](../../etc)\n[d](mailto:a@example.org)\n";
        fs::write(root.join("docs/guide.md"), guide).unwrap();
        let findings = broken(root.path(), &["README.md".into(), "docs/guide.md".into()]).unwrap();
        assert_eq!(
            findings,
            [
                "docs/guide.md:3: `missing.md` leads to a file that does not exist.",
                "docs/guide.md:4: `../README.md#no-such` names a heading that README.md does not have.",
                "docs/guide.md:5: `../../etc` leads out of the repository.",
            ]
        );
    }
}
