//! Which commit is deployed: whether it may be, what is written into Git, how that is taken back, and what is believed.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use serde_json::json;

use super::{NEW, OLD, machine};
use crate::operations::cluster::{Cluster, answering, application, in_root};

const PROMOTE: &str = ".github/scripts/promote.sh";
const ROLL_BACK: &str = ".github/scripts/roll-back.sh";
const VALUES: &str = "charts/bottega/values-demo.yaml";

/// A repository whose main says that this commit is deployed, and where it is pushed to.
fn repository_with(deployed: &str) -> Cluster {
    let cluster = machine().with("GITHUB_REPOSITORY", "example/bottega");
    let values = fs::read_to_string(in_root(VALUES)).unwrap();
    let line = values.lines().find(|line| line.starts_with("  tag: ")).unwrap();
    cluster.write(VALUES, &values.replace(line, &format!("  tag: \"{deployed}\"")));
    git(&cluster, &["init", "--quiet", "--initial-branch", "main"]);
    commit(&cluster, ".", "charts");
    git(&cluster, &["init", "--quiet", "--bare", "--initial-branch", "main", "origin"]);
    git(&cluster, &["remote", "add", "origin", cluster.path("origin").to_str().unwrap()]);
    git(&cluster, &["push", "--quiet", "origin", "main"]);
    let output = cluster.path("output").display().to_string();
    cluster.with("GITHUB_OUTPUT", output)
}

