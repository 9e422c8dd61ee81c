//! The committed OpenAPI document, written by the server itself.

use std::fs;

use crate::failure::{Outcome, While};
use crate::members;
use crate::options::Options;
use crate::process;

/// Where the document is committed.
pub(crate) const FILE: &str = "openapi/openapi.json";

/// `cargo xtask openapi`.
pub(crate) fn regenerate(options: Options) -> Outcome<()> {
    options.end()?;
    let document = process::step("asking the server for its OpenAPI document", document)?;
    let file = members::in_root(FILE);
    if fs::read_to_string(&file).is_ok_and(|committed| committed == document) {
        println!("ok: {FILE} was up to date");
        return Ok(());
    }
    fs::write(file, document).while_trying(format!("write {FILE}"))?;
    println!("ok: {FILE} was written; review and commit it");
    Ok(())
}

/// The document as the code has it now.
pub(crate) fn document() -> Outcome<String> {
    let mut server = process::cargo();
    server.args(["run", "--quiet", "-p", "api", "--bin", "bottega", "--", "openapi", "--format", "json"]);
    process::output(&mut server, "`bottega openapi`")
}
