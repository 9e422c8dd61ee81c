//! The operations that change something: what exactly they ask for, and that they notice when it has no effect.

use serde_json::{Value, json};

use super::{
    cluster::{Cluster, application, autoscaler, deployment, pod, pods},
    shop::Shop,
};

#[tokio::test]
async fn pod_restart_fails_when_an_old_pod_is_left() {
    let cluster = Cluster::new();
    let unchanged = cluster.run("pod-restart", &[]).await;
    assert_eq!(unchanged.broken(), "2 pods are still those of before.");
    assert_eq!(
        unchanged.calls[1..3],
        [
            "kubectl --namespace bottega rollout restart deployment/bottega",
            "kubectl --namespace bottega rollout status deployment/bottega --timeout 3s",
        ]
    );
    cluster.says_after(
        "rollout-restart",
        "get/pods",
        &pods(&[pod("new-one", "True"), pod("new-two", "True")]),
    );
    cluster.run("pod-restart", &[]).await.well();
    cluster.refuses("rollout-status", "error: timed out waiting for the condition");
    assert!(cluster.run("pod-restart", &[]).await.broken().starts_with("The new pods do not become ready"));
}

#[tokio::test]
async fn scale_replicas_sets_the_bounds_and_waits_for_the_pods() {
    let cluster = Cluster::new();
    cluster.says_after("patch", "get/horizontalpodautoscaler.bottega", &autoscaler(3, 5));
    let bounds = ["--minimum", "3", "--maximum", "5"];
    let waiting = cluster.run("scale-replicas", &bounds).await;
    assert!(waiting.broken().starts_with("The pods are not between 3 and 5, all ready, after 3 seconds"));
    cluster.says_after("patch", "get/deployment.bottega", &deployment(3, 3));
    let well = cluster.run("scale-replicas", &bounds).await;
    well.well();
    assert_eq!(
        well.calls[1],
        "kubectl --namespace bottega patch horizontalpodautoscaler/bottega --type merge --patch \
         {\"spec\":{\"minReplicas\":3,\"maxReplicas\":5}}"
    );

    // Somebody else has the last word: the patch was accepted, and has no effect.
    let overruled = Cluster::new();
    overruled.says("get/deployment.bottega", &deployment(3, 3));
    assert_eq!(
        overruled.run("scale-replicas", &bounds).await.broken(),
        "Somebody has set other bounds meanwhile."
    );
    overruled.refuses("patch", "Error from server (Forbidden)");
    assert!(
        overruled.run("scale-replicas", &bounds).await.broken().starts_with("The autoscaler was not changed")
    );
}

#[tokio::test]
async fn clear_cache_proves_that_every_pod_has_forgotten() {
    let shop = Shop::open().await;
    for (what, proofs) in [("catalog", 2), ("search", 2), ("all", 4)] {
        let well = shop.cluster.run("clear-cache", &["--what", what]).await;
        assert_eq!(well.well().matches("| bottega; fwd=miss |").count(), proofs, "{}", well.report);
        let clearing = match what {
            "all" => "/usr/local/bin/bottega cache clear".to_owned(),
            what => format!("/usr/local/bin/bottega cache clear --tag {what}"),
        };
        let calls: Vec<_> = well.calls.iter().filter(|call| call.contains(" exec ")).collect();
        assert_eq!(
            calls,
            [&format!("kubectl --namespace bottega exec bottega-one --container bottega -- {clearing}")]
        );
    }
    let users = shop.cluster.run("clear-cache", &["--what", "users"]).await;
    assert!(users.well().contains("The change is committed"), "{}", users.report);
}

#[tokio::test]
async fn clear_cache_fails_when_nothing_was_forgotten() {
    let shop = Shop::open().await;
    // A program that says it has cleared, and has not.
    let lying = shop.cluster.with("POD_PROGRAM", "/bin/true");
    assert_eq!(
        lying.run("clear-cache", &["--what", "catalog"]).await.broken(),
        "Pods that still answer from what they kept before: bottega-one bottega-two."
    );
    shop.database.cut();
    let away = lying.with("POD_PROGRAM", env!("CARGO_BIN_EXE_bottega"));
    assert!(
        away.run("clear-cache", &["--what", "users"]).await.broken().starts_with("The clearing was refused")
    );
    away.run("clear-cache", &["--what", "all"]).await.broken();
}

