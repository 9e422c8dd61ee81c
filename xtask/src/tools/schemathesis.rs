//! schemathesis, which tests a running server against its OpenAPI document.

use std::process::Command;

use super::python::Environment;
use crate::failure::Outcome;

/// The command `schemathesis`, without arguments yet.
pub(crate) fn command() -> Outcome<Command> {
    Ok(Environment::obtain("schemathesis")?.program("schemathesis"))
}
