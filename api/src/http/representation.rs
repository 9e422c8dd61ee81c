//! Public answers as bytes: serialised once, with a strong ETag per encoding, compressed where the client can read it.

use std::io::Write;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, AcceptEncoding, ContentEncoding, EntityTag, Header, IfNoneMatch},
    },
    web::Bytes,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::ApiError;

/// Shorter bodies are not worth compressing.
const WORTH_COMPRESSING: usize = 1_024;

/// How long and by whom an answer may be kept.
#[derive(Debug, Clone)]
pub(crate) struct CachePolicy {
    pub(crate) control: &'static str,
    /// What a CDN purges it by.
    pub(crate) tags: String,
}

impl CachePolicy {
    /// For public reads: a browser asks again after a few seconds, a CDN keeps it until it is purged or a minute old,
    /// and both may show the old one while they fetch the new.
    pub(crate) fn public(tags: impl Into<String>) -> Self {
        Self { control: "public, max-age=5, s-maxage=60, stale-while-revalidate=30", tags: tags.into() }
    }
}

/// An answer as bytes.
#[derive(Debug)]
pub(crate) struct Representation {
    content_type: &'static str,
    body: Bytes,
    digest: String,
}

impl Representation {
    /// The JSON of a value.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, ApiError> {
        let body = serde_json::to_vec(value).map_err(ApiError::internal)?;
        Ok(Self::new("application/json", body))
    }

    /// These bytes.
    pub(crate) fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let hash = Sha256::digest(&body);
        let digest = BASE64_URL_SAFE_NO_PAD.encode(&hash[..16]);
        Self { content_type, body, digest }
    }

    /// Answers a GET: 304 where the client has it already, else in the best encoding it reads.
    pub(crate) fn respond(&self, request: &HttpRequest, policy: &CachePolicy) -> HttpResponse {
        let encoding = self.encoding_for(request);
        let tag = self.tag(encoding);
        let mut answer = HttpResponse::build(StatusCode::OK);
        answer
            .insert_header((header::ETAG, tag.to_string()))
            .insert_header((header::CACHE_CONTROL, policy.control))
            .insert_header((header::VARY, "Accept-Encoding"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
        if !policy.tags.is_empty() {
            answer.insert_header(("cache-tag", policy.tags.as_str()));
        }
        if self.is_known_to(request) {
            return answer.status(StatusCode::NOT_MODIFIED).finish();
        }
        answer.content_type(self.content_type);
        match encoding {
            ContentEncoding::Brotli => answer.insert_header(encoding).body(brotli(&self.body)),
            ContentEncoding::Gzip => answer.insert_header(encoding).body(gzip(&self.body)),
            _ => answer.body(self.body.clone()),
        }
    }

    fn encoding_for(&self, request: &HttpRequest) -> ContentEncoding {
        if self.body.len() < WORTH_COMPRESSING {
            return ContentEncoding::Identity;
        }
        preferred_encoding(request)
    }

    fn tag(&self, encoding: ContentEncoding) -> EntityTag {
        let suffix = match encoding {
            ContentEncoding::Brotli => "-br",
            ContentEncoding::Gzip => "-gzip",
            _ => "",
        };
        EntityTag::new_strong(format!("{}{suffix}", self.digest))
    }

    /// Whether the client holds this answer, in whichever encoding.
    fn is_known_to(&self, request: &HttpRequest) -> bool {
        match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => request.headers().contains_key(header::IF_NONE_MATCH),
            Ok(IfNoneMatch::Items(tags)) => {
                [ContentEncoding::Identity, ContentEncoding::Brotli, ContentEncoding::Gzip]
                    .iter()
                    .any(|&encoding| tags.iter().any(|tag| tag.weak_eq(&self.tag(encoding))))
            }
            Err(_) => false,
        }
    }
}

/// The best encoding the client reads and we write.
pub(crate) fn preferred_encoding(request: &HttpRequest) -> ContentEncoding {
    use header::Encoding;
    let written = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let Ok(accepted) = AcceptEncoding::parse(request) else {
        return ContentEncoding::Identity;
    };
    if !request.headers().contains_key(header::ACCEPT_ENCODING) {
        return ContentEncoding::Identity;
    }
    match accepted.negotiate(written.iter()) {
        Some(Encoding::Known(encoding)) => encoding,
        _ => ContentEncoding::Identity,
    }
}

fn brotli(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(body.len() / 4);
    let parameters = brotli::enc::BrotliEncoderParams { quality: 4, ..Default::default() };
    // Writing into memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &*body, &mut packed, &parameters);
    packed
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut packed =
        flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(5));
    let _ = packed.write_all(body);
    packed.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn respond(headers: &[(&'static str, String)]) -> HttpResponse {
        let request =
            headers.iter().fold(TestRequest::get(), |request, header| request.insert_header(header.clone()));
        Representation::new("text/plain", "x".repeat(5_000))
            .respond(&request.to_http_request(), &CachePolicy::public("catalog"))
    }

    fn etag(response: &HttpResponse) -> String {
        response.headers().get("etag").unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn each_encoding_has_its_own_tag() {
        let encodings = ["identity", "gzip", "br"];
        let tags: Vec<_> =
            encodings.iter().map(|name| etag(&respond(&[("accept-encoding", (*name).into())]))).collect();
        assert!(tags[1].ends_with("-gzip\"") && tags[2].ends_with("-br\""), "{tags:?}");
        let none = respond(&[]);
        assert_eq!(etag(&none), tags[0]);
    }

    #[test]
    fn any_of_the_tags_is_not_modified() {
        let tag = etag(&respond(&[("accept-encoding", "br".into())]));
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".into()] {
            let response = respond(&[("if-none-match", known.clone())]);
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(respond(&[("if-none-match", "\"other\"".into())]).status(), StatusCode::OK);
    }

    #[test]
    fn an_encoding_the_client_refuses_is_not_used() {
        let response = respond(&[("accept-encoding", "br;q=0, gzip;q=0".into())]);
        assert!(!response.headers().contains_key("content-encoding"));
    }
}
