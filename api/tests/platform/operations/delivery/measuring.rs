//! Visitors sent to the shop, and scenarios measured on a runner: what came of it is told, also where a limit is missed.

use std::process::Command;

use super::machine;
use crate::operations::cluster::{Cluster, Ended};

async fn load(cluster: &Cluster, users: &str, orders: &str) -> Ended {
    let arguments = ["--scenario", "smoke", "--users", users, "--orders", orders, "--html", "report.html"];
    cluster.run_script(".github/scripts/load.sh", &arguments).await
}

#[tokio::test]
async fn a_load_test_shows_its_results_and_fails_where_a_limit_is_missed() {
    let cluster = machine().with("PUBLIC_URL", "https://shop.test");
    cluster.prints("cargo-run", "| p95 | 120 ms |\n");
    let well = load(&cluster, "usual", "no").await;
    assert!(well.well().contains("| p95 | 120 ms |"), "{}", well.report);
    assert!(well.calls[1].starts_with(
        "cargo run --release --quiet -p perf -- load smoke --url https://shop.test --html report.html --markdown "
    ));
    assert!(!well.calls[1].contains("--users") && !well.calls[1].contains("--orders"), "{}", well.calls[1]);
    let crowd = load(&cluster, "200", "yes").await;
    assert!(crowd.calls[1].ends_with(" --users 200 --orders"), "{}", crowd.calls[1]);

    cluster.refuses("cargo-run", "perf: 3 % of the requests failed, and 1 % may.");
    let missed = load(&cluster, "usual", "no").await;
    assert_eq!(missed.broken(), "3 % of the requests failed, and 1 % may.");
    assert!(missed.report.contains("| p95 | 120 ms |"), "what was seen is told: {}", missed.report);
    cluster.refuses("cargo-build", "error: could not compile");
    assert!(load(&cluster, "usual", "no").await.broken().starts_with("The visitors cannot be built"));

    assert!(load(&cluster, "1001", "no").await.refusal().contains("must be a whole number from 1 to 1000"));
    assert!(load(&cluster, "usual", "maybe").await.refusal().contains("may be one of: no yes."));
    let homeless = machine();
    assert!(load(&homeless, "usual", "no").await.refusal().starts_with("PUBLIC_URL must be set"));
}

#[tokio::test]
async fn a_measurement_shows_its_result_and_fails_where_a_bound_is_broken() {
    let cluster = machine();
    let made = Command::new("git").args(["init", "--quiet"]).current_dir(cluster.path(".")).status().unwrap();
    assert!(made.success());
    cluster.write("perf/results/startup.md", "| Ready after | 20 ms |\n");
    let measure = async || cluster.run_script(".github/scripts/measure.sh", &["--scenario", "startup"]).await;
    let well = measure().await;
    assert!(well.well().contains("| Ready after | 20 ms |"), "{}", well.report);
    assert_eq!(well.calls, ["cargo run --release -p perf -- startup --save"]);
    cluster.refuses("cargo-run", "perf: too slow");
    let broken = measure().await;
    assert!(broken.broken().starts_with("startup breaks its bound"), "{broken:#?}");
    assert!(broken.report.contains("| Ready after | 20 ms |"), "{}", broken.report);
}
