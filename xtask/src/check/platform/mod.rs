//! What can be judged of the platform without a cluster and without an account at a cloud: charts, Terraform, workflows,
//! scripts and the image. What needs a running shop is tested in `api/tests/platform`.

mod charts;
mod image;
mod runbooks;
mod scripts;
mod security;
mod terraform;
mod workflows;

use super::{Check, verdict};

pub(super) const CHECKS: &[Check] = &[
    Check { name: "charts: lint", run: charts::lint },
    Check { name: "charts: render", run: charts::render },
    Check { name: "charts: wrong values are refused", run: charts::refused },
    Check { name: "charts: schemas of Kubernetes and of its operators", run: charts::schemas },
    Check { name: "charts: restricted pods", run: charts::restricted },
    Check { name: "charts: who reaches whom", run: charts::reach },
    Check { name: "charts: walls where the subnets are", run: charts::ranges },
    Check { name: "charts: what operators may ask", run: charts::rights },
    Check { name: "charts: what is named exists", run: charts::references },
    Check { name: "charts: variables, files and time-outs", run: charts::settings },
    Check { name: "charts: connections to the database", run: charts::connections },
    Check { name: "charts: versions", run: charts::versions },
    Check { name: "charts: secrets put together", run: charts::secrets },
    Check { name: "charts: alerts", run: charts::alerts },
    Check { name: "charts: order of deployment", run: charts::waves },
    Check { name: "charts: what Argo CD may deploy", run: charts::argocd },
    Check { name: "scripts: shellcheck", run: scripts::shellcheck },
    Check { name: "scripts: transcripts", run: scripts::transcripts },
    Check { name: "scripts: the reckoning of costs", run: scripts::costs },
    Check { name: "scripts: functions at the CDN's edge", run: scripts::edge_functions },
    Check { name: "workflows: schema", run: workflows::schema },
    Check { name: "workflows: actionlint", run: workflows::lint },
    Check { name: "workflows: pins, rights, time and commands", run: workflows::rules },
    Check { name: "workflows: every check is run by one", run: workflows::complete },
    Check { name: "workflows: the operations portal", run: workflows::portal },
    Check { name: "history: no secrets", run: security::secrets },
    Check { name: "misconfiguration: Trivy", run: security::trivy },
    Check { name: "misconfiguration: checkov", run: security::checkov },
    Check { name: "terraform: formatting", run: terraform::formatting },
    Check { name: "terraform: rules", run: terraform::rules },
    Check { name: "terraform: validate", run: terraform::validate },
    Check { name: "terraform: test", run: terraform::test },
    Check { name: "terraform: the inventory", run: terraform::inventory },
    Check { name: "runbooks", run: runbooks::check },
    Check { name: "image: certificates of the database", run: image::certificates },
    Check { name: "image: Dockerfile", run: image::dockerfile },
    Check { name: "image: compose files", run: image::compose_files },
    Check { name: "image: compose services", run: image::compose_services },
    Check { name: "image: built, and run as in production", run: image::image },
];
