//! All pods there can be at once open fewer connections than the database's alarm is set to.

use super::object;
use super::release;
use super::terraform;
use crate::failure::{self, Failure, Outcome};

const OBSERVABILITY: &str = "tf/modules/observability/variables.tf";
/// While the shop is deployed there is one pod more, and up to three that are ending: each needs 15 seconds and what its last
/// requests take, and a new one 20 until the load balancer finds it well.
const WHILE_DEPLOYING: u64 = 4;

pub(in super::super) fn check() -> Outcome<String> {
    let release = release::one("bottega", "values-demo.yaml")?;
    let pods = release
        .find("HorizontalPodAutoscaler", "bottega")
        .and_then(|autoscaler| object::number(&autoscaler.value, "/spec/maxReplicas"));
    let each = release
        .find("ConfigMap", "bottega")
        .and_then(|map| object::text(&map.value, "/data/DATABASE_MAX_CONNECTIONS").parse::<u64>().ok());
    let (Some(pods), Some(each)) = (pods, each) else {
        return failure::because("The demo says no number of pods, or of connections for each.");
    };
    let limit = terraform::default_of(OBSERVABILITY, "database_connections_limit")?;
    let limit: u64 =
        limit.parse().map_err(|_| Failure::new(format!("{OBSERVABILITY} gives {limit} connections.")))?;
    let most = (pods + WHILE_DEPLOYING) * each;
    if most > limit {
        return failure::because(format!(
            "{pods} pods, and {WHILE_DEPLOYING} more while deploying, open {most} connections at {each} each, and the alarm \
             goes off at {limit}: lower DATABASE_MAX_CONNECTIONS, or give the database a larger instance and {OBSERVABILITY} \
             another limit."
        ));
    }
    Ok(format!("{most} at most, the alarm goes off at {limit}"))
}
