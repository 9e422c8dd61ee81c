//! The least a server can do: the same bytes for every question, from memory. What everything else is compared with.

use std::path::PathBuf;

use actix_web::{App, HttpResponse, HttpServer, http::header, web};
use clap::Args;

use crate::failure::{Failure, While};

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
    let server = server.workers(options.workers).bind(("127.0.0.1", options.port));
    let server = server.doing("listen")?;
    actix_web::rt::System::new().block_on(server.run()).doing("serve")
}
