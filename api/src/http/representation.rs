//! Public answers as bytes: serialised once, with a strong ETag per encoding, compressed where the client can read it.

use std::{io::Write, sync::OnceLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, AcceptEncoding, ContentEncoding, Header, HeaderName, HeaderValue, IfNoneMatch},
    },
    web::Bytes,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Shorter bodies are not worth compressing.
const WORTH_COMPRESSING: usize = 1_024;
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");

/// How long and by whom an answer may be kept.
#[derive(Debug, Clone)]
pub(crate) struct CachePolicy {
    pub(crate) control: &'static str,
    /// What a CDN purges it by.
    pub(crate) tags: HeaderValue,
}

impl CachePolicy {
    /// For public reads: a browser asks again after a few seconds, a CDN keeps it until it is purged or a minute old,
    /// and both may show the old one while they fetch the new.
    pub(crate) fn public(tags: HeaderValue) -> Self {
        Self { control: "public, max-age=5, s-maxage=60, stale-while-revalidate=30", tags }
    }

    /// The same where a CDN is told what changes: it may keep for long what is out of date only then.
    pub(crate) fn until_told(tags: HeaderValue) -> Self {
        Self { control: "public, max-age=5, s-maxage=3600, stale-while-revalidate=30", tags }
    }

    /// For what is known to be old: whoever keeps it soon asks again.
    pub(crate) fn of_the_past(self) -> Self {
        Self { control: "public, max-age=1, s-maxage=1", ..self }
    }
}

/// An answer as bytes, with the forms it has been asked for in.
#[derive(Debug)]
pub(crate) struct Representation {
    content_type: &'static str,
    digest: String,
    plain: Form,
    brotli: OnceLock<Form>,
    gzip: OnceLock<Form>,
}

/// An answer in one encoding.
#[derive(Debug, Clone)]
struct Form {
    body: Bytes,
    tag: HeaderValue,
}

impl Representation {
    /// The JSON of a value.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self::new("application/json", serde_json::to_vec(value)?))
    }

    /// These bytes.
    pub(crate) fn new(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let hash = Sha256::digest(&body);
        let digest = BASE64_URL_SAFE_NO_PAD.encode(&hash[..16]);
        let plain = Form { tag: tag(&digest, ContentEncoding::Identity), body };
        Self { content_type, digest, plain, brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    /// The bytes as they are.
    pub(crate) fn body(&self) -> &Bytes {
        &self.plain.body
    }

    /// Answers a GET: 304 where the client has it already, else in the best encoding it reads.
    pub(crate) fn respond(&self, request: &HttpRequest, policy: &CachePolicy) -> HttpResponse {
        let encoding = self.encoding_for(request);
        let form = self.form(encoding);
        let mut answer = HttpResponse::build(StatusCode::OK);
        answer
            .insert_header((header::ETAG, form.tag.clone()))
            .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(policy.control)))
            .insert_header((header::VARY, HeaderValue::from_static("Accept-Encoding")))
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")))
            .insert_header((CACHE_TAG, policy.tags.clone()));
        if self.is_known_to(request) {
            return answer.status(StatusCode::NOT_MODIFIED).finish();
        }
        answer.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(self.content_type)));
        if encoding != ContentEncoding::Identity {
            answer.insert_header(encoding);
        }
        answer.body(form.body.clone())
    }

    fn encoding_for(&self, request: &HttpRequest) -> ContentEncoding {
        if self.plain.body.len() < WORTH_COMPRESSING {
            return ContentEncoding::Identity;
        }
        preferred_encoding(request)
    }

    /// Compressed when it is first asked for in this encoding, and kept.
    fn form(&self, encoding: ContentEncoding) -> &Form {
        let made = |body: Vec<u8>| Form { tag: tag(&self.digest, encoding), body: body.into() };
        match encoding {
            ContentEncoding::Brotli => self.brotli.get_or_init(|| made(brotli(&self.plain.body))),
            ContentEncoding::Gzip => self.gzip.get_or_init(|| made(gzip(&self.plain.body))),
            _ => &self.plain,
        }
    }

    /// Whether the client holds this answer, in whichever encoding.
    fn is_known_to(&self, request: &HttpRequest) -> bool {
        if !request.headers().contains_key(header::IF_NONE_MATCH) {
            return false;
        }
        match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| {
                let digest = tag.tag();
                let digest = digest.strip_suffix("-br").or(digest.strip_suffix("-gzip")).unwrap_or(digest);
                digest == self.digest
            }),
            Err(_) => false,
        }
    }
}

/// The name of an answer in one encoding.
fn tag(digest: &str, encoding: ContentEncoding) -> HeaderValue {
    let suffix = match encoding {
        ContentEncoding::Brotli => "-br",
        ContentEncoding::Gzip => "-gzip",
        _ => "",
    };
    // A digest is of letters, digits, `-` and `_`.
    HeaderValue::try_from(format!("\"{digest}{suffix}\"")).unwrap_or(HeaderValue::from_static("\"\""))
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
            .respond(&request.to_http_request(), &CachePolicy::public(HeaderValue::from_static("catalog")))
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
