//! What the Dockerfile's base image is in a place without a registry: the same Debian, put together by debootstrap and kept
//! in the cache. It has no compiler: those stages are replaced by what they make.

use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::Uid;

use super::dockerfile;
use crate::debian;
use crate::failure::{self, Outcome, While};
use crate::process;
use crate::scratch::Scratch;
use crate::tools::kept::Kept;

const SUITE: &str = "trixie";
/// What the last stages call, beside what every Debian has.
const PACKAGES: &str = "ca-certificates";

/// Images and containers, in a folder of the cache that has the base.
#[derive(Debug)]
pub(super) struct Store {
    home: PathBuf,
    /// What buildah notes about running containers.
    state: PathBuf,
}

impl Store {
    pub(super) fn open(scratch: &Scratch) -> Outcome<Self> {
        obtain_programs()?;
        let image = base_image()?;
        let version = format!("{SUITE}-{}", dockerfile::rust_version()?);
        let home = Kept { name: "image-base", version: &version }.obtain(
            |home| home.join("vfs-images/images.json").exists(),
            |scratch, home| make(&image, scratch, &Self::at(home, scratch)),
        )?;
        Ok(Self::at(&home, scratch))
    }

    fn at(home: &Path, scratch: &Scratch) -> Self {
        Self { home: home.to_path_buf(), state: scratch.join("buildah") }
    }

    /// buildah, on this store.
    pub(super) fn buildah(&self) -> Command {
        let mut buildah = Command::new("buildah");
        // Plain copies instead of layered mounts: those are refused inside containers.
        buildah.args(["--storage-driver", "vfs", "--root"]).arg(&self.home).arg("--runroot").arg(&self.state);
        buildah
    }
}

/// What the Dockerfile calls its base.
fn base_image() -> Outcome<String> {
    Ok(format!("docker.io/library/rust:{}-slim-{SUITE}", dockerfile::rust_version()?))
}

fn obtain_programs() -> Outcome<()> {
    let programs = [("buildah", "buildah"), ("debootstrap", "debootstrap"), ("unshare", "util-linux")];
    let is_missing =
        |program: &str| process::on_path(program).is_none() && !Path::new("/usr/sbin").join(program).exists();
    let missing: Vec<&str> =
        programs.iter().filter(|(program, _)| is_missing(program)).map(|(_, package)| *package).collect();
    if !Uid::effective().is_root() {
        return failure::because(
            "Only root can put together an image here: `sudo --preserve-env cargo xtask check image`, or leave it to CI.",
        );
    }
    debian::obtain("What builds images", &missing)
}

fn make(image: &str, scratch: &Scratch, store: &Store) -> Outcome<()> {
    let root = scratch.join("root");
    let mut debootstrap = Command::new("debootstrap");
    debootstrap.args(["--variant=minbase", &format!("--include={PACKAGES}"), SUITE]).arg(&root);
    debootstrap.args(debian::mirror());
    process::output(&mut debootstrap, "debootstrap")?;
    let container = process::output(store.buildah().args(["from", "scratch"]), "buildah")?;
    let container = container.trim();
    // Only what the stages use: packages that were downloaded, and lists of them, are half of it.
    for folder in ["var/cache/apt", "var/lib/apt/lists"] {
        std::fs::remove_dir_all(root.join(folder)).while_trying("make the base small")?;
    }
    process::output(store.buildah().args(["copy", "--quiet", container]).arg(&root).arg("/"), "buildah")?;
    process::output(store.buildah().args(["commit", "--quiet", "--rm", container, image]), "buildah")?;
    Ok(())
}
