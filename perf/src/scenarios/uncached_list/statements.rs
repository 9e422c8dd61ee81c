//! The statements of a product list: read from the log of the server that makes them, so that they cannot be others.

use std::fmt::Write as _;

use openapi::catalog::ProductSummary;
use serde::Deserialize;

use crate::failure::Failure;

/// What one list asks the database, in the order in which it asks, with the values it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Statements(Vec<String>);

/// A line of the log that tells a statement.
#[derive(Debug, Deserialize)]
struct Line {
    target: String,
    statement: String,
    path: String,
}

impl Statements {
    /// Those of the request for this path, which answered these products and stands in the log once.
    pub(super) fn read(log: &str, path: &str, products: &[ProductSummary]) -> Result<Self, Failure> {
        let lines = log.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let of_list = lines.filter(|line| line.target == "sql" && line.path == path);
        let ids: Vec<_> = products.iter().map(|product| format!("'{}'", product.id)).collect();
        of_list.map(|line| filled_in(&line.statement, &ids)).collect::<Result<_, _>>().map(Self)
    }

    /// The one that reads the page itself.
    pub(super) fn page(&self) -> Result<&str, Failure> {
        let page = self.0.iter().find(|statement| is_page(statement)).map(String::as_str);
        page.ok_or_else(|| {
            Failure::Broken("the server's log tells no statement for a page of products".into())
        })
    }

    /// As a script that runs one after the other.
    pub(super) fn script(&self) -> String {
        self.0.iter().fold(String::new(), |mut script, statement| {
            // Writing into text never fails.
            let _ = writeln!(script, "{statement};");
            script
        })
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

fn is_page(statement: &str) -> bool {
    statement.contains(r#" FROM "products" "#)
}

/// The statement with values where it was logged without.
fn filled_in(statement: &str, ids: &[String]) -> Result<String, Failure> {
    let is_of_options = statement.contains(r#" FROM "product_options" "#);
    let mut ids_left = ids.iter().filter(|_| is_of_options);
    let mut parts = statement.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let value = match &filled {
            before if before.ends_with(r#""status" = "#) => Some("'ACTIVE'".to_owned()),
            _ => ids_left.next().cloned(),
        };
        filled += &value.ok_or_else(|| unknown(statement))?;
        filled += part.trim_start_matches(|letter: char| letter.is_ascii_digit());
    }
    if ids_left.next().is_some() { Err(unknown(statement)) } else { Ok(filled) }
}

fn unknown(statement: &str) -> Failure {
    Failure::Broken(format!("nobody knows what values this statement has: {statement}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = r#"not json
{"target":"sql","statement":"SELECT 1 FROM \"sessions\""}
{"target":"sql","statement":"SELECT a FROM \"categories\"","path":"/list"}
{"target":"sql","statement":"SELECT b FROM \"products\" WHERE \"status\" = $1 LIMIT 20","path":"/list"}
{"target":"sql","statement":"SELECT d FROM \"products\" WHERE e = $1","path":"/other"}
{"target":"http","status":200,"path":"/list"}"#;

    #[test]
    fn the_statements_of_a_request_are_read_with_their_values() {
        let statements = Statements::read(LOG, "/list", &[]).unwrap();
        assert_eq!(statements.count(), 2);
        let page = r#"SELECT b FROM "products" WHERE "status" = 'ACTIVE' LIMIT 20"#;
        assert_eq!(statements.page().unwrap(), page);
        assert_eq!(statements.script(), format!("SELECT a FROM \"categories\";\n{page};\n"));
        assert!(Statements::read("", "/list", &[]).unwrap().page().is_err());
    }

    #[test]
    fn options_are_asked_for_by_every_product_of_the_page() {
        let ids: Vec<String> = ('a'..='j').map(String::from).collect();
        let places: Vec<String> = (1..=10).map(|number| format!("${number}")).collect();
        let statement = |values: &[String]| {
            format!("SELECT 1 FROM \"product_options\" WHERE x IN ({})", values.join(", "))
        };
        assert_eq!(filled_in(&statement(&places), &ids).unwrap(), statement(&ids));
        assert!(filled_in(&statement(&places[..9]), &ids).is_err());
        assert!(filled_in(&statement(&places), &ids[..9]).is_err());
    }

    #[test]
    fn a_statement_with_unknown_values_is_not_guessed_at() {
        let failure = filled_in("SELECT 1 FROM \"categories\" WHERE a = $1", &[]).unwrap_err().to_string();
        assert!(failure.contains("WHERE a = $1"), "{failure}");
    }
}
