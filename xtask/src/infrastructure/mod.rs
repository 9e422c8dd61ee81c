//! The Terraform code under `tf/`, read as text, and `cargo xtask infrastructure`: what it makes, counted.

pub(crate) mod blocks;
mod count;
pub(crate) mod document;
pub(crate) mod folders;
mod schemas;
mod services;

use std::path::PathBuf;

use crate::failure::Outcome;
use crate::options::Options;
use crate::tools::terraform::{self, Terraform};
use folders::Folder;

/// Terraform, once it is sure that our own providers know everything these folders use: otherwise it would ask the registry.
pub(crate) fn terraform(folders: &[Folder]) -> Outcome<Terraform> {
    if !terraform::uses_registry() {
        schemas::check(folders)?;
    }
    Terraform::start()
}

pub(crate) fn run(mut options: Options) -> Outcome<()> {
    let source = options.value::<PathBuf>("--schemas")?;
    options.end()?;
    let folders = folders::all()?;
    if let Some(source) = source {
        let kept = schemas::keep(&source, &folders)?;
        println!("ok: {kept} schemas are kept in {}", terraform::SCHEMAS);
    }
    document::write(&folders)
}
