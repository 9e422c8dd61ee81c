//! `bottega openapi`.

use clap::{Args, ValueEnum};

use super::{CliError, say};
use crate::app::openapi_document;

#[derive(Debug, Args)]
pub(super) struct Openapi {
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Yaml,
}

pub(super) fn run(command: &Openapi) -> Result<(), CliError> {
    let document = openapi_document(true);
    let failed = |error: &dyn std::fmt::Display| {
        CliError::Failed(format!("The document cannot be written ({error})."))
    };
    let text = match command.format {
        Format::Json => document.to_pretty_json().map_err(|error| failed(&error))?,
        Format::Yaml => document.to_yaml().map_err(|error| failed(&error))?,
    };
    say(text.trim_end());
    Ok(())
}
