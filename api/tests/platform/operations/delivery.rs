//! The steps of a deployment that decide something: what is written into Git, and in which order visitors see what.

use std::{fs, process::Command};

use serde_json::json;

use super::cluster::{Cluster, in_root};

const OLD: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const NEW: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const VALUES: &str = "charts/bottega/values-demo.yaml";

/// A repository whose main says that the old commit is deployed, and where it is pushed to.
fn repository() -> Cluster {
    let cluster = Cluster::new();
    let values = fs::read_to_string(in_root(VALUES)).unwrap();
    let line = values.lines().find(|line| line.starts_with("  tag: ")).unwrap();
    cluster.write(VALUES, &values.replace(line, &format!("  tag: \"{OLD}\"")));
    git(&cluster, &["init", "--quiet", "--initial-branch", "main"]);
    git(&cluster, &["add", "charts"]);
    git(
        &cluster,
        &["-c", "user.name=a", "-c", "user.email=a@shop.test", "commit", "--quiet", "--message", "Begin"],
    );
    git(&cluster, &["init", "--quiet", "--bare", "origin"]);
    git(&cluster, &["remote", "add", "origin", "origin"]);
    git(&cluster, &["push", "--quiet", "origin", "main"]);
    cluster
}

fn git(cluster: &Cluster, arguments: &[&str]) -> String {
    let output = Command::new("git").args(arguments).current_dir(cluster.path(".")).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn a_promotion_is_one_line_and_can_be_taken_back() {
    let cluster = repository();
    let promote = ".github/scripts/promote.sh";
    for nonsense in ["main", "bbbbbbb", format!("{NEW}; id").as_str(), ""] {
        let refused = cluster.run_script(promote, &["--commit", nonsense]).await;
        assert_eq!(refused.refusal(), format!("--commit is '{nonsense}', and must be a commit's 40 digits."));
    }
    let output = cluster.path("output");
    let cluster = cluster.with("GITHUB_OUTPUT", output.display().to_string());
    cluster.run_script(promote, &["--commit", NEW]).await.well();
    let changed = git(&cluster, &["diff", "--unified=0", "origin/main~1", "origin/main"]);
    let lines: Vec<_> = changed
        .lines()
        .filter(|line| line.starts_with(['-', '+']) && !line.starts_with("---") && !line.starts_with("+++"))
        .collect();
    assert_eq!(lines, [format!("-  tag: \"{OLD}\""), format!("+  tag: \"{NEW}\"")]);
    let promotion = git(&cluster, &["rev-parse", "HEAD"]);
    assert_eq!(fs::read_to_string(&output).unwrap(), format!("previous={OLD}\npromotion={promotion}"));

    let back = ["--promotion", promotion.trim(), "--previous", OLD];
    let undone = cluster.run_script(".github/scripts/roll-back.sh", &back).await;
    assert!(undone.stderr.contains("The sync"), "{undone:#?}");
    assert!(fs::read_to_string(cluster.path(VALUES)).unwrap().contains(OLD), "{undone:#?}");
    assert_eq!(git(&cluster, &["rev-list", "--count", "origin/main"]).trim(), "3");
}

#[tokio::test]
async fn a_promotion_refuses_a_file_it_does_not_know() {
    let cluster = repository();
    cluster.write(VALUES, &format!("image:\n  tag: \"{OLD}\"\n  tag: \"{OLD}\"\n"));
    let broken = cluster.run_script(".github/scripts/promote.sh", &["--commit", NEW]).await;
    assert!(broken.broken().contains("must have one line 'tag: \"<40 digits>\"' under 'image:'"));
    cluster.write(VALUES, "image:\n  tag: latest\n");
    cluster.run_script(".github/scripts/promote.sh", &["--commit", NEW]).await.broken();
}

#[tokio::test]
async fn the_page_comes_last_and_what_was_lately_loaded_stays() {
    let cluster =
        Cluster::new().with("STOREFRONT_BUCKET", "storefront").with("CDN_DISTRIBUTION_ID", "E2EXAMPLE1");
    for file in [
        "index.html",
        "web-0123456789abcdef.js",
        "web-0123456789abcdef_bg.wasm",
        "logo.svg",
        "illustrations/a.svg",
    ] {
        cluster.write(&format!("built/{file}"), "x");
        cluster.write(&format!("built/{file}.br"), "x");
    }
    cluster.write("built.policy", "default-src 'self'; script-src 'sha256-x='\n");
    let upload = ".github/scripts/upload-storefront.sh";
    let parts = cluster.run_script(upload, &["--folder", "built", "--part", "parts"]).await;
    parts.well();
    let copies: Vec<_> = parts.calls.iter().map(|call| call.split(' ').nth(4).unwrap()).collect();
    assert_eq!(
        copies,
        ["web-0123456789abcdef.js", "web-0123456789abcdef_bg.wasm", "illustrations/a.svg", "logo.svg"]
            .map(|file| format!("s3://storefront/{file}")),
        "what has a hash first, nothing compressed, no page"
    );
    assert!(
        parts.calls[0].contains("--cache-control public, max-age=31536000, immutable"),
        "{:?}",
        parts.calls
    );
    assert!(!parts.calls[2].contains("immutable"));

    let invalidation = json!({"Invalidation": {"Id": "I1", "Status": "Completed"}});
    cluster.says("cloudfront-create-invalidation", &invalidation);
    cluster.says("cloudfront-get-invalidation", &invalidation);
    cluster.write("state/s3api-head-object", "2026-05-01T12:00:00+00:00\n");
    let object = |key: &str, when: &str| json!({"Key": key, "LastModified": when});
    cluster.says(
        "s3api-list-objects-v2",
        &json!({"Contents": [
            object("index.html", "2026-05-01T12:00:00+00:00"),
            object("logo.svg", "2020-01-01T00:00:00+00:00"),
            object("web-00000000000001.js", "2020-01-01T00:00:00+00:00"),
            object("web-00000000000002.js", "2026-05-01T11:59:00+00:00"),
            object("web-00000000000003.js", "2999-01-01T00:00:00+00:00"),
        ]}),
    );
    let page = cluster.run_script(upload, &["--folder", "built", "--part", "page", "--keep-days", "1"]).await;
    page.well();
    assert_eq!(
        page.calls[1..],
        [
            "aws s3 cp built/index.html s3://storefront/index.html --only-show-errors --cache-control no-cache \
             --content-type text/html; charset=utf-8 --metadata {\"content-security-policy\":\"default-src 'self'; \
             script-src 'sha256-x='\"}",
            "aws cloudfront create-invalidation --distribution-id E2EXAMPLE1 --paths / /illustrations/* /index.html \
             /logo.svg --output json",
            "aws cloudfront get-invalidation --distribution-id E2EXAMPLE1 --id I1 --output json",
            "aws s3api list-objects-v2 --bucket storefront --output json",
            "aws s3 rm s3://storefront/web-00000000000001.js --only-show-errors",
        ],
        "the release before this one stays, however long ago it was"
    );
    cluster.refuses("s3-cp", "AccessDenied");
    assert!(
        cluster
            .run_script(upload, &["--folder", "built", "--part", "page"])
            .await
            .broken()
            .contains("does not take index.html")
    );
}

#[tokio::test]
async fn a_deployment_is_not_believed_before_it_answers() {
    let cluster = Cluster::new();
    let port = super::cluster::answering("application/json", "{\"commit\":\"aaaaaaaaaaaa\"}").await;
    let cluster = cluster.with("PUBLIC_URL", format!("http://127.0.0.1:{port}"));
    let broken = cluster.run_script(".github/scripts/smoke.sh", &["--commit", NEW]).await;
    assert!(broken.broken().starts_with(&format!("Another commit than {NEW} answers, or none")));
    let broken = cluster.run_script(".github/scripts/smoke.sh", &["--commit", OLD]).await;
    assert_eq!(broken.broken(), "The catalogue does not answer.");
}
