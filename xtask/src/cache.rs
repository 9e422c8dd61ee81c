//! The folder outside the checkout where build tools are kept, so that a second clone finds them ready.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::failure::{self, Outcome, While};

/// `$BOTTEGA_CACHE`, or `bottega` in the user's cache folder.
fn folder() -> Outcome<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let found = set("BOTTEGA_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("bottega")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/bottega")));
    match found {
        Some(folder) => std::path::absolute(folder).while_trying("find the cache folder"),
        None => failure::because("No folder for build tools: set BOTTEGA_CACHE to one that may be written."),
    }
}

/// Where tools are installed, each in `<name>-<version>/`.
pub(crate) fn tools() -> Outcome<PathBuf> {
    let tools = folder()?.join("tools");
    fs::create_dir_all(&tools).while_trying(format!(
        "create {} (set BOTTEGA_CACHE to a folder that may be written)",
        tools.display()
    ))?;
    Ok(tools)
}
