//! What the Terraform modules declare, read as text: so that what stands in for AWS here cannot differ from them unnoticed.

use std::path::PathBuf;

/// The declarations of a module.
pub struct Module {
    folder: PathBuf,
    text: String,
}

/// The module of this name.
pub fn module(name: &str) -> Module {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tf/modules").join(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tf"))
        .collect();
    files.sort();
    let text = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    Module { folder, text }
}

impl Module {
    /// The text of a function that runs at the edge.
    pub fn function(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(format!("functions/{name}.js"))).unwrap()
    }

    /// What follows `name =` where it is first assigned, without quotes.
    pub fn value(&self, name: &str) -> String {
        let mut lines = self.text.lines().map(str::trim);
        let value = lines.find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='));
        value.unwrap_or_else(|| panic!("no {name} is assigned")).trim().trim_matches('"').to_owned()
    }

    /// The texts of a list on one line.
    pub fn list(&self, name: &str) -> Vec<String> {
        texts(&self.value(name)).collect()
    }

    /// The pairs of a map of texts, one on each line.
    pub fn map(&self, name: &str) -> Vec<(String, String)> {
        let begin = format!("{name} = {{");
        let lines = self.text.lines().skip_while(|line| line.trim() != begin).skip(1);
        let pairs: Vec<_> = lines
            .take_while(|line| line.trim() != "}")
            .filter_map(|line| {
                let mut texts = texts(line);
                Some((texts.next()?, texts.next()?))
            })
            .collect();
        assert!(!pairs.is_empty(), "no map {name}");
        pairs
    }
}

/// Whatever stands between double quotes.
fn texts(text: &str) -> impl Iterator<Item = String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned)
}
