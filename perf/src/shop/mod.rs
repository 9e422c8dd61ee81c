//! The shop that is measured: its program, a running server, what that answers.

mod answer;
mod binary;
mod client;
mod engine;
pub(crate) mod people;
mod redis;
mod server;

pub(crate) use answer::{Answer, Timing};
pub(crate) use binary::{Binary, root, run};
pub(crate) use client::{BYPASS_TOKEN, Client, Reply};
pub(crate) use engine::{Engine, Services};
pub(crate) use redis::Redis;
pub(crate) use server::{PAUSE, Server, free_port, wait_for};
