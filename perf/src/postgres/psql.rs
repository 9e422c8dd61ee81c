//! Single statements, sent with `psql`.

use std::process::{Command, Stdio};

use crate::{
    failure::{Failure, While},
    stop,
};

/// Runs a statement on a database, and tells its rows, a line each.
pub(crate) fn psql(url: &str, statement: &str) -> Result<String, Failure> {
    let mut command = Command::new("psql");
    command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
    command.args(["--dbname", url, "--command", statement]).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().doing("start psql, which comes with PostgreSQL")?;
    stop::check()?;
    if !output.status.success() {
        return Err(Failure::Command { command: "psql".to_owned() });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
