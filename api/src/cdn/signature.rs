//! AWS's Signature Version 4, as far as requests to CloudFront need it: a plain path, no query, the whole body.

use chrono::{DateTime, Utc};
use hmac::Mac;
use sha2::{Digest, Sha256};

use crate::{config::AwsKeys, mac::mac};

/// What is signed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unsigned<'a> {
    pub(super) service: &'a str,
    pub(super) region: &'a str,
    pub(super) method: &'a str,
    pub(super) host: &'a str,
    /// Of letters, digits, `-` and `/`.
    pub(super) path: &'a str,
    pub(super) body: &'a str,
}

/// The headers that make it a signed request, beside `Host`.
pub(super) fn headers(
    request: &Unsigned<'_>,
    keys: &AwsKeys,
    now: DateTime<Utc>,
) -> Vec<(&'static str, String)> {
    let time = now.format("%Y%m%dT%H%M%SZ").to_string();
    let day = now.format("%Y%m%d").to_string();
    let mut headers = vec![("x-amz-date", time.clone())];
    headers.extend(keys.session_token.clone().map(|token| ("x-amz-security-token", token)));

    let signed: Vec<(&str, &str)> = std::iter::once(("host", request.host))
        .chain(headers.iter().map(|(name, value)| (*name, value.as_str())))
        .collect();
    let lines: String = signed.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let names = signed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let Unsigned { service, region, method, path, body, .. } = request;
    let canonical = format!("{method}\n{path}\n\n{lines}\n{names}\n{}", hex(&Sha256::digest(body)));
    let scope = format!("{day}/{region}/{service}/aws4_request");
    let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&Sha256::digest(canonical)));

    let secret = format!("AWS4{}", keys.secret).into_bytes();
    let parts = [day.as_str(), region, service, "aws4_request", &text];
    let signature = parts.iter().fold(secret, |key, part| sign(&key, part));
    let id = &keys.id;
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={}",
        hex(&signature)
    );
    headers.push(("authorization", authorization));
    headers
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    mac(key).chain_update(text).finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Unsigned<'_> = Unsigned {
        service: "service",
        region: "us-east-1",
        method: "GET",
        host: "example.amazonaws.com",
        path: "/",
        body: "",
    };

    fn authorization(request: &Unsigned<'_>, session_token: Option<&str>) -> String {
        let keys = AwsKeys {
            id: "AKIDEXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
            session_token: session_token.map(Into::into),
        };
        let now = DateTime::parse_from_rfc3339("2015-08-30T12:36:00Z").unwrap().to_utc();
        headers(request, &keys, now).pop().unwrap().1
    }

    /// `get-vanilla` and `post-vanilla` of the test suite AWS has published.
    #[test]
    fn signatures_are_those_of_the_published_examples() {
        assert_eq!(
            authorization(&PLAIN, None),
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders=host;x-amz-date, \
             Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        );
        let post = authorization(&Unsigned { method: "POST", ..PLAIN }, None);
        assert!(
            post.ends_with("=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            "{post}"
        );
    }

    /// As AWS's own Python library signs it.
    #[test]
    fn a_body_and_a_session_are_signed_too() {
        let request = Unsigned {
            service: "cloudfront",
            method: "POST",
            host: "cloudfront.amazonaws.com",
            path: "/2020-05-31/distribution/E1/invalidation",
            body: "<a/>",
            ..PLAIN
        };
        let signed = authorization(&request, Some("session"));
        assert!(signed.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"), "{signed}");
        assert!(
            signed.ends_with("=f302530b9d4b816e0d3d4046eff02d66b238f3b96b6f4767fc74424e2bc9abb8"),
            "{signed}"
        );
    }
}
