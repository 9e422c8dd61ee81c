//! What the scripts are asked: they say how, refuse anything else in one sentence, and then have called nobody.

use std::os::unix::fs::PermissionsExt;

use super::cluster::{Cluster, in_root};

/// What is run, and not read by others. That none is missing, `cargo xtask check portal` says.
fn scripts() -> Vec<String> {
    let in_folder = |folder: &str| {
        let names = std::fs::read_dir(in_root(folder)).unwrap().map(|file| file.unwrap().file_name());
        let paths = names.map(|name| format!("{folder}/{}", name.to_str().unwrap()));
        paths.filter(|path| !path.ends_with("/lib.sh")).collect::<Vec<_>>()
    };
    [in_folder("charts/ops"), in_folder(".github/scripts")].concat()
}

#[tokio::test]
async fn every_script_says_what_it_is_for_what_it_needs_and_when_it_fails() {
    for path in &scripts() {
        let mode = std::fs::metadata(in_root(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{path} can be run");
        let help = std::process::Command::new(in_root(path)).arg("--help").output().unwrap();
        assert!(help.status.success(), "{path}: {help:?}");
        let text = String::from_utf8(help.stdout).unwrap();
        for part in [&format!("Usage: {path}"), "Needs: ", "Fails when "] {
            assert!(text.contains(part), "{path} does not say «{part}»: {text}");
        }
        assert!(!text.contains("set -euo"), "{path}: {text}");
    }
}

#[tokio::test]
async fn what_no_script_knows_is_refused() {
    let cluster = Cluster::new().with("PUBLIC_URL", "http://127.0.0.1:1");
    for path in &scripts() {
        let refused = cluster.run_script(path, &["--nonsense", "1"]).await;
        assert_eq!(refused.refusal(), "There is no option '--nonsense': --help lists them.", "{path}");
        let refused = cluster.run_script(path, &["; id"]).await;
        assert_eq!(refused.refusal(), "There is no option '; id': --help lists them.", "{path}");
    }
    assert_eq!(
        cluster.run("pod-logs", &["--lines"]).await.refusal(),
        "--lines needs a value: --help tells which."
    );
}

#[tokio::test]
async fn a_value_is_one_of_its_choices_or_refused() {
    let cluster =
        Cluster::new().with("PUBLIC_URL", "http://127.0.0.1:1").with("CDN_DISTRIBUTION_ID", "E2EXAMPLE1");
    let refusals = [
        ("pod-logs", &["--lines", "1000"][..], "--lines is '1000', and may be one of: 50 100 200 500."),
        ("pod-logs", &["--run", "first"], "--run is 'first', and may be one of: current previous."),
        ("recent-errors", &["--minutes", "10; id"], "--minutes is '10; id', and may be one of: 5 15 60 360."),
        (
            "export-logs",
            &["--folder", "logs", "--lines", "1"],
            "--lines is '1', and may be one of: 500 1000 2000 5000.",
        ),
        ("export-logs", &["--folder", "$(id)"], "--folder is '$(id)', and must be a folder's path."),
        (
            "service-health",
            &["--endpoint", "/"],
            "--endpoint is '/', and may be one of: all health ready products.",
        ),
        ("clear-cache", &[], "--what is '', and may be one of: catalog search users all."),
        (
            "clear-cache",
            &["--what", "user:1"],
            "--what is 'user:1', and may be one of: catalog search users all.",
        ),
        ("argocd-sync", &["--revision", "main"], "--revision is 'main', and must be a commit's 40 digits."),
        (
            "argocd-sync",
            &["--application", "x; id"],
            "--application is 'x; id', and must be an application's name.",
        ),
        (
            "cloudfront-invalidate",
            &["--paths", "/*"],
            "--paths is '/*', and may be one of: storefront api all.",
        ),
        (
            "scale-replicas",
            &["--minimum", "1", "--maximum", "3"],
            "--minimum is '1', and must be a whole number from 2 to 7.",
        ),
        (
            "scale-replicas",
            &["--minimum", "2", "--maximum", "8"],
            "--maximum is '8', and must be a whole number from 2 to 7.",
        ),
        (
            "scale-replicas",
            &["--minimum", "2", "--maximum", "3x"],
            "--maximum is '3x', and must be a whole number from 2 to 7.",
        ),
        ("scale-replicas", &["--minimum", "5", "--maximum", "3"], "--minimum 5 is more than --maximum 3."),
    ];
    for (operation, arguments, sentence) in refusals {
        assert_eq!(cluster.run(operation, arguments).await.refusal(), sentence, "{operation} {arguments:?}");
    }
}

#[tokio::test]
async fn what_the_environment_must_say_is_asked_for() {
    let cluster = Cluster::new().with("PUBLIC_URL", "https://shop.test/$(id)");
    for operation in ["service-health", "performance-snapshot"] {
        assert_eq!(
            cluster.run(operation, &[]).await.refusal(),
            "PUBLIC_URL must be set to the shop's address, like https://shop.example.com."
        );
    }
    assert_eq!(
        cluster.run("cloudfront-invalidate", &["--paths", "all"]).await.refusal(),
        "CDN_DISTRIBUTION_ID must be set to the CDN's id, like E2EXAMPLE1."
    );
    let cluster = cluster.with("CLUSTER_NAME", "bottega-demo");
    assert_eq!(
        cluster.run("connect", &[]).await.refusal(),
        "AWS_REGION must be set to the region of the cluster, like us-east-1."
    );
}
