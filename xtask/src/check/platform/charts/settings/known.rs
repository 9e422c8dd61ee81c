//! What the binary knows, read from where it says so.

use serde_json::Value;

use super::Variables;
use crate::check::platform::charts::{object, source};
use crate::failure::{self, Outcome};

const VARIABLES: &str = "docs/configuration.md";
const CONTRACT: &str = "openapi/openapi.json";
const APPLICATION: &str = "api/src/app.rs";
const SCHEMA: &str = "charts/bottega/values.schema.json";

#[derive(Debug)]
pub(super) struct Known {
    variables: Vec<String>,
    contract: Value,
    /// How long everything but running requests may take to end.
    pub(super) closing_seconds: u64,
}

impl Known {
    pub(super) fn read() -> Outcome<Self> {
        let application = source::read(APPLICATION)?;
        let mut closing_seconds = 0;
        for constant in ["BACKGROUND_TIMEOUT", "CLOSE_TIMEOUT"] {
            closing_seconds += seconds(&application, constant)?;
        }
        Ok(Self {
            variables: documented(&source::read(VARIABLES)?),
            contract: source::json(CONTRACT)?,
            closing_seconds,
        })
    }

    pub(super) fn answers(&self, path: &str) -> bool {
        self.contract["paths"][path]["get"].is_object()
    }

    /// Variables that no row of the documentation is about.
    pub(super) fn strangers(&self, variables: &Variables) -> Vec<String> {
        let unknown = variables.iter().filter(|(name, _)| !self.variables.contains(name));
        unknown.map(|(name, _)| format!("is told {name}, which {VARIABLES} does not know.")).collect()
    }

    /// The same of those that the schema of values lets through.
    pub(super) fn strangers_of_schema(&self) -> Outcome<Vec<String>> {
        let schema: Value = source::json(SCHEMA)?;
        let allowed = object::map(&schema, "/properties/config/properties").keys();
        let unknown = allowed.filter(|name| !self.variables.contains(name));
        Ok(unknown.map(|name| format!("{SCHEMA} allows {name}, which {VARIABLES} does not know.")).collect())
    }
}

/// The names in the first cells of the table's rows.
fn documented(page: &str) -> Vec<String> {
    let cells = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next());
    cells
        .flat_map(|cell| cell.split(['`', ',', ' ']))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What `const NAME: Duration = Duration::from_secs(5);` says.
fn seconds(source: &str, constant: &str) -> Outcome<u64> {
    let start = format!("const {constant}: Duration = Duration::from_secs(");
    let found = source.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix(");")?.parse().ok());
    match found {
        Some(seconds) => Ok(seconds),
        None => failure::because(format!("{APPLICATION} does not say {constant} as `{start}…);` any more.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_rows() {
        let page =
            "| Variable | Default |\n| --- | --- |\n| `A`, `A_FILE` | `x` |\n| `B` | none |\ntext `C`\n";
        assert_eq!(documented(page), ["A", "A_FILE", "B"]);
    }

    #[test]
    fn seconds_are_read_from_constants() {
        let source = "const X: Duration = Duration::from_secs(5);\n";
        assert_eq!(seconds(source, "X").unwrap(), 5);
        assert!(seconds(source, "Y").is_err());
    }
}
