//! What can be judged of the platform without a cluster and without an account at a cloud: charts, Terraform, workflows,
//! scripts and the image. What needs a running shop is tested in `api/tests/platform`.

mod image;

use super::Check;

pub(super) const CHECKS: &[Check] = image::CHECKS;
