//! Building the image from the one Dockerfile: the stages that compile are given as folders, with what this checkout made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::base::Store;
use super::dockerfile::DOCKERFILE;
use crate::failure::{Outcome, While};
use crate::held::{self, Held};
use crate::members;
use crate::process;
use crate::scratch::Scratch;
use crate::storefront;

/// An image with its files laid out in a folder; both go away when this is dropped.
#[derive(Debug)]
pub(super) struct Image {
    /// The folder that would be `/`.
    pub(super) root: PathBuf,
    /// How it is to be run: `User`, `Env`, `Entrypoint` and so on.
    pub(super) settings: Value,
    _held: Held,
}

/// The commit an image says it is of.
pub(super) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

pub(super) fn image(store: &Store, server: &Path, scratch: &Scratch) -> Outcome<Image> {
    let (server, web) = (stage_server(server, scratch)?, stage_storefront(scratch)?);
    let id_file = scratch.join("image-id");
    let mut bud = store.buildah();
    bud.args(["bud", "--quiet", "--isolation", "chroot", "--pull=false", "--format", "docker"])
        .arg("--build-context")
        .arg(format!("server={}", server.display()))
        .arg("--build-context")
        .arg(format!("storefront={}", web.display()))
        .args(["--build-arg", &format!("COMMIT={COMMIT}"), "--file", DOCKERFILE, "--iidfile"])
        .arg(&id_file)
        .arg(".")
        .current_dir(members::root());
    process::output(&mut bud, "Building the image")?;
    let id = fs::read_to_string(&id_file).while_trying("read the image's id")?;
    let id = id.trim().trim_start_matches("sha256:").to_owned();
    let held = held::until_dropped({
        let (mut containers, mut image) = (store.buildah(), store.buildah());
        let id = id.clone();
        move || {
            // What a killed run leaves behind lies in the cache until somebody empties it.
            process::succeeds(containers.args(["rm", &name(&id)]));
            process::succeeds(image.args(["rmi", "--force", &id]));
        }
    });
    said(store.buildah().args(["from", "--pull=false", "--name", &name(&id), &id]))?;
    let root = PathBuf::from(said(store.buildah().args(["mount", &name(&id)]))?.trim());
    Ok(Image { root, settings: settings(store, &id)?, _held: held })
}

fn name(id: &str) -> String {
    format!("checked-{}", id.get(..12).unwrap_or(id))
}

fn said(command: &mut Command) -> Outcome<String> {
    process::output(command, "buildah")
}

/// As the stage `server` leaves it, but compiled as tests are: the release is the same program, and takes ten minutes.
fn stage_server(server: &Path, scratch: &Scratch) -> Outcome<PathBuf> {
    let stage = scratch.join("server");
    fs::create_dir_all(stage.join("out")).while_trying("make a stage")?;
    let mut strip = Command::new("strip");
    strip.arg("-o").arg(stage.join("out/bottega")).arg(server);
    process::run(&mut strip, "Leaving out what is for debuggers")?;
    Ok(stage)
}

/// As the stage `storefront` leaves it.
fn stage_storefront(scratch: &Scratch) -> Outcome<PathBuf> {
    let stage = scratch.join("storefront");
    fs::create_dir_all(stage.join("out")).while_trying("make a stage")?;
    let web = stage.join("out/web");
    process::run(Command::new("cp").arg("-r").arg(storefront::dist()).arg(&web), "Copying the storefront")?;
    fs::remove_file(web.join(".stamp")).while_trying("leave out the storefront's stamp")?;
    Ok(stage)
}

fn settings(store: &Store, id: &str) -> Outcome<Value> {
    let about = said(store.buildah().args(["inspect", "--type", "image", id]))?;
    let mut about: Value = serde_json::from_str(&about).while_trying("read what buildah says")?;
    Ok(about["Docker"]["config"].take())
}
