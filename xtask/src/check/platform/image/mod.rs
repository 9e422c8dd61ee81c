//! The image and what runs it on one machine: the certificates and stages it is made of, what is in it, how it behaves as
//! the user and on the read-only disk it is given in production, and the compose files.

mod base;
mod build;
mod certificates;
mod compose;
mod confined;
mod contents;
mod dockerfile;
mod image_check;
mod inventory;
mod probes;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    Check { name: "certificates of the database", run: certificates::check },
    Check { name: "Dockerfile", run: dockerfile::check },
    Check { name: "compose schema", run: compose::schema },
    Check { name: "compose services", run: compose::services },
    Check { name: "image", run: image_check::check },
];
