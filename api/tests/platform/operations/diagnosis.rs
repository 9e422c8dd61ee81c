//! The operations that only look: what they say when all is well, and that they fail when it is not.

use serde_json::json;

use super::{
    cluster::{Cluster, PODS, answering, deployment, pod, pods},
    shop::Shop,
};

#[tokio::test]
async fn pod_health_fails_when_a_pod_is_not_ready_or_missing() {
    let cluster = Cluster::new();
    let well = cluster.run("pod-health", &[]).await;
    assert!(well.well().contains("| bottega-one | Running | True | 0 | - | node |"), "{}", well.report);
    assert_eq!(
        well.calls,
        [
            "kubectl --namespace bottega get pods --selector \
             app.kubernetes.io/name=bottega,app.kubernetes.io/component=api --output json",
            "kubectl --namespace bottega get deployment/bottega --output json",
            "kubectl --namespace bottega get events --field-selector type=Warning --output json",
            "kubectl --namespace bottega top pods --selector \
             app.kubernetes.io/name=bottega,app.kubernetes.io/component=api",
        ]
    );

    cluster.says("get/pods", &pods(&[pod("bottega-one", "True"), pod("bottega-two", "False")]));
    assert_eq!(cluster.run("pod-health", &[]).await.broken(), "1 of 2 pods are ready, and 2 are wanted.");
    cluster.says("get/pods", &pods(&[pod("bottega-one", "True")]));
    assert_eq!(cluster.run("pod-health", &[]).await.broken(), "1 of 1 pods are ready, and 2 are wanted.");
    cluster.says("get/pods", &pods(&[]));
    cluster.says("get/deployment.bottega", &deployment(0, 0));
    assert!(cluster.run("pod-health", &[]).await.broken().starts_with("No pod of the API runs"));
    cluster.refuses("get", "error: You must be logged in to the server");
    let away = cluster.run("pod-health", &[]).await;
    assert!(away.broken().contains("does not tell 'pods'") && away.stderr.contains("logged in"), "{away:?}");
}

#[tokio::test]
async fn pod_logs_shows_each_pods_lines_and_fails_without_them() {
    let cluster = Cluster::new();
    // A line that would end a block, or be obeyed by a runner, had it been printed.
    cluster.write("log", "```\n::add-mask::x\nlast\n");
    let well = cluster.run("pod-logs", &["--lines", "50", "--run", "previous"]).await;
    assert!(well.well().contains("\n    ```\n    ::add-mask::x\n    last\n"), "{}", well.report);
    assert_eq!(
        well.calls[1..],
        PODS.map(|pod| format!(
            "kubectl --namespace bottega logs {pod} --container bottega --tail 50 --previous"
        ))
    );
    let eight: Vec<_> = (0..8).map(|number| pod(&format!("bottega-{number}"), "True")).collect();
    cluster.says("get/pods", &pods(&eight));
    cluster.write("log", &format!("{}\n", "x".repeat(1999)).repeat(500));
    let long = cluster.run("pod-logs", &["--lines", "500"]).await;
    assert!(long.well().len() < 1 << 20, "GitHub shows nothing of a longer page: {}", long.report.len());

    cluster.says("get/pods", &pods(&PODS.map(|name| pod(name, "True"))));
    cluster.refuses("logs", "previous terminated container not found");
    let broken = cluster.run("pod-logs", &["--run", "previous"]).await;
    assert!(broken.broken().starts_with("The log of 2 pods cannot be read"));
    assert!(broken.report.contains("    previous terminated container not found"), "{}", broken.report);
}

#[tokio::test]
async fn service_health_fails_when_the_server_the_database_or_redis_is_away() {
    let mut shop = Shop::open().await;
    let well = shop.cluster.run("service-health", &[]).await;
    assert_eq!(well.well().matches("| well |").count(), 2, "{}", well.report);
    assert_eq!(
        well.calls[1..],
        PODS.map(|pod| format!(
            "kubectl --namespace bottega exec {pod} --container bottega -- /usr/local/bin/bottega doctor --http \
             http://127.0.0.1:4000/ready?strict=true"
        ))
    );

    shop.database.cut();
    // For so long a server believes what it has just looked up.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let broken = shop.cluster.run("service-health", &["--endpoint", "products"]).await;
    assert_eq!(broken.broken(), "1 checks of the service failed: see above.");
    assert!(
        broken.report.contains("the database is away") || broken.report.contains("answers 503"),
        "{}",
        broken.report
    );
    shop.cluster.run("service-health", &["--endpoint", "ready"]).await.broken();
    shop.cluster.run("service-health", &["--endpoint", "health"]).await.well();

    shop.close().await;
    let broken = shop.cluster.run("service-health", &["--endpoint", "health"]).await;
    broken.broken();
    assert!(broken.report.contains("does not answer: curl: (7)"), "{}", broken.report);
}

