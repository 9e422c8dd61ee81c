//! Wrong values are refused before anything is deployed, with a message that names them.

use serde::Deserialize;
use serde_json::Value;

use super::engine::{self, Rendered};
use super::release::{self, Plan};
use super::{source, verdict};
use crate::failure::{Failure, Outcome};

const TABLE: &str = "xtask/src/check/platform/charts/expected/refused.json";

#[derive(Debug, Deserialize)]
struct Wrong {
    /// The file of values that is right.
    under: String,
    /// What is laid over it.
    set: Value,
    /// What Helm must say.
    says: String,
}

pub(in super::super) fn check() -> Outcome<String> {
    let table: Vec<Wrong> = source::json(TABLE)?;
    let plans = release::plans()?;
    let spoilt: Vec<Plan> = table.iter().map(|wrong| spoil(&plans, wrong)).collect::<Outcome<_>>()?;
    let rendered = engine::render(&spoilt)?;
    let findings: Vec<String> =
        table.iter().zip(&rendered).filter_map(|(wrong, rendered)| finding(wrong, rendered)).collect();
    verdict(&findings)?;
    Ok(format!("{} of them", table.len()))
}

fn spoil(plans: &[Plan], wrong: &Wrong) -> Outcome<Plan> {
    let plan = plans.iter().find(|plan| plan.is("bottega", &wrong.under));
    let mut plan = plan
        .cloned()
        .ok_or_else(|| Failure::new(format!("{TABLE} names {}, which is not there.", wrong.under)))?;
    // JSON is YAML.
    plan.values.push(wrong.set.to_string());
    Ok(plan)
}

fn finding(wrong: &Wrong, rendered: &Rendered) -> Option<String> {
    let Wrong { under, set, says } = wrong;
    match rendered {
        Rendered::Ok(_) => Some(format!("{under} with {set} is rendered, and should be refused.")),
        Rendered::Error(error) if error.contains(says.as_str()) => None,
        Rendered::Error(error) => {
            Some(format!("{under} with {set} should be refused with `{says}`, not with: {error}"))
        }
    }
}
