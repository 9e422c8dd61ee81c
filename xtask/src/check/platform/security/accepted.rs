//! What scanners say and we leave as it is, each with its reason. What is not found any more must go from here.

use super::Finding;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Scanner {
    Checkov,
    Trivy,
}

/// A rule, in the files whose paths begin like this.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) by: Scanner,
    pub(super) rule: &'static str,
    pub(super) file: &'static str,
    #[expect(dead_code, reason = "it is there to be read here")]
    why: &'static str,
}

impl Accepted {
    pub(super) fn covers(&self, finding: &Finding) -> bool {
        finding.rule == self.rule && finding.file.starts_with(self.file)
    }
}

const fn checkov(rule: &'static str, file: &'static str, why: &'static str) -> Accepted {
    Accepted { by: Scanner::Checkov, rule, file, why }
}

const fn trivy(rule: &'static str, file: &'static str, why: &'static str) -> Accepted {
    Accepted { by: Scanner::Trivy, rule, file, why }
}

pub(super) const ACCEPTED: &[Accepted] = &[
    checkov(
        "CKV_GHA_7",
        ".github/workflows/",
        "inputs choose what an operation does; no image is built from one",
    ),
    checkov(
        "CKV2_AWS_31",
        "tf/modules/cdn/waf.tf",
        "the firewall's counts and samples are kept; CloudFront logs who asked",
    ),
    checkov(
        "CKV2_AWS_47",
        "tf/modules/cdn/main.tf",
        "the rules against known bad input, Log4j's among them, are made from a list the scanner cannot read",
    ),
    checkov(
        "CKV2_AWS_50",
        "tf/modules/cache/main.tf",
        "failover is on as soon as there is a second node: a variable",
    ),
    checkov(
        "CKV2_AWS_57",
        "tf/modules/secrets/main.tf",
        "the owner's secret is rotated by RDS; these are changed in two steps by hand",
    ),
    checkov("CKV2_AWS_62", "tf/", "nothing acts on what is put into these buckets"),
    checkov(
        "CKV2_AWS_69",
        "tf/modules/database/main.tf",
        "rds.force_ssl is 1, in a map the scanner cannot read",
    ),
    checkov("CKV_AWS_144", "tf/", "one region: the storefront is built anew from Git, states have versions"),
    checkov(
        "CKV_AWS_145",
        "tf/modules/cdn/",
        "shown to everybody, or written by CloudFront's logs: S3's own key",
    ),
    checkov(
        "CKV_AWS_157",
        "tf/modules/database/main.tf",
        "a standby costs the instance once more, which the demo does not pay: a variable",
    ),
    checkov(
        "CKV_AWS_161",
        "tf/modules/database/main.tf",
        "the application has a password of its own that is rotated; one way in is enough",
    ),
    checkov(
        "CKV_AWS_18",
        "tf/",
        "who reads the storefront stands in CloudFront's log, who reads states in CloudTrail's",
    ),
    checkov("CKV_AWS_21", "tf/modules/cdn/logs.tf", "a log file is written once"),
    checkov(
        "CKV_AWS_305",
        "tf/modules/cdn/main.tf",
        "a function makes `/` the page, as it does every other address of the storefront",
    ),
    checkov(
        "CKV_AWS_310",
        "tf/modules/cdn/main.tf",
        "there is one origin for each thing, and no second region",
    ),
    checkov(
        "CKV_AWS_338",
        "tf/modules/",
        "logs tell of people and are kept as long as they help: a variable",
    ),
    checkov("CKV_AWS_374", "tf/modules/cdn/main.tf", "the shop sells to everybody"),
    checkov(
        "CKV_AWS_394",
        "tf/modules/network/main.tf",
        "zones are taken by number, and the inventory of a plan is counted by a test",
    ),
    checkov(
        "CKV_AWS_86",
        "tf/modules/cdn/main.tf",
        "access logs are on, by the newer kind of delivery the scanner does not know",
    ),
    checkov("CKV_AWS_91", "tf/modules/edge/main.tf", "only CloudFront reaches it, and logs who asked"),
    trivy(
        "AWS-0054",
        "tf/modules/edge/main.tf",
        "without a certificate CloudFront reaches an internal address inside AWS' network; with one it is HTTPS",
    ),
    trivy(
        "AWS-0089",
        "tf/",
        "who reads the storefront stands in CloudFront's log, who reads states in CloudTrail's",
    ),
    trivy("AWS-0090", "tf/modules/cdn/logs.tf", "a log file is written once"),
    trivy("AWS-0132", "tf/modules/cdn/", "shown to everybody, or written by CloudFront's logs: S3's own key"),
    trivy(
        "AWS-0176",
        "tf/modules/database/main.tf",
        "the application has a password of its own that is rotated; one way in is enough",
    ),
    trivy("KSV-0048", "charts/addons/templates/operators.yaml", "scaling and restarting are operations"),
    trivy(
        "KSV-0053",
        "charts/addons/templates/operators.yaml",
        "`bottega doctor` runs in the pod; the image has no shell",
    ),
    trivy(
        "KSV-0020",
        "charts/local/",
        "PostgreSQL and Redis as their makers' images run them, on a developer's machine",
    ),
    trivy("KSV-0021", "charts/local/", "the same"),
];
