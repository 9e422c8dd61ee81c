//! The image, from its Dockerfile to a request that is still answered when the server is told to stop.

use super::base::Store;
use super::confined::Confined;
use super::{build, contents, inventory, probes, verdict};
use crate::failure::Outcome;
use crate::process;
use crate::run::{Profile, build_server};
use crate::scratch::Scratch;
use crate::services::Services;
use crate::storefront::{self, Build};

pub(in super::super) fn check() -> Outcome<String> {
    let server = build_server(Profile::Dev)?;
    storefront::build(Build::Quick)?;
    let scratch = Scratch::new("image")?;
    let store = Store::open(&scratch)?;
    let image = build::image(&store, &server, &scratch)?;
    let (mut findings, bytes) = contents::judge(&image)?;
    findings.extend(inventory::secrets(&image)?);
    let listed = inventory::write(&image)?;
    verdict(&findings)?;

    let services = Services::start()?;
    let confined = Confined::new(&image, &services, &scratch)?;
    process::output(&mut confined.command(&["migrate", "up"]), "Migrating from the image")?;
    let (server, start) = confined.serve()?;
    findings.extend(probes::answers(&confined));
    findings.extend(probes::rights(&server)?);
    findings.extend(probes::writing(&confined));
    findings.extend(probes::stopping(&confined, &server)?);
    if !findings.is_empty() {
        println!("{}", confined.said());
    }
    verdict(&findings)?;
    Ok(format!(
        "{:.1} MB beside the server, ready in {} ms, {listed} parts listed",
        megabytes(bytes),
        start.as_millis()
    ))
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit after the point")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
