//! The Terraform code under `tf/`, read as text, and `cargo xtask infrastructure`: what it makes, counted.

pub(crate) mod blocks;
mod count;
pub(crate) mod document;
pub(crate) mod folders;
pub(crate) mod schemas;
mod services;

use std::path::PathBuf;

use crate::failure::Outcome;
use crate::options::Options;

pub(crate) fn run(mut options: Options) -> Outcome<()> {
    let source = options.value::<PathBuf>("--schemas")?;
    options.end()?;
    let folders = folders::all()?;
    if let Some(source) = source {
        let kept = schemas::keep(&source, &folders)?;
        println!("ok: {kept} schemas are kept in {}", crate::tools::terraform::SCHEMAS);
    }
    document::write(&folders)
}
