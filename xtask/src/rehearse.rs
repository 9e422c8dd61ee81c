//! `cargo xtask rehearse --from REVISION`: an earlier build and this one, a database that is migrated in between, and people who shop.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{self, Outcome, While};
use crate::held::{self, Held};
use crate::members;
use crate::options::Options;
use crate::process;
use crate::services::Services;

/// A checkout of the earlier build's sources, removed when dropped.
#[derive(Debug)]
struct Checkout {
    folder: PathBuf,
    _held: Held,
}

pub(crate) fn run(mut options: Options) -> Outcome<()> {
    let revision: Option<String> = options.value("--from")?;
    options.end()?;
    let Some(revision) = revision else {
        return failure::because(
            "Say which build gives way to this one: `cargo xtask rehearse --from main`.",
        );
    };
    let old = process::step(&format!("building {revision}"), || build(&revision))?;
    let services = Services::start()?;
    process::step("one takes the other's place", || {
        let mut cargo = process::cargo();
        cargo
            .args(["test", "--package", "api", "--features", "platform-tests", "--test", "platform"])
            .args(["rolling", "--", "--nocapture", "--test-threads", "1"])
            .env("TEST_OLD_BOTTEGA", &old)
            .envs(services.variables());
        process::run(&mut cargo, "The rehearsal")
    })?;
    println!("ok: {revision} gave way to this build, and nobody noticed");
    Ok(())
}

/// The program of an earlier revision, built beside this one's, so that what both depend on is compiled once.
fn build(revision: &str) -> Outcome<PathBuf> {
    let target = members::target()?;
    let kept = target.join("rehearsal");
    fs::create_dir_all(&kept).while_trying("make a folder for the earlier build")?;
    let checkout = Checkout::of(revision, kept.join("sources"))?;
    let mut cargo = process::cargo();
    cargo.current_dir(&checkout.folder).env("CARGO_TARGET_DIR", &target).args(["build", "--package", "api"]);
    process::run(&mut cargo, "cargo build")?;
    let program = kept.join("bottega");
    // This build's will be put in the same place.
    fs::copy(target.join("debug/bottega"), &program).while_trying("keep the earlier build")?;
    Ok(program)
}

impl Checkout {
    fn of(revision: &str, folder: PathBuf) -> Outcome<Self> {
        // A run that was killed outright may have left one.
        remove(&folder);
        let held = held::until_dropped({
            let folder = folder.clone();
            move || remove(&folder)
        });
        let mut worktree = git();
        worktree.args(["worktree", "add", "--detach", "--quiet"]).arg(&folder).arg(revision);
        process::run(&mut worktree, "git worktree")?;
        Ok(Self { folder, _held: held })
    }
}

fn remove(folder: &Path) {
    process::succeeds(git().args(["worktree", "remove", "--force"]).arg(folder));
    // Where Git knows nothing of it any more.
    drop(fs::remove_dir_all(folder));
}

fn git() -> Command {
    let mut git = Command::new("git");
    git.current_dir(members::root());
    git
}
