//! What of the providers' schemas is kept beside the code: the types it uses, and no others.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::blocks::blocks;
use super::folders::Folder;
use crate::failure::{self, Outcome, While};
use crate::members;
use crate::tools::terraform::SCHEMAS;

/// Where a type of resource or data is, by the kind of block that uses it.
const KINDS: [(&str, &str); 2] = [("resource", "resource_schemas"), ("data", "data_source_schemas")];

/// Takes from FILE, which is what `terraform providers schema -json` prints, what the code uses. Answers how many types.
pub(super) fn keep(source: &Path, folders: &[Folder]) -> Outcome<usize> {
    let text = fs::read_to_string(source).while_trying(format!("read {}", source.display()))?;
    let all: Value =
        serde_json::from_str(&text).while_trying(format!("read {} as JSON", source.display()))?;
    let kept = only_used(all, folders);
    refuse_missing(&kept, folders)?;
    let bytes = serde_json::to_vec(&kept).while_trying("write the schemas as JSON")?;
    let file = File::create(members::in_root(SCHEMAS)).while_trying(format!("write {SCHEMAS}"))?;
    let mut gzip = GzEncoder::new(file, Compression::best());
    gzip.write_all(&bytes).and_then(|()| gzip.finish()).while_trying(format!("write {SCHEMAS}"))?;
    Ok(used(folders).len())
}

/// Fails with a sentence for each type that the code uses and the kept schemas do not know.
pub(super) fn check(folders: &[Folder]) -> Outcome<()> {
    let file = File::open(members::in_root(SCHEMAS)).while_trying(format!("read {SCHEMAS}"))?;
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).while_trying(format!("unpack {SCHEMAS}"))?;
    let kept: Value = serde_json::from_str(&text).while_trying(format!("read {SCHEMAS} as JSON"))?;
    refuse_missing(&kept, folders)
}

fn refuse_missing(schemas: &Value, folders: &[Folder]) -> Outcome<()> {
    let findings: Vec<String> = used(folders)
        .into_iter()
        .filter(|(_, schemas_of_kind, name)| !knows(schemas, schemas_of_kind, name))
        .map(|(file, _, name)| {
            format!(
                "{file}: {name} is not among the kept schemas: `cargo xtask infrastructure --schemas FILE` keeps it, \
                 FILE being what `terraform providers schema -json` prints."
            )
        })
        .collect();
    if findings.is_empty() { Ok(()) } else { failure::because(findings.join("\n")) }
}

fn knows(schemas: &Value, kind: &str, name: &str) -> bool {
    let providers = schemas["provider_schemas"].as_object();
    providers.is_some_and(|providers| providers.values().any(|provider| !provider[kind][name].is_null()))
}

/// The same schemas without the types that nobody uses.
fn only_used(mut schemas: Value, folders: &[Folder]) -> Value {
    let used: BTreeSet<(&str, &str)> =
        used(folders).into_iter().map(|(_, kind, name)| (kind, name)).collect();
    if let Some(providers) = schemas["provider_schemas"].as_object_mut() {
        for provider in providers.values_mut() {
            for (_, kind) in KINDS {
                if let Some(types) = provider.get_mut(kind).and_then(Value::as_object_mut) {
                    types.retain(|name, _| used.contains(&(kind, name.as_str())));
                }
            }
        }
        providers.retain(|_, provider| {
            KINDS.iter().any(|(_, kind)| provider[kind].as_object().is_some_and(|types| !types.is_empty()))
        });
    }
    schemas
}

/// Each type that is used, once, with its kind and a file that uses it.
fn used(folders: &[Folder]) -> Vec<(&str, &'static str, &str)> {
    let mut seen = BTreeSet::new();
    let mut used = Vec::new();
    for file in folders.iter().flat_map(|folder| &folder.files) {
        for block in blocks(&file.text) {
            let Some((_, kind)) = KINDS.iter().find(|(kind, _)| *kind == block.kind) else { continue };
            let Some(name) = block.labels.first() else { continue };
            // Terraform brings its own.
            if !name.starts_with("terraform_") && seen.insert((*kind, *name)) {
                used.push((file.name.as_str(), *kind, *name));
            }
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infrastructure::folders::folder;
    use serde_json::json;

    #[test]
    fn only_what_is_used_is_kept_and_what_is_missing_is_named() {
        let code = folder(
            "tf/modules/x",
            &[("a.tf", "resource \"aws_vpc\" \"x\" {\n}\ndata \"terraform_remote_state\" \"y\" {\n}\n")],
        );
        let all = json!({ "provider_schemas": {
            "aws": { "resource_schemas": { "aws_vpc": { "version": 1 }, "aws_eip": {} } },
            "tls": { "resource_schemas": { "tls_private_key": {} } },
        } });
        let kept = only_used(all, std::slice::from_ref(&code));
        let expected =
            json!({ "provider_schemas": { "aws": { "resource_schemas": { "aws_vpc": { "version": 1 } } } } });
        assert_eq!(kept, expected);
        refuse_missing(&kept, &[code]).unwrap();

        let more = folder("tf/modules/z", &[("b.tf", "resource \"aws_eip\" \"x\" {\n}\n")]);
        let sentence = refuse_missing(&kept, &[more]).unwrap_err().to_string();
        assert!(
            sentence.starts_with("tf/modules/z/b.tf: aws_eip is not among the kept schemas"),
            "{sentence}"
        );
    }
}
