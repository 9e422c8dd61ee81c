//! States are encrypted by their bucket's key, which no folder may talk it out of.

use crate::infrastructure::folders::Folder;

pub(super) fn findings(folders: &[Folder]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in folders.iter().flat_map(|folder| &folder.files) {
        let Some((before, backend)) = file.text.split_once("backend \"s3\" {") else { continue };
        let settings = backend.lines().take_while(|line| line.trim() != "}");
        for (number, line) in (before.lines().count()..).zip(settings) {
            if line.split_whitespace().next() == Some("encrypt") {
                findings.push(format!(
                    "{}:{number}: `encrypt` has S3 encrypt the state by a key of its own, and the bucket refuses that: remove it.",
                    file.name
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infrastructure::folders::folder;

    #[test]
    fn the_bucket_alone_says_how_states_are_encrypted() {
        let found = |settings: &str| {
            let text = format!("terraform {{\n  backend \"s3\" {{\n    key = \"x\"\n{settings}  }}\n}}\n");
            findings(&[folder("tf/x", &[("versions.tf", &text)])])
        };
        assert!(found("    use_lockfile = true\n").is_empty());
        assert!(found("    # encrypt is the bucket's affair\n").is_empty());
        assert!(found("    encrypt      = true\n")[0].starts_with("tf/x/versions.tf:4: `encrypt` has S3"));
    }
}
