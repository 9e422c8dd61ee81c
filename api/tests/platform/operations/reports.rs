//! The operations that leave something to read.

use std::fs;

use super::{
    cluster::{Cluster, PODS, answering},
    shop::Shop,
};

#[tokio::test]
async fn export_logs_leaves_a_file_for_each_pod_or_fails() {
    let shop = Shop::open().await;
    let well = shop.cluster.run("export-logs", &["--folder", "logs", "--lines", "500"]).await;
    well.well();
    for (pod, call) in PODS.iter().zip(&well.calls[1..]) {
        assert_eq!(*call, format!("kubectl --namespace bottega logs {pod} --container bottega --tail 500"));
        let lines = fs::read_to_string(shop.cluster.path(&format!("logs/{pod}.log"))).unwrap();
        assert!(lines.contains("listening"), "{lines}");
    }

    shop.cluster.write("log", "");
    let empty = shop.cluster.run("export-logs", &["--folder", "logs"]).await;
    assert_eq!(empty.broken(), "Nothing was read from 2 of 2 pods.");
    assert_eq!(fs::read_dir(shop.cluster.path("logs")).unwrap().count(), 0, "no file pretends to be a log");
    shop.cluster.refuses("logs", "container is creating");
    shop.cluster.run("export-logs", &["--folder", "logs"]).await.broken();
}

#[tokio::test]
async fn performance_snapshot_tells_percentiles_and_fails_without_a_server() {
    let mut shop = Shop::open().await;
    let well = shop.cluster.run("performance-snapshot", &[]).await;
    let line = well.well().lines().find(|line| line.starts_with("| bottega-one | ")).unwrap();
    let cells: Vec<_> = line.split(" | ").collect();
    assert!(cells[2].ends_with(" ms") && cells[3].contains(" ms"), "{line}");
    assert_eq!(well.report.matches(" ms | ").count(), 2 + 2 * 4, "{}", well.report);

    shop.close().await;
    assert!(
        shop.cluster.run("performance-snapshot", &[]).await.broken().contains("does not tell its metrics")
    );
    shop.cluster.refuses("port-forward", "error: unable to forward port because pod is not running");
    assert!(
        shop.cluster
            .run("performance-snapshot", &[])
            .await
            .broken()
            .starts_with("There is no way to port 9090")
    );
    shop.cluster.refuses("top-pods", "error: Metrics API not available");
    assert!(
        shop.cluster.run("performance-snapshot", &[]).await.broken().starts_with("Nobody measures the pods")
    );
}

#[tokio::test]
async fn performance_snapshot_reckons_percentiles_from_the_histogram_of_all_routes() {
    let bucket = |route: &str, le: &str, count: u32| {
        format!(
            "http_request_duration_seconds_bucket{{method=\"GET\",route=\"{route}\",status=\"200\",le=\"{le}\"}} {count}\n"
        )
    };
    let metrics: String = ["/a", "/b"]
        .iter()
        .flat_map(|route| {
            [("0.01", 0), ("0.02", 40), ("0.1", 45), ("+Inf", 50)].map(|(le, n)| bucket(route, le, n))
        })
        .collect();
    let port = answering("text/plain", &metrics).await;
    let cluster = Cluster::new().with("PUBLIC_URL", format!("http://127.0.0.1:{port}"));
    cluster.write("port:9090", &port.to_string());
    let well = cluster.run("performance-snapshot", &[]).await;
    assert!(well.well().contains("| bottega-one | 100 | 16.2 ms | more than 100 ms |"), "{}", well.report);

    cluster.write("port:9090", &answering("text/plain", "").await.to_string());
    let silent = cluster.run("performance-snapshot", &[]).await;
    assert_eq!(silent.broken(), "Pod bottega-one has counted no answer, or tells no metrics.");
}
