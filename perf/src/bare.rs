//! The least a server can do: the same bytes for every question, from memory. What everything else is compared with.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use actix_web::{App, HttpResponse, HttpServer, http::header, web};
use clap::Args;
use tempfile::NamedTempFile;

use crate::{
    failure::{Failure, While},
    report::processor,
    shop,
};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The file whose bytes it answers.
    #[arg(long)]
    body: PathBuf,
    #[arg(long)]
    port: u16,
    #[arg(long)]
    workers: usize,
}

/// Serves until it is stopped.
pub(crate) fn serve(options: &Options) -> Result<(), Failure> {
    let body = web::Bytes::from(std::fs::read(&options.body).doing("read what to answer")?);
    let server = HttpServer::new(move || {
        let body = body.clone();
        App::new().default_service(web::to(move || {
            let answer = HttpResponse::Ok()
                .insert_header((header::CONTENT_TYPE, "application/json"))
                .body(body.clone());
            std::future::ready(answer)
        }))
    });
    let server = server.workers(options.workers).bind(("127.0.0.1", options.port)).doing("listen")?;
    actix_web::rt::System::new().block_on(server.run()).doing("serve")
}

/// A bare server in a process of its own. Stopped when dropped.
#[derive(Debug)]
pub(crate) struct Bare {
    process: Child,
    pub(crate) port: u16,
    _body: NamedTempFile,
}

impl Bare {
    /// Starts one that answers these bytes, and waits until it does.
    pub(crate) fn start(bytes: &[u8], workers: usize) -> Result<Self, Failure> {
        let body = NamedTempFile::new().doing("make a temporary file")?;
        std::fs::write(body.path(), bytes).doing("write what to answer")?;
        let port = shop::free_port()?;
        let program = std::env::current_exe().doing("find this program")?;
        let mut command = Command::new(program);
        command.args(["bare", "--port", &port.to_string(), "--workers", &workers.to_string(), "--body"]);
        let process = command.arg(body.path()).stdin(Stdio::null()).spawn().doing("start the bare server")?;
        let server = Self { process, port, _body: body };
        shop::wait_for(port)?;
        Ok(server)
    }

    pub(crate) fn processor_time(&self) -> Result<Duration, Failure> {
        let gone = || Failure::ServerEnded("the bare server says nothing".into());
        processor::time_of(self.process.id())?.ok_or_else(gone)
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
