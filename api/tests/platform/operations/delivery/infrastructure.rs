//! What the shop stands on: Terraform's layers, and Argo CD.

use std::fs;

use serde_json::json;

use super::machine;
use crate::operations::cluster::{Cluster, Ended, application};

fn with_layers() -> Cluster {
    machine()
        .with("RUN", "7")
        .with("STATE_BUCKET", "states")
        .with("AWS_REGION", "us-east-1")
        .with("TERRAFORM_VARIABLES", r#"{"services": {"waf_enabled": true}}"#)
}

async fn terraform(cluster: &Cluster, step: &str) -> Ended {
    let arguments = ["--layer", "services", "--step", step];
    cluster.run_script(".github/scripts/terraform.sh", &arguments).await
}

#[tokio::test]
async fn a_layer_is_planned_with_all_it_has_to_be_told_and_its_plan_kept() {
    let cluster = with_layers();
    cluster.prints("terraform-plan", "the plan");
    cluster.prints("terraform-show", "+ a thing\nPlan: 1 to add, 0 to change, 0 to destroy.\n");
    let well = terraform(&cluster, "plan").await;
    assert!(well.well().contains("Plan: 1 to add"), "{}", well.report);
    let terraform_in = "terraform -chdir=tf/environments/demo/services";
    assert_eq!(
        well.calls[0],
        format!(
            "{terraform_in} init -input=false -no-color -backend-config=bucket=states -backend-config=region=us-east-1"
        )
    );
    let told = "plan -input=false -no-color -var region=us-east-1 -var state_bucket=states -var-file=";
    assert!(well.calls[1].starts_with(&format!("{terraform_in} {told}")), "{}", well.calls[1]);
    let variables: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(cluster.path("variables")).unwrap()).unwrap();
    assert_eq!(variables, json!({"waf_enabled": true}), "its own alone");
    assert!(well.calls[3].ends_with("/plan s3://states/demo/plans/7-services.tfplan --only-show-errors"));
    assert!(fs::read_to_string(cluster.path("plan-services.txt")).unwrap().contains("+ a thing"));

    cluster.refuses("s3-cp", "AccessDenied");
    assert_eq!(terraform(&cluster, "plan").await.broken(), "The bucket does not keep the plan.");
    cluster.refuses("terraform-plan", "Error: Unsupported argument");
    assert_eq!(terraform(&cluster, "plan").await.broken(), "The layer services cannot be planned.");
    cluster.refuses("terraform-init", "Error: Failed to get existing workspaces");
    assert!(terraform(&cluster, "plan").await.broken().starts_with("The state of services is out of reach"));
    let cluster = cluster.with("TERRAFORM_VARIABLES", "waf_enabled = true");
    assert_eq!(
        terraform(&cluster, "plan").await.refusal(),
        "TERRAFORM_VARIABLES must be a JSON object with a key for each layer."
    );
}

#[tokio::test]
async fn exactly_the_plan_of_this_run_is_applied() {
    let cluster = with_layers();
    let well = terraform(&cluster, "apply").await;
    well.well();
    let kept = "aws s3 cp s3://states/demo/plans/7-services.tfplan ";
    assert!(well.calls[1].starts_with(kept), "{}", well.calls[1]);
    let plan = well.calls[1].strip_prefix(kept).unwrap().split(' ').next().unwrap();
    assert_eq!(
        well.calls[2],
        format!("terraform -chdir=tf/environments/demo/services apply -input=false -no-color {plan}")
    );
    cluster.refuses("terraform-apply", "Error: Saved plan is stale");
    assert!(terraform(&cluster, "apply").await.broken().contains("was not applied as a whole"));
    cluster.refuses("s3-cp", "404");
    let none = terraform(&cluster, "apply").await;
    assert_eq!(none.broken(), "There is no plan of services from this run.");
    assert_eq!(none.calls.len(), 2, "nothing is applied: {:?}", none.calls);
}

async fn argocd(cluster: &Cluster, action: &str) -> Ended {
    cluster.run_script(".github/scripts/argocd.sh", &["--action", action]).await
}

#[tokio::test]
async fn argo_cd_is_installed_and_deploys_what_the_shop_needs_but_not_the_shop() {
    let cluster = machine();
    let needed = [
        "external-secrets",
        "aws-load-balancer-controller",
        "metrics-server",
        "cluster-autoscaler",
        "addons",
    ];
    for name in needed {
        // Each sync begins when it is asked for.
        let question = format!("get/application.argoproj.io.{name}");
        cluster.says(&question, &application("Synced", "Healthy", "<now>"));
    }
    let well = argocd(&cluster, "install").await;
    well.well();
    assert!(well.calls[0].starts_with("helm upgrade argocd argo-cd --install --repo https://"));
    assert!(
        well.calls[1].starts_with("helm upgrade bottega-argocd ") && well.calls[1].contains(" --install ")
    );
    let synced: Vec<_> = well
        .calls
        .iter()
        .filter(|call| call.contains(" patch "))
        .map(|call| call.split(['/', ' ']).nth(5).unwrap())
        .collect();
    assert_eq!(synced, needed);

    cluster.refuses("patch", "Error from server (Forbidden)");
    assert_eq!(
        argocd(&cluster, "install").await.broken(),
        "What the shop needs is not there: external-secrets."
    );
    cluster.refuses("helm-upgrade", "Error: context deadline exceeded");
    assert!(argocd(&cluster, "install").await.broken().starts_with("Argo CD is not up"));
}

#[tokio::test]
async fn argo_cd_goes_without_what_it_has_deployed() {
    let cluster = machine();
    let question = "get/applications.argoproj.io";
    cluster.says(question, &json!({"items": [{"metadata": {"name": "bottega"}}]}));
    let well = argocd(&cluster, "uninstall").await;
    assert!(well.well().contains("What it had deployed goes on"), "{}", well.report);
    let gone: Vec<_> = well.calls.iter().filter_map(|call| call.strip_prefix("helm uninstall ")).collect();
    assert!(gone[0].starts_with("bottega-argocd ") && gone[1].starts_with("argocd "), "{gone:?}");

    cluster.refuses("helm-uninstall", "Error: timed out");
    assert!(argocd(&cluster, "uninstall").await.broken().starts_with("The applications do not go"));
    let finalizers = ["resources-finalizer.argocd.argoproj.io"];
    cluster.says(question, &json!({"items": [{"metadata": {"name": "bottega", "finalizers": finalizers}}]}));
    let refused = argocd(&cluster, "uninstall").await;
    assert!(refused.broken().contains("would go what they have deployed: bottega."), "{refused:#?}");
    assert!(!refused.calls.iter().any(|call| call.starts_with("helm ")), "{:?}", refused.calls);
}
