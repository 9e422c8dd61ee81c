//! The image and what runs it on one machine: the certificates and stages it is made of, what is in it, how it behaves as
//! the user and on the read-only disk it is given in production, and the compose files.

mod base;
mod build;
mod certificates;
mod compose;
mod confined;
mod contents;
mod dockerfile;
mod inventory;
mod probes;
mod whole;

use super::verdict;
pub(super) use certificates::check as certificates;
pub(super) use compose::{files as compose_files, services as compose_services};
pub(super) use dockerfile::check as dockerfile;
pub(super) use whole::check as image;
