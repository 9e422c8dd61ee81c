//! The `bottega` program, run as its users run it: in a folder of its own, with nothing in its environment that the
//! test did not put there.

mod admins;
mod cache;
mod commands;
mod environment;
mod mails;
mod production;
pub mod program;
mod refusals;
mod roles;
mod serving;
