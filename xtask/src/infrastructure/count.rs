//! How many resources a root makes with the demo's values: Terraform is asked, through a run of its tests.

use std::collections::BTreeMap;

use serde_json::Value;

use super::blocks::blocks;
use super::folders::Folder;
use crate::failure::{self, Outcome};
use crate::members::{list, text};
use crate::tools::terraform::Terraform;

/// The run in a root's tests that has the demo's values.
pub(super) const RUN: &str = "the_demo";

/// Resources by type.
pub(super) type Count = BTreeMap<String, usize>;

/// Counts what the run would make: every instance, those of modules too.
pub(super) fn of(root: &Folder, terraform: &Terraform) -> Outcome<Count> {
    let Some(test) =
        root.tests.iter().find(|test| blocks(&test.text).iter().any(|block| block.is("run", RUN)))
    else {
        let name = &root.name;
        return failure::because(format!(
            "{name} has no test with a run \"{RUN}\": its resources are counted from one with the demo's values."
        ));
    };
    terraform.init(&root.path)?;
    let file = test.name.strip_prefix(&format!("{}/", root.name)).unwrap_or(&test.name);
    let answer = terraform.ask(&root.path, &["test", "-json", "-verbose", &format!("-filter={file}")])?;
    match counted(&answer.text) {
        Some(count) if answer.fine => Ok(count),
        _ => failure::because(format!("{}: its tests fail, so that nothing can be counted.", test.name)),
    }
}

/// The count in what `terraform test -json -verbose` prints.
fn counted(printed: &str) -> Option<Count> {
    printed
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| text(message, "@testrun") == RUN)
        .find_map(|message| match text(&message, "type") {
            "test_state" => {
                let mut count = Count::new();
                of_module(&message["test_state"]["root_module"], &mut count);
                Some(count)
            }
            "test_plan" => {
                let mut count = Count::new();
                add(list(&message["test_plan"], "resource_changes"), &mut count);
                Some(count)
            }
            _ => None,
        })
}

fn of_module(module: &Value, count: &mut Count) {
    add(list(module, "resources"), count);
    for child in list(module, "child_modules") {
        of_module(child, count);
    }
}

fn add(resources: &[Value], count: &mut Count) {
    for resource in resources.iter().filter(|resource| text(resource, "mode") == "managed") {
        *count.entry(text(resource, "type").to_owned()).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn instances_are_counted_in_states_and_plans() {
        let resource = |name: &str| json!({ "mode": "managed", "type": name });
        let data = json!({ "mode": "data", "type": "aws_region" });
        let state = json!({ "type": "test_state", "@testrun": RUN, "test_state": { "root_module": {
            "resources": [resource("aws_vpc"), data],
            "child_modules": [{ "resources": [resource("aws_subnet"), resource("aws_subnet")] }],
        } } });
        let count = counted(&format!("not JSON\n{state}\n")).unwrap();
        assert_eq!(count, Count::from([("aws_subnet".to_owned(), 2), ("aws_vpc".to_owned(), 1)]));

        let plan = json!({ "type": "test_plan", "@testrun": RUN, "test_plan": { "resource_changes": [resource("aws_eip")] } });
        assert_eq!(counted(&plan.to_string()).unwrap(), Count::from([("aws_eip".to_owned(), 1)]));

        let other = json!({ "type": "test_state", "@testrun": "another", "test_state": {} });
        assert!(counted(&other.to_string()).is_none());
    }
}
