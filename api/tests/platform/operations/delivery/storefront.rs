//! The storefront on its way from the image to visitors: where it comes from, and in which order they see what.

use std::fs;

use serde_json::json;

use super::{NEW, REGISTRY, machine};
use crate::operations::cluster::{Cluster, answering};

const FETCH: &str = ".github/scripts/fetch-storefront.sh";

/// A machine where the image of a commit starts, with its storefront, and answers here.
fn with_image(port: u16) -> Cluster {
    let cluster = machine();
    cluster.prints("ecr-get-login-password", "password");
    cluster.prints("docker-run", "c1\n");
    cluster.prints("docker-port", &format!("127.0.0.1:{port}\n"));
    cluster.prints("docker-inspect", "true\n");
    cluster.write("image/index.html", "<title>Bottega");
    cluster
}

#[tokio::test]
async fn the_storefront_comes_out_of_the_image_with_its_policy() {
    let page = "text/html\r\nContent-Security-Policy: default-src 'self'";
    let cluster = with_image(answering(page, "<title>Bottega").await);
    let fetch = async || cluster.run_script(FETCH, &["--commit", NEW, "--folder", "built"]).await;
    let well = fetch().await;
    well.well();
    let image = format!("{REGISTRY}/bottega:{NEW}");
    let started = format!(
        "docker run --detach --publish 127.0.0.1::4000 --tmpfs /data:uid=65532 --workdir /data \
         --env APP_ENV=development {image}"
    );
    assert!(well.calls.contains(&started), "{:#?}", well.calls);
    assert_eq!(well.calls.last().unwrap(), "docker rm --force c1");
    assert_eq!(fs::read_to_string(cluster.path("password")).unwrap(), "password");
    assert_eq!(fs::read_to_string(cluster.path("built.policy")).unwrap(), "default-src 'self'\n");
    assert_eq!(fs::read_to_string(cluster.path("built/index.html")).unwrap(), "<title>Bottega");

    cluster.prints("docker-inspect", "false\n");
    cluster.prints("docker-logs", "starting\nPORT must be a number.\n");
    assert_eq!(fetch().await.broken(), format!("The image of {NEW} stops: PORT must be a number."));
    cluster.refuses("docker-run", "manifest unknown");
    assert_eq!(fetch().await.broken(), format!("The image of {NEW} does not start."));
    cluster.refuses("docker-login", "denied");
    assert_eq!(fetch().await.broken(), format!("The registry {REGISTRY} does not let this role in."));

    let bare = with_image(answering("text/html", "<title>Bottega").await);
    let without = bare.run_script(FETCH, &["--commit", NEW, "--folder", "built"]).await;
    assert_eq!(without.broken(), format!("The page of {NEW} comes without a content security policy."));
    assert_eq!(without.calls.last().unwrap(), "docker rm --force c1");
}

#[tokio::test]
async fn the_page_comes_last_and_what_was_lately_loaded_stays() {
    let cluster = machine().with("STOREFRONT_BUCKET", "storefront").with("CDN_DISTRIBUTION_ID", "E2EXAMPLE1");
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
