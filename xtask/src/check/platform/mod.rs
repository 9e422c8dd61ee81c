//! What can be judged of the platform without a cluster and without an account at a cloud: charts, Terraform, workflows,
//! scripts and the image. What needs a running shop is tested in `api/tests/platform`.

mod charts;
mod terraform;

use super::{Check, verdict};

pub(super) const CHECKS: &[Check] = &[
    Check { name: "charts: lint", run: charts::lint },
    Check { name: "charts: render", run: charts::render },
    Check { name: "charts: wrong values are refused", run: charts::refused },
    Check { name: "charts: schemas of Kubernetes and of its operators", run: charts::schemas },
    Check { name: "charts: restricted pods", run: charts::restricted },
    Check { name: "charts: who reaches whom", run: charts::reach },
    Check { name: "charts: what is named exists", run: charts::references },
    Check { name: "charts: variables, files and time-outs", run: charts::settings },
    Check { name: "charts: versions", run: charts::versions },
    Check { name: "charts: secrets put together", run: charts::secrets },
    Check { name: "charts: alerts", run: charts::alerts },
    Check { name: "charts: order of deployment", run: charts::waves },
    Check { name: "charts: what Argo CD may deploy", run: charts::argocd },
    Check { name: "terraform: formatting", run: terraform::formatting },
    Check { name: "terraform: rules", run: terraform::rules },
    Check { name: "terraform: validate", run: terraform::validate },
    Check { name: "terraform: test", run: terraform::test },
    Check { name: "terraform: the inventory", run: terraform::inventory },
];