fn git(cluster: &Cluster, arguments: &[&str]) -> String {
    let output = Command::new("git").args(arguments).current_dir(cluster.path(".")).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn commit(cluster: &Cluster, folder: &str, what: &str) {
    git(cluster, &["-C", folder, "add", what]);
    let somebody = ["-c", "user.name=a", "-c", "user.email=a@shop.test"];
    let commit = ["commit", "--quiet", "--message", "Change something"];
    git(cluster, &[&["-C", folder][..], &somebody, &commit].concat());
}

/// Somebody else changes a file of main.
fn merge(cluster: &Cluster, file: &str, content: &str) {
    if !cluster.path("elsewhere").exists() {
        git(cluster, &["clone", "--quiet", "origin", "elsewhere"]);
    }
    git(cluster, &["-C", "elsewhere", "pull", "--quiet", "origin", "main"]);
    cluster.write(&format!("elsewhere/{file}"), content);
    commit(cluster, "elsewhere", file);
    git(cluster, &["-C", "elsewhere", "push", "--quiet", "origin", "main"]);
}

/// Argo CD's next sync brings the commit it is asked for.
fn brings_what_is_asked(cluster: &Cluster) {
    let answer = application("Synced", "Healthy", "two").to_string().replace(&"a".repeat(40), "<asked>");
    cluster.write("after/patch/get/application.argoproj.io.bottega", &answer);
}

/// What main says is deployed.
fn deployed(cluster: &Cluster) -> String {
    git(cluster, &["fetch", "--quiet", "origin", "main"]);
    let values = git(cluster, &["show", &format!("FETCH_HEAD:{VALUES}")]);
    values.lines().find_map(|line| line.strip_prefix("  tag: ")).unwrap().trim_matches('"').to_owned()
}

/// What a script told the steps after it.
fn told(cluster: &Cluster) -> String {
    fs::read_to_string(cluster.path("output")).unwrap()
}

#[tokio::test]
async fn a_promotion_is_one_line_and_goes_on_top_of_what_others_merged() {
    let cluster = repository_with(OLD);
    for nonsense in ["main", "bbbbbbb", format!("{NEW}; id").as_str(), ""] {
        let refused = cluster.run_script(PROMOTE, &["--commit", nonsense]).await;
        assert_eq!(refused.refusal(), format!("--commit is '{nonsense}', and must be a commit's 40 digits."));
    }
    merge(&cluster, "README.md", "hello");
    cluster.run_script(PROMOTE, &["--commit", NEW]).await.well();
    let changed = git(&cluster, &["diff", "--unified=0", "origin/main~1", "origin/main"]);
    let lines: Vec<_> = changed
        .lines()
        .filter(|line| line.starts_with(['-', '+']) && !line.starts_with("---") && !line.starts_with("+++"))
        .collect();
    assert_eq!(lines, [format!("-  tag: \"{OLD}\""), format!("+  tag: \"{NEW}\"")]);
    let revision = git(&cluster, &["rev-parse", "origin/main"]);
    assert_eq!(told(&cluster), format!("revision={revision}\nprevious={OLD}\n"));
    assert_eq!(git(&cluster, &["rev-list", "--count", "origin/main"]), "3");
}

#[tokio::test]
async fn there_is_something_to_go_back_to_only_if_something_was_promoted() {
    let first = repository_with(&"0".repeat(40));
    first.run_script(PROMOTE, &["--commit", NEW]).await.well();
    let revision = git(&first, &["rev-parse", "origin/main"]);
    assert_eq!(told(&first), format!("revision={revision}\n"), "nothing was deployed before");
    fs::remove_file(first.path("output")).unwrap();
    first.run_script(PROMOTE, &["--commit", NEW]).await.well();
    assert_eq!(told(&first), format!("revision={revision}\n"), "it says so already");
}

#[tokio::test]
async fn a_promotion_refuses_a_file_it_does_not_know_and_notices_a_main_that_refuses() {
    let cluster = repository_with(OLD);
    cluster.write(VALUES, &format!("image:\n  tag: \"{OLD}\"\n  tag: \"{OLD}\"\n"));
    let broken = cluster.run_script(PROMOTE, &["--commit", NEW]).await;
    assert!(broken.broken().contains("must have one line 'tag: \"<40 digits>\"' under 'image:'"));
    cluster.write(VALUES, "image:\n  tag: latest\n");
    cluster.run_script(PROMOTE, &["--commit", NEW]).await.broken();

    let protected = repository_with(OLD);
    let hook = "origin/hooks/pre-receive";
    protected.write(hook, "#!/bin/sh\necho protected branch >&2\nexit 1\n");
    fs::set_permissions(protected.path(hook), fs::Permissions::from_mode(0o755)).unwrap();
    let refused = protected.run_script(PROMOTE, &["--commit", NEW]).await;
    assert_eq!(refused.broken(), "Main refuses the commit: the message above says why.");
    assert!(refused.stderr.contains("protected branch"), "{refused:#?}");
    assert!(!protected.path("output").exists(), "nothing is synced");
}

#[tokio::test]
async fn a_deployment_is_taken_back_although_main_has_moved() {
    let cluster = repository_with(OLD);
    cluster.run_script(PROMOTE, &["--commit", NEW]).await.well();
    let promotion = git(&cluster, &["rev-parse", "HEAD"]);
    merge(&cluster, "README.md", "hello");
    brings_what_is_asked(&cluster);
    let back = ["--promotion", &promotion, "--previous", OLD];
    let undone = cluster.run_script(ROLL_BACK, &back).await;
    assert!(undone.well().contains(&format!("{OLD} is deployed again")), "{}", undone.report);
    assert_eq!(deployed(&cluster), OLD);
    let asked = format!("\"revision\":\"{}\"", git(&cluster, &["rev-parse", "origin/main"]));
    assert!(undone.calls.iter().any(|call| call.contains(&asked)), "{:#?}", undone.calls);

    cluster.refuses("patch", "Error from server (Forbidden)");
    assert!(cluster.run_script(ROLL_BACK, &back).await.broken().starts_with("The sync was refused"));
    let none = "0".repeat(40);
    let nothing = cluster.run_script(ROLL_BACK, &["--promotion", &promotion, "--previous", &none]).await;
    assert_eq!(nothing.broken(), "Nothing was deployed before: there is nothing to go back to.");
}

#[tokio::test]
async fn what_somebody_has_taken_back_already_is_only_synced() {
    let cluster = repository_with(OLD);
    let values = git(&cluster, &["show", &format!("HEAD:{VALUES}")]);
    cluster.run_script(PROMOTE, &["--commit", NEW]).await.well();
    let promotion = git(&cluster, &["rev-parse", "HEAD"]);
    merge(&cluster, VALUES, &values);
    brings_what_is_asked(&cluster);
    cluster.run_script(ROLL_BACK, &["--promotion", &promotion, "--previous", OLD]).await.well();
    assert_eq!(git(&cluster, &["rev-list", "--count", "origin/main"]), "3", "and no commit more");
}

#[tokio::test]
async fn what_somebody_else_deployed_meanwhile_is_not_taken_back() {
    let cluster = repository_with(OLD);
    cluster.run_script(PROMOTE, &["--commit", NEW]).await.well();
    let promotion = git(&cluster, &["rev-parse", "HEAD"]);
    let values = git(&cluster, &["show", &format!("HEAD:{VALUES}")]);
    let other = "c".repeat(40);
    merge(&cluster, VALUES, &values.replace(NEW, &other));
    let undone = cluster.run_script(ROLL_BACK, &["--promotion", &promotion, "--previous", OLD]).await;
    assert!(undone.broken().contains("cannot be reverted: somebody has changed the same line"));
    assert_eq!(deployed(&cluster), other);
    assert!(undone.calls.is_empty(), "{:?}", undone.calls);
}

#[tokio::test]
async fn only_what_is_on_main_right_and_built_is_promoted() {
    let cluster = repository_with(OLD);
    let head = git(&cluster, &["rev-parse", "HEAD"]);
    cluster.prints("gh-run", "true\n");
    let check = async || cluster.run_script(".github/scripts/check-promotion.sh", &["--commit", &head]).await;
    let well = check().await;
    well.well();
    assert_eq!(
        well.calls,
        [
            format!(
                "gh run list --repo example/bottega --workflow ci.yml --commit {head} --json conclusion --jq \
                 [.[].conclusion] | any(. == \"success\")"
            ),
            format!(
                "aws ecr describe-images --repository-name bottega --image-ids imageTag={head} --output json"
            ),
            "kubectl --namespace argocd get application.argoproj.io/bottega --output json".to_owned(),
        ]
    );
    let stranger = cluster.run_script(".github/scripts/check-promotion.sh", &["--commit", NEW]).await;
    assert_eq!(stranger.broken(), format!("{NEW} is not on main."));
    let mut busy = application("Synced", "Healthy", "one");
    busy["operation"] = json!({"sync": {}});
    cluster.says("get/application.argoproj.io.bottega", &busy);
    assert_eq!(check().await.broken(), "Argo CD is busy with the shop: wait for it.");
    cluster.refuses("ecr-describe-images", "ImageNotFoundException");
    assert_eq!(check().await.broken(), format!("There is no image of {head}."));
    cluster.prints("gh-run", "false\n");
    assert_eq!(check().await.broken(), format!("The workflow ci has not succeeded for {head}."));
    cluster.refuses("gh-run", "HTTP 403: Resource not accessible by integration");
    assert_eq!(check().await.broken(), "GitHub does not tell what became of the commit.");
}

#[tokio::test]
async fn a_deployment_is_not_believed_before_it_answers() {
    let cluster = Cluster::new();
    let port = answering("application/json", "{\"commit\":\"aaaaaaaaaaaa\"}").await;
    let cluster = cluster.with("PUBLIC_URL", format!("http://127.0.0.1:{port}"));
    let broken = cluster.run_script(".github/scripts/smoke.sh", &["--commit", NEW]).await;
    assert!(broken.broken().starts_with(&format!("Another commit than {NEW} answers, or none")));
    let broken = cluster.run_script(".github/scripts/smoke.sh", &["--commit", OLD]).await;
    assert_eq!(broken.broken(), "The catalogue does not answer.");
}
