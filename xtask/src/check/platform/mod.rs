//! What can be judged of the platform without a cluster and without an account at a cloud: charts, Terraform, workflows,
//! scripts and the image. What needs a running shop is tested in `api/tests/platform`.

mod terraform;

use super::{Check, verdict};

pub(super) const CHECKS: &[Check] = &[
    Check { name: "terraform formatting", run: terraform::formatting },
    Check { name: "terraform rules", run: terraform::rules },
    Check { name: "terraform validate", run: terraform::validate },
    Check { name: "terraform test", run: terraform::test },
    Check { name: "the inventory of the infrastructure", run: terraform::inventory },
];
