//! wasm-opt, which makes the shipped browser build small. Debian's is too old; npm carries a current one.

use std::path::PathBuf;

use super::npm;
use crate::failure::Outcome;

/// The folder of wasm-opt, for PATH.
pub(crate) fn wasm_opt() -> Outcome<PathBuf> {
    Ok(npm::obtain("binaryen")?.join("node_modules/.bin"))
}
