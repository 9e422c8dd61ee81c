//! The scripts that only have a tool look, or install one.

use std::{fs, os::unix::fs::symlink};

use super::machine;

#[tokio::test]
async fn known_holes_of_dependencies_are_asked_of_one_version_of_the_tool() {
    let cluster = machine();
    cluster.prints("cargo-deny", "cargo-deny 0.20.2\n");
    let audit = async || cluster.run_script(".github/scripts/audit-dependencies.sh", &[]).await;
    let well = audit().await;
    well.well();
    assert_eq!(well.calls, ["cargo deny --version", "cargo deny check advisories"]);
    cluster.prints("cargo-deny", "cargo-deny 0.19.0\n");
    let older = audit().await;
    assert_eq!(older.calls[1], "cargo install cargo-deny --locked --version 0.20.2");
    cluster.refuses("cargo-deny", "error[vulnerability]");
    assert!(audit().await.broken().starts_with("A dependency has a known hole"));
}

#[tokio::test]
async fn tflint_reads_every_folder_of_terraform() {
    let cluster = machine();
    fs::create_dir(cluster.path("tf")).unwrap();
    let lint = async || cluster.run_script(".github/scripts/tflint.sh", &[]).await;
    let well = lint().await;
    well.well();
    assert!(well.calls[0].starts_with("tflint --init --config /"), "{:?}", well.calls);
    assert!(well.calls[1].starts_with("tflint --recursive --config /"), "{:?}", well.calls);
    assert!(!well.calls[1].contains("--chdir"), "tflint does not take both");
    cluster.refuses("tflint--recursive", "Failed to check ruleset");
    assert!(lint().await.broken().starts_with("tflint found something"));
    cluster.refuses("tflint--init", "429 API rate limit exceeded");
    assert_eq!(lint().await.broken(), "tflint does not get its plugin.");
}

#[tokio::test]
async fn servers_are_installed_and_left_to_the_tests() {
    let cluster = machine();
    let install = async || cluster.run_script(".github/scripts/install-servers.sh", &[]).await;
    let well = install().await;
    well.well();
    assert_eq!(well.calls[2], "sudo systemctl stop postgresql redis-server nginx prometheus");
    cluster.refuses("sudo-apt-get", "E: Unable to locate package");
    assert!(install().await.broken().starts_with("The servers cannot be installed"));
}

#[tokio::test]
async fn a_tool_is_installed_from_the_files_that_are_pinned() {
    let cluster = machine();
    let (temporary, paths) = (cluster.path("temporary"), cluster.path("paths"));
    let cluster = cluster
        .with("RUNNER_TEMP", temporary.display().to_string())
        .with("GITHUB_PATH", paths.display().to_string());
    let bin = temporary.join("trivy/bin");
    fs::create_dir_all(&bin).unwrap();
    // What the environment would bring along.
    symlink(cluster.path("bin/python3"), bin.join("pip")).unwrap();
    let install = async |name| cluster.run_script(".github/scripts/install-tool.sh", &["--name", name]).await;
    let well = install("trivy").await;
    well.well();
    assert!(
        well.calls[1].contains("--require-hashes --only-binary :all: --requirement xtask/tools/trivy.txt")
    );
    assert_eq!(fs::read_to_string(paths).unwrap(), format!("{}\n", bin.display()));

    cluster.refuses("pip-install", "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES");
    assert!(install("trivy").await.broken().starts_with("trivy cannot be installed"));
    cluster.refuses("python3-venv", "No module named venv");
    assert!(install("trivy").await.broken().starts_with("Python cannot make an environment"));
    assert_eq!(install("curl | sh").await.refusal(), "--name is 'curl | sh', and may be one of: trivy.");
}
