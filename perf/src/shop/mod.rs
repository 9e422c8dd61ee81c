//! The shop that is measured: its program, a running server, what that answers.

mod answer;
mod binary;
mod server;

pub(crate) use answer::{Answer, Timing};
pub(crate) use binary::{Binary, root, run};
pub(crate) use server::{PAUSE, Server};