#[tokio::test]
async fn argocd_sync_starts_a_sync_of_its_own_and_waits_for_health() {
    let cluster = Cluster::new();
    let revision = "a".repeat(40);
    let application_file = "get/application.argoproj.io.bottega";
    let hanging = cluster.run("argocd-sync", &[]).await;
    assert_eq!(
        hanging.broken(),
        "The sync was not over after 3 seconds, and was stopped.",
        "the operation before it is not taken for this one"
    );
    assert!(
        hanging.calls.contains(
            &"kubectl --namespace argocd patch application.argoproj.io/bottega --type merge --patch \
              {\"status\":{\"operationState\":{\"phase\":\"Terminating\"}}}"
                .to_owned()
        ),
        "or nobody could sync: {:?}",
        hanging.calls
    );
    cluster.says_after("patch", application_file, &application("Synced", "Healthy", "two"));
    let well = cluster.run("argocd-sync", &["--revision", &revision]).await;
    well.well();
    assert_eq!(
        well.calls[1..3],
        [
            "kubectl --namespace argocd annotate application.argoproj.io/bottega argocd.argoproj.io/refresh=normal \
             --overwrite"
                .to_owned(),
            format!(
                "kubectl --namespace argocd patch application.argoproj.io/bottega --type merge --patch \
                 {{\"operation\":{{\"initiatedBy\":{{\"username\":\"operations\"}},\"sync\":{{\"syncStrategy\":\
                 {{\"hook\":{{}}}},\"syncOptions\":[\"CreateNamespace=true\"],\"prune\":true,\"revision\":\
                 \"{revision}\"}},\"retry\":{{\"limit\":3}}}}}}"
            ),
        ]
    );

    let again = |answer: &Value| {
        cluster.says(application_file, &application("Synced", "Healthy", "one"));
        cluster.says_after("patch", application_file, answer);
    };
    again(&application("Synced", "Degraded", "two"));
    assert!(cluster.run("argocd-sync", &[]).await.broken().contains("not synced and healthy"));
    again(&application("Synced", "Healthy", "two"));
    let other = "b".repeat(40);
    assert!(
        cluster
            .run("argocd-sync", &["--revision", &other])
            .await
            .broken()
            .starts_with("The sync brought aaaa")
    );
    let mut unseen = application("Synced", "Healthy", "two");
    unseen["status"]["reconciledAt"] = json!("2026-01-01T00:00:00Z");
    again(&unseen);
    let early = cluster.run("argocd-sync", &[]).await;
    assert!(
        early.broken().starts_with("The sync was not over"),
        "what was said before the sync is of no worth"
    );

    let mut gone_on = application("OutOfSync", "Healthy", "two");
    gone_on["status"]["sync"]["revision"] = json!(other);
    again(&gone_on);
    cluster.run("argocd-sync", &["--revision", &revision]).await.well();
    again(&gone_on);
    assert!(cluster.run("argocd-sync", &[]).await.broken().contains("not synced and healthy"));

    let mut failed = application("OutOfSync", "Healthy", "two");
    failed["status"]["operationState"]["phase"] = json!("Failed");
    again(&failed);
    assert_eq!(cluster.run("argocd-sync", &[]).await.broken(), "The sync of bottega ended as Failed.");
    let mut busy = application("Synced", "Healthy", "one");
    busy["operation"] = json!({"sync": {}});
    again(&busy);
    assert!(cluster.run("argocd-sync", &[]).await.broken().contains("and cannot be stopped"));
    cluster.says(application_file, &busy);
    assert!(cluster.run("argocd-sync", &[]).await.broken().contains("already under way"));
}

#[tokio::test]
async fn cloudfront_invalidate_waits_until_it_is_complete() {
    let cluster = Cluster::new().with("CDN_DISTRIBUTION_ID", "E2EXAMPLE1");
    let invalidation = |status: &str| json!({"Invalidation": {"Id": "I1", "Status": status}});
    cluster.says("cloudfront-create-invalidation", &invalidation("InProgress"));
    cluster.says("cloudfront-get-invalidation", &invalidation("Completed"));
    for (paths, patterns) in [("storefront", "/ /index.html"), ("api", "/api/*"), ("all", "/*")] {
        let well = cluster.run("cloudfront-invalidate", &["--paths", paths]).await;
        well.well();
        assert_eq!(
            well.calls,
            [
                format!(
                    "aws cloudfront create-invalidation --distribution-id E2EXAMPLE1 --paths {patterns} --output json"
                ),
                "aws cloudfront get-invalidation --distribution-id E2EXAMPLE1 --id I1 --output json"
                    .to_owned(),
            ]
        );
    }
    cluster.says("cloudfront-get-invalidation", &invalidation("InProgress"));
    assert_eq!(
        cluster.run("cloudfront-invalidate", &["--paths", "api"]).await.broken(),
        "Invalidation I1 is not complete after 3 seconds."
    );
    cluster.refuses("cloudfront-create-invalidation", "AccessDenied");
    assert!(cluster.run("cloudfront-invalidate", &["--paths", "api"]).await.broken().contains("refused"));
}

#[tokio::test]
async fn connect_names_what_is_missing() {
    let cluster = Cluster::new().with("CLUSTER_NAME", "bottega-demo").with("AWS_REGION", "us-east-1");
    let well = cluster.run("connect", &[]).await;
    assert_eq!(well.code, Some(0), "{well:?}");
    assert_eq!(
        well.calls,
        [
            "aws eks update-kubeconfig --name bottega-demo --region us-east-1",
            "kubectl --request-timeout=20s auth whoami"
        ]
    );
    cluster.refuses("auth-whoami", "error: You must be logged in to the server (Unauthorized)");
    assert!(cluster.run("connect", &[]).await.broken().contains("among its access entries?"));
}
