//! The operations portal and delivery: each script of `charts/ops` and `.github/scripts` against a cluster that is not there
//! (`cluster.sh` stands in for `kubectl`, `aws` and what else they call) and, where it talks to the shop, against the real
//! program, well and broken.

mod cluster;
mod delivery;
mod diagnosis;
mod inputs;
mod remedies;
mod reports;
mod shop;
