//! Trivy on the image: no secrets in it, and the list of what it is made of (`CycloneDX`).

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::build::Image;
use crate::failure::{self, Outcome, While};
use crate::members;
use crate::process;
use crate::tools::python::Environment;

/// Where the list is left for whoever wants it.
const INVENTORY: &str = "platform/sbom.json";

/// Secrets that Trivy finds in the image.
pub(super) fn secrets(image: &Image) -> Outcome<Vec<String>> {
    let mut trivy = trivy(&["rootfs", "--scanners", "secret", "--format", "json"])?;
    let said = process::output(trivy.arg(&image.root), "Trivy")?;
    let report: Value = serde_json::from_str(&said).while_trying("read what Trivy says")?;
    let results = members::list(&report, "Results").iter();
    let found = results.flat_map(|of| members::list(of, "Secrets").iter().map(move |secret| (of, secret)));
    let sentence = |(of, secret): (&Value, &Value)| {
        format!("/{} holds a secret: {}.", members::text(of, "Target"), members::text(secret, "Title"))
    };
    Ok(found.map(sentence).collect())
}

/// Writes the list of Debian's packages in the image, and of the crates in it and its build; answers how many they are.
pub(super) fn write(image: &Image) -> Outcome<usize> {
    // Crates are read from the lock file: it must lie among the files that are looked at.
    let lock = image.root.join("Cargo.lock");
    fs::copy(members::in_root("Cargo.lock"), &lock).while_trying("copy Cargo.lock")?;
    let file = file()?;
    let mut trivy = trivy(&["fs", "--skip-db-update", "--format", "cyclonedx"])?;
    let outcome = process::run(trivy.arg("--output").arg(&file).arg(&image.root), "Trivy");
    fs::remove_file(&lock).while_trying("take Cargo.lock away again")?;
    outcome?;
    let list = fs::read_to_string(&file).while_trying("read the inventory")?;
    let list: Value = serde_json::from_str(&list).while_trying("read the inventory")?;
    let has = |kind: &str| {
        let mut components = members::list(&list, "components").iter();
        components.any(|component| members::text(component, "purl").starts_with(kind))
    };
    if !has("pkg:deb/debian/libc6@") || !has("pkg:cargo/actix-web@") {
        return failure::because(
            "The inventory of the image is not complete: it must list libc6 and actix-web.",
        );
    }
    Ok(members::list(&list, "components").len())
}

fn file() -> Outcome<PathBuf> {
    let metadata = members::metadata(&["--no-deps"])?;
    let file = PathBuf::from(members::text(&metadata, "target_directory")).join(INVENTORY);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).while_trying("make a folder for the inventory")?;
    }
    Ok(file)
}

/// Without what it would ask other machines for.
fn trivy(arguments: &[&str]) -> Outcome<Command> {
    let mut trivy = Environment::obtain("trivy")?.program("trivy");
    trivy.args(arguments).args(["--quiet", "--offline-scan", "--skip-version-check"]);
    Ok(trivy)
}
