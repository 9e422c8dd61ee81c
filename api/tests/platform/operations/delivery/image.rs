//! The image on its way into the registry: built, weighed, judged, pushed.

use serde_json::{Value, json};

use super::{NEW, REGISTRY, machine};

#[tokio::test]
async fn an_image_that_does_not_start_or_weighs_too_much_is_not_kept() {
    let cluster = machine();
    cluster.prints("docker-run", "bottega 0.1.0\n");
    cluster.prints("docker-image", "59000000\n");
    cluster.prints("docker-save", "the image");
    let build = async || {
        let arguments = ["--commit", NEW, "--file", "image.tar"];
        cluster.run_script(".github/scripts/build-image.sh", &arguments).await
    };
    let well = build().await;
    assert!(well.well().contains(&format!("| bottega:{NEW} | 59000000 |")), "{}", well.report);
    assert_eq!(
        well.calls[0],
        format!("docker build --file api/Dockerfile --build-arg COMMIT={NEW} --tag bottega:{NEW} .")
    );
    assert!(cluster.path("image.tar").exists());

    cluster.prints("docker-image", "60000001\n");
    assert_eq!(build().await.broken(), "The image weighs 60000001 bytes, and may weigh 60 MB.");
    cluster.refuses("docker-run", "exec format error");
    assert_eq!(build().await.broken(), "The image does not start.");
    cluster.refuses("docker-build", "error: could not compile");
    assert!(build().await.broken().starts_with("The image cannot be built"));
}

#[tokio::test]
async fn a_hole_that_somebody_has_mended_fails_the_scan() {
    let cluster = machine();
    cluster.write("image.tar", "the image");
    let hole = |severity: &str, mended: Option<&str>| {
        let mut hole = json!({"VulnerabilityID": "CVE-1", "Severity": severity, "PkgName": "tls", "InstalledVersion": "1"});
        if let Some(version) = mended {
            hole["FixedVersion"] = json!(version);
        }
        hole
    };
    let with =
        |holes: &[Value]| cluster.says("trivy-image", &json!({"Results": [{"Vulnerabilities": holes}]}));
    let scan = async || {
        let arguments = ["--image", "image.tar", "--folder", "scan"];
        cluster.run_script(".github/scripts/scan-image.sh", &arguments).await
    };
    with(&[hole("HIGH", None), hole("MEDIUM", Some("2"))]);
    let well = scan().await;
    assert!(well.well().contains("| CVE-1 | HIGH | tls | 1 | none |"), "{}", well.report);
    assert!(
        cluster.path("scan/sbom.cdx.json").exists() && cluster.path("scan/vulnerabilities.json").exists()
    );

    with(&[hole("CRITICAL", Some("2")), hole("HIGH", None)]);
    assert_eq!(scan().await.broken(), "1 critical or high holes are mended in newer versions: take those.");
    cluster.refuses("trivy-image", "failed to download vulnerability DB");
    assert_eq!(scan().await.broken(), "The image cannot be read.");
}

#[tokio::test]
async fn an_image_is_pushed_once() {
    let cluster = machine();
    cluster.write("image.tar", "the image");
    let publish = async || {
        let arguments = ["--commit", NEW, "--image", "image.tar"];
        cluster.run_script(".github/scripts/publish-image.sh", &arguments).await
    };
    let there = publish().await;
    assert!(there.well().contains("is there already"), "{}", there.report);
    assert_eq!(there.calls.len(), 1, "{:?}", there.calls);

    cluster.refuses("ecr-describe-images", "ImageNotFoundException");
    let lost = publish().await;
    assert!(lost.broken().starts_with(&format!("The registry does not have the image of {NEW}")));
    cluster.mends_after("docker-push", "ecr-describe-images");
    let pushed = publish().await;
    pushed.well();
    assert_eq!(
        pushed.calls[3..6],
        [
            "docker load --input image.tar".to_owned(),
            format!("docker tag bottega:{NEW} {REGISTRY}/bottega:{NEW}"),
            format!("docker push {REGISTRY}/bottega:{NEW}"),
        ]
    );
    cluster.refuses("ecr-describe-images", "ImageNotFoundException");
    cluster.refuses("docker-push", "denied: tag is immutable");
    assert!(publish().await.broken().starts_with("The registry refuses the image"));
}
