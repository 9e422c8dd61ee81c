//! The scripts of `.github/scripts`, each against programs that only note what they are asked, well and broken.

mod image;
mod infrastructure;
mod measuring;
mod promotion;
mod storefront;
mod tools;

use super::cluster::Cluster;

const OLD: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const NEW: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const REGISTRY: &str = "111122223333.dkr.ecr.us-east-1.amazonaws.com";

/// A machine of delivery, which knows where images are.
fn machine() -> Cluster {
    Cluster::new().with("IMAGE_REPOSITORY", format!("{REGISTRY}/bottega"))
}
