//! What stands around the shop on the platform, as far as one machine can have it: a CDN, a load balancer, pods that come
//! and go, and shoppers.

pub mod balancer;
pub mod cdn;
pub mod cluster;
pub mod load;
pub mod nginx;
pub mod shop;
mod shopper;
pub mod stocked;
pub mod terraform;