#[tokio::test]
async fn service_health_takes_no_page_for_an_answer() {
    // What a CDN answers that turns errors into pages.
    let port = answering("text/html", "<!doctype html>").await;
    let cluster = Cluster::new().with("PUBLIC_URL", format!("http://127.0.0.1:{port}"));
    let broken = cluster.run("service-health", &["--endpoint", "products"]).await;
    broken.broken();
    assert!(broken.report.contains("| is no JSON but 'text/html' |"), "{}", broken.report);
    let port = answering("application/json", "<!doctype html>").await;
    let cluster = cluster.with("PUBLIC_URL", format!("http://127.0.0.1:{port}"));
    cluster.run("service-health", &["--endpoint", "health"]).await.broken();
}

#[tokio::test]
async fn database_test_fails_when_the_database_is_away_and_when_its_tables_are_old() {
    let shop = Shop::open().await;
    let well = shop.cluster.run("database-test", &[]).await;
    assert_eq!(well.well().matches("    ok      database: PostgreSQL").count(), 2, "{}", well.report);
    assert_eq!(
        well.calls[1..],
        PODS.map(|pod| format!(
            "kubectl --namespace bottega exec {pod} --container bottega -- /usr/local/bin/bottega doctor --database"
        ))
    );

    shop.database.cut();
    let broken = shop.cluster.run("database-test", &[]).await;
    assert!(broken.broken().starts_with("The database is not there for every pod"));
    assert!(broken.report.contains("    FAILED  database: "), "{}", broken.report);
    shop.database.mend();
    shop.cluster.run("database-test", &[]).await.well();

    shop.cluster.refuses("exec", "error: unable to upgrade connection: container not found");
    shop.cluster.run("database-test", &[]).await.broken();
    shop.cluster.says("get/pods", &pods(&[]));
    assert!(shop.cluster.run("database-test", &[]).await.broken().starts_with("No pod of the API runs"));
}

#[tokio::test]
async fn redis_status_fails_when_redis_is_away() {
    let mut shop = Shop::open().await;
    let well = shop.cluster.run("redis-status", &[]).await;
    assert_eq!(well.well().matches("    redis:  in use").count(), 2, "{}", well.report);
    assert_eq!(
        well.calls[4],
        "kubectl --namespace bottega exec bottega-one --container bottega -- \
        /usr/local/bin/bottega cache stats"
    );

    shop.redis.kill().await;
    let broken = shop.cluster.run("redis-status", &[]).await;
    assert!(broken.broken().starts_with("Redis is not there for every pod"));
    assert!(broken.report.contains("    FAILED  redis: "), "{}", broken.report);
}

#[tokio::test]
async fn deployment_info_fails_while_pods_run_another_image() {
    let cluster = Cluster::new();
    let well = cluster.run("deployment-info", &[]).await;
    assert!(well.well().contains("| Synced | Healthy |"), "{}", well.report);
    assert_eq!(well.calls[4], "kubectl --namespace argocd get application.argoproj.io/bottega --output json");

    let mut old = pod("bottega-two", "True");
    old["spec"]["containers"][0]["image"] = json!("registry.test/bottega:old");
    cluster.says("get/pods", &pods(&[pod("bottega-one", "True"), old]));
    assert!(cluster.run("deployment-info", &[]).await.broken().starts_with("1 pods run another image than"));
    cluster.refuses("get", "Error from server (NotFound)");
    cluster.run("deployment-info", &[]).await.broken();
}

#[tokio::test]
async fn recent_errors_tells_of_answers_that_failed_and_of_what_is_no_json() {
    let shop = Shop::open().await;
    shop.get("/api/catalog/products").await;
    let well = shop.cluster.run("recent-errors", &["--minutes", "5"]).await;
    assert!(well.well().contains("| Errors | 0 |"), "{}", well.report);
    assert_eq!(well.calls[2], "kubectl --namespace bottega logs bottega-one --container bottega --since 5m");

    shop.database.cut();
    assert_eq!(shop.get("/api/catalog/products?page=3").await, Some(503));
    crate::support::within(crate::support::PATIENCE, "the answer is logged", async || {
        shop.log().contains("\"status\":503").then_some(())
    })
    .await;
    let broken = shop.cluster.run("recent-errors", &[]).await;
    assert!(broken.broken().contains("tell of something that went wrong"), "{}", broken.report);
    assert!(!broken.report.contains("| Answers of 500 and above | 0 |"), "{}", broken.report);

    let cluster = Cluster::new();
    cluster.write("log", "thread panicked\n");
    assert_eq!(
        cluster.run("recent-errors", &[]).await.broken(),
        "2 lines in the last 15 minutes tell of something that went wrong."
    );
    cluster.refuses("logs", "container is creating");
    assert!(
        cluster.run("recent-errors", &[]).await.broken().contains("cannot be read: container is creating")
    );
}
