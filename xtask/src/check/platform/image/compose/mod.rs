//! The compose files: that Compose would take them, and that what they describe works.

mod definition;
mod rules;
mod services;
mod shop;

use super::verdict;
use crate::failure::{self, Outcome};
use crate::members;
use crate::process;
use crate::tools::python::Environment;

pub(in super::super) use services::check as services;

const SHOP: &str = "compose.yaml";
const PRODUCTION: &str = "compose.production.yaml";
const DEVELOPMENT: &str = "compose.dev.yaml";
const FILES: [&str; 3] = [SHOP, PRODUCTION, DEVELOPMENT];

/// Holds the files against Compose's own schema, and against what no schema says.
pub(in super::super) fn files() -> Outcome<String> {
    let mut schema = Environment::obtain("check-jsonschema")?.program("check-jsonschema");
    schema.args(["--builtin-schema", "vendor.compose-spec"]).args(FILES).current_dir(members::root());
    if process::run(&mut schema, "check-jsonschema").is_err() {
        return failure::because("A compose file is not what Compose takes: see above.");
    }
    for files in [&[SHOP][..], &[SHOP, DEVELOPMENT], &[SHOP, PRODUCTION]] {
        let definition = definition::read(files, &services::ASKED_FOR)?;
        definition.in_order()?;
        verdict(&rules::broken_by(&definition))?;
    }
    Ok(format!("{} files", FILES.len()))
}
