//! Installing packages through apt, where that is possible.

use std::path::Path;
use std::process::Command;

use nix::unistd::Uid;

use crate::failure::{self, Outcome};
use crate::process;

/// Whether packages can be installed without asking anybody.
pub(crate) fn can_install() -> bool {
    Uid::effective().is_root() && has_apt()
}

/// Installs packages.
pub(crate) fn install(packages: &[&str]) -> Outcome<()> {
    process::run(apt().args(["update", "-q"]), "apt-get update")?;
    let mut install = apt();
    install.args(["install", "-q", "-y", "--no-install-recommends"]).args(packages);
    process::run(&mut install, "apt-get install")
}

/// Installs packages that something needs, or says in one sentence what a person is to do.
pub(crate) fn obtain(what: &str, packages: &[&str]) -> Outcome<()> {
    if packages.is_empty() {
        return Ok(());
    }
    if !can_install() {
        return failure::because(format!("{what} is missing: {} and repeat.", advice(packages)));
    }
    process::step(&format!("installing {}", packages.join(", ")), || install(packages))
}

/// What a person is to do where this program may not.
pub(crate) fn advice(packages: &[&str]) -> String {
    let packages = packages.join(" ");
    if has_apt() {
        format!("run `sudo apt-get install -y --no-install-recommends {packages}`")
    } else {
        format!("install what Debian calls {packages}")
    }
}

/// Where this machine gets Debian from, if it is a Debian.
pub(crate) fn mirror() -> Option<String> {
    let addresses = process::says(Command::new("apt-get").args(["indextargets", "--format", "$(REPO_URI)"]))?;
    addresses.lines().find(|address| address.trim_end_matches('/').ends_with("/debian")).map(str::to_owned)
}

fn has_apt() -> bool {
    Path::new("/etc/debian_version").exists() && process::on_path("apt-get").is_some()
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt
}
