//! What is in the image: the few files it needs, nothing to run but the shop, nothing that anybody but its owner can change.

use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use serde_json::{Value, json};

use super::build::{COMMIT, Image};
use crate::failure::{Outcome, While};

/// For everything beside the server, which here is a larger build than the released one. What is really shipped is weighed
/// where it is made: `.github/scripts/build-image.sh` allows 60 MB.
const LIMIT_BYTES: u64 = 20_000_000;
pub(super) const USER: u32 = 65532;
const SERVER: &str = "usr/local/bin/bottega";
const NEEDED: [&str; 8] = [
    SERVER,
    "srv/web/index.html",
    "etc/ssl/certs/ca-certificates.crt",
    "etc/ssl/certs/rds.pem",
    "etc/passwd",
    "etc/nsswitch.conf",
    "etc/os-release",
    "var/lib/dpkg/status.d/libc6",
];
/// Where the user may write, and with which rights.
const WRITABLE: [(&str, u32, u32); 3] =
    [("tmp", 0, 0o1777), ("data", USER, 0o755), ("data/mail", USER, 0o755)];

/// Everything that is wrong, and what the files beside the server come to in bytes.
pub(super) fn judge(image: &Image) -> Outcome<(Vec<String>, u64)> {
    let mut walk = Walk { root: &image.root, findings: Vec::new(), bytes: 0 };
    walk.folder(&image.root).while_trying("look into the image")?;
    let Walk { mut findings, bytes, .. } = walk;
    for missing in NEEDED.iter().filter(|file| !image.root.join(file).exists()) {
        findings.push(format!("The image lacks /{missing}."));
    }
    if bytes > LIMIT_BYTES {
        findings.push(format!(
            "Beside the server the image has {bytes} bytes of files, {LIMIT_BYTES} are allowed."
        ));
    }
    findings.extend(judge_settings(&image.settings));
    Ok((findings, bytes))
}

#[derive(Debug)]
struct Walk<'a> {
    root: &'a Path,
    findings: Vec<String>,
    bytes: u64,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let about = fs::symlink_metadata(&path)?;
            let name = path.strip_prefix(self.root).unwrap_or(&path).display().to_string();
            self.rights(&name, &about);
            if about.is_dir() {
                self.folder(&path)?;
            } else if about.is_file() {
                self.bytes += if name == SERVER { 0 } else { about.len() };
                if let Some(kind) = runs(&path, &name, &about)? {
                    self.findings
                        .push(format!("/{name} is {kind}: nothing but the shop is to run in the image."));
                }
            }
        }
        Ok(())
    }

    fn rights(&mut self, name: &str, about: &fs::Metadata) {
        let mode = about.permissions().mode() & 0o7777;
        let (owner, allowed) = match WRITABLE.iter().find(|(folder, ..)| *folder == name) {
            Some((_, owner, mode)) => (*owner, *mode),
            None => (0, mode),
        };
        if about.uid() != owner || about.gid() != owner {
            self.findings.push(format!("/{name} belongs to {}:{}, not {owner}.", about.uid(), about.gid()));
        }
        if mode != allowed {
            self.findings.push(format!("/{name} has the rights {mode:o}, not {allowed:o}."));
        }
        if about.is_file() && mode & 0o6000 != 0 {
            self.findings.push(format!("/{name} is setuid or setgid ({mode:o})."));
        }
        if !about.is_symlink() && mode & 0o022 != 0 && owner == 0 && mode != 0o1777 {
            self.findings.push(format!("/{name} can be changed by others ({mode:o})."));
        }
    }
}

/// What else can be run: a shell, an interpreter, a script. Libraries and their loader are not run by themselves.
fn runs(path: &Path, name: &str, about: &fs::Metadata) -> std::io::Result<Option<&'static str>> {
    let is_library = name.starts_with("lib/") || name.starts_with("lib64/");
    if name == SERVER || is_library {
        return Ok(None);
    }
    let mut start = [0; 4];
    let read = fs::File::open(path)?.read(&mut start)?;
    Ok(match &start[..read] {
        b"\x7fELF" => Some("a program"),
        [b'#', b'!', ..] => Some("a script"),
        _ if about.permissions().mode() & 0o111 != 0 => Some("marked as a program"),
        _ => None,
    })
}

fn judge_settings(settings: &Value) -> Vec<String> {
    let expected = [
        ("User", json!(format!("{USER}:{USER}"))),
        ("Entrypoint", json!(["/usr/local/bin/bottega"])),
        ("Cmd", json!(["serve"])),
        ("ExposedPorts", json!({ "4000/tcp": {}, "9090/tcp": {} })),
    ];
    let mut findings: Vec<String> = expected
        .iter()
        .filter(|(name, value)| settings[name] != *value)
        .map(|(name, value)| format!("The image's {name} is {}, not {value}.", settings[name]))
        .collect();
    if settings["Labels"]["org.opencontainers.image.revision"] != COMMIT {
        findings.push("The image does not tell its commit: see its label `revision`.".to_owned());
    }
    if !settings["Healthcheck"]["Test"].is_array() {
        findings.push("The image has no health check.".to_owned());
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn shells_scripts_and_setuid_files_are_found() {
        let scratch = Scratch::new("contents").unwrap();
        let root = scratch.join("root");
        fs::create_dir_all(root.join("bin")).unwrap();
        let put = |name: &str, content: &[u8], mode: u32| {
            fs::write(root.join(name), content).unwrap();
            fs::set_permissions(root.join(name), fs::Permissions::from_mode(mode)).unwrap();
        };
        put("bin/sh", b"\x7fELF...", 0o755);
        put("bin/hello", b"#!/bin/sh\n", 0o644);
        put("bin/data", b"text", 0o4644);
        put("fine", b"text", 0o644);
        let mut walk = Walk { root: &root, findings: Vec::new(), bytes: 0 };
        walk.folder(&root).unwrap();
        let found = walk.findings.join("\n");
        for expected in
            ["/bin/sh is a program", "/bin/hello is a script", "/bin/data is setuid or setgid (4644)"]
        {
            assert!(found.contains(expected), "{found}");
        }
        assert!(!found.contains("/fine is"), "{found}");
        assert_eq!(walk.bytes, 7 + 10 + 4 + 4);
    }
}
