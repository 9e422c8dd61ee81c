//! The authorities whose word the shop takes on who is the database: each must be readable, sound, and good for years.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::verdict;
use crate::debian;
use crate::failure::{Outcome, While};
use crate::members;
use crate::process;
use crate::scratch::Scratch;

const BUNDLE: &str = "api/image/rds.pem";
const END: &str = "-----END CERTIFICATE-----";
/// What is left must suffice for somebody to notice, renew the bundle and ship it.
const LEFT_AT_LEAST_SECONDS: u64 = 365 * 24 * 60 * 60;

pub(in super::super) fn check() -> Outcome<String> {
    if process::on_path("openssl").is_none() {
        debian::obtain("openssl", &["openssl"])?;
    }
    let bundle = fs::read_to_string(members::in_root(BUNDLE)).while_trying(format!("read {BUNDLE}"))?;
    let folder = Scratch::new("certificates")?;
    let (mut findings, mut ends) = (Vec::new(), Vec::new());
    for (number, certificate) in certificates(&bundle).enumerate() {
        let file = folder.join(&number.to_string());
        fs::write(&file, certificate).while_trying("take the bundle apart")?;
        match judge(&file) {
            Ok(end) => ends.push(end),
            Err(finding) => findings.push(format!("{BUNDLE}: certificate {} {finding}", number + 1)),
        }
    }
    if ends.is_empty() && findings.is_empty() {
        findings
            .push(format!("{BUNDLE} holds no certificate: api/image/README.md says where it comes from."));
    }
    verdict(&findings)?;
    let first = ends.iter().min().map_or("", |day| day);
    Ok(format!("{}, the first ends on {first}", ends.len()))
}

/// The blocks of a bundle, with the comments before them.
fn certificates(bundle: &str) -> impl Iterator<Item = &str> {
    bundle.split_inclusive(END).filter(|block| block.contains(END))
}

/// The day a certificate ends, or what is wrong with it.
fn judge(file: &Path) -> Result<String, String> {
    let mut openssl = Command::new("openssl");
    openssl
        .args(["x509", "-noout", "-enddate", "-dateopt", "iso_8601", "-ext", "basicConstraints"])
        .args(["-checkend", &LEFT_AT_LEAST_SECONDS.to_string(), "-in"])
        .arg(file);
    let output = openssl.output().map_err(|error| format!("cannot be judged ({error})."))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let Some(end) = said.lines().find_map(|line| line.strip_prefix("notAfter=")) else {
        return Err("cannot be read: restore the file, or make it anew from Amazon's.".into());
    };
    let day = end.split_whitespace().next().unwrap_or_default().to_owned();
    if !said.contains("CA:TRUE") {
        return Err("is no authority's: leave it out.".into());
    }
    if !output.status.success() {
        return Err(format!("ends on {day}: make the bundle anew, as api/image/README.md says."));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::certificates;

    #[test]
    fn a_bundle_is_taken_apart() {
        let bundle = "# one\n-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n# two\nB\n-----END CERTIFICATE-----\n";
        let blocks: Vec<_> = certificates(bundle).collect();
        assert_eq!(blocks.len(), 2);
        assert!(blocks[1].contains('B'));
    }
}
