//! The operations portal: each script of `charts/ops` against a cluster that is not there (`cluster.sh` stands in for
//! `kubectl` and `aws`) and, where it talks to the shop, against the real program, well and broken.

mod cluster;
mod delivery;
mod diagnosis;
mod inputs;
mod remedies;
mod reports;
mod shop;
