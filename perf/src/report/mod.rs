//! What a measurement leaves behind: a Markdown page with the facts needed to repeat it.

mod machine;
pub(crate) mod memory;
pub(crate) mod processor;
mod table;

use std::{fmt, fs, path::PathBuf};

use crate::{
    failure::{Failure, While},
    shop::Binary,
};
pub(crate) use table::Table;

/// One scenario's page.
#[derive(Debug)]
pub(crate) struct Report {
    file: &'static str,
    title: &'static str,
    facts: Vec<(&'static str, String)>,
    tables: Vec<Table>,
    notes: Vec<String>,
}

impl Report {
    /// A page that says on which machine which build was measured by which command.
    pub(crate) fn new(
        scenario: &'static str,
        title: &'static str,
        binary: &Binary,
        arguments: &str,
        table: Table,
    ) -> Result<Self, Failure> {
        let given = if binary.is_given() { " --binary …" } else { "" };
        let command = format!("`cargo run --release -p perf -- {scenario}{arguments}{given}`");
        let facts =
            vec![("Machine", machine::describe()?), ("Server", binary.version()?), ("Command", command)];
        Ok(Self { file: scenario, title, facts, tables: vec![table], notes: vec![] })
    }

    pub(crate) fn fact(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }

    /// Under another name than the scenario's, for what one scenario measures in two ways.
    pub(crate) fn saved_as(self, file: &'static str) -> Self {
        Self { file, ..self }
    }

    /// One more table, below.
    pub(crate) fn table(mut self, table: Table) -> Self {
        self.tables.push(table);
        self
    }

    pub(crate) fn note(mut self, sentence: impl Into<String>) -> Self {
        self.notes.push(sentence.into());
        self
    }

    /// Writes it to where results are kept.
    pub(crate) fn save(&self) -> Result<PathBuf, Failure> {
        let doing = "save the result";
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("results");
        fs::create_dir_all(&folder).doing(doing)?;
        fs::write(folder.join(self.file).with_extension("md"), self.to_string()).doing(doing)?;
        Ok(PathBuf::from("perf/results").join(self.file).with_extension("md"))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "# {}\n", self.title)?;
        for (name, value) in &self.facts {
            writeln!(out, "- **{name}:** {value}")?;
        }
        for table in &self.tables {
            write!(out, "\n{table}")?;
        }
        for note in &self.notes {
            write!(out, "\n{note}\n")?;
        }
        Ok(())
    }
}
