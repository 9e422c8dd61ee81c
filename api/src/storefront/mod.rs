//! The built storefront, served from memory: hashed files for ever, pages by one `index.html`.

mod files;
mod policy;

use std::{io, path::Path};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, Accept, ContentEncoding, Header, HeaderValue, Quality},
    },
    web::Data,
};

use crate::{
    error::ApiError,
    http::{ContentPolicy, preferred_encoding},
    state::AppState,
};
use files::{File, Files};

/// The built storefront.
#[derive(Debug)]
pub(crate) struct Storefront {
    files: Files,
    policy: ContentPolicy,
}

impl Storefront {
    /// Reads it into memory.
    pub(crate) fn load(root: &Path) -> io::Result<Self> {
        let files = Files::load(root)?;
        let index =
            files.get("index.html").ok_or_else(|| io::Error::other("there is no index.html in it"))?;
        let policy = policy::for_page(&String::from_utf8_lossy(&index.body));
        let policy = HeaderValue::from_str(&policy).map_err(io::Error::other)?;
        Ok(Self { files, policy: ContentPolicy(policy) })
    }

    /// The file at this path; or the page, where a browser asks for one.
    fn find(&self, request: &HttpRequest) -> Option<&File> {
        let path = request.path().trim_start_matches('/');
        if path == "api" || path.starts_with("api/") {
            return None;
        }
        let is_page = path.is_empty() || (wants_html(request) && !last_segment(path).contains('.'));
        match self.files.get(path) {
            None if is_page => self.files.get("index.html"),
            found => found,
        }
    }

    fn serve(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let file = self.find(request)?;
        request.extensions_mut().insert(self.policy.clone());
        Some(answer(file, request))
    }
}

/// What no route of the API took: the storefront's, or nobody's.
pub(crate) async fn storefront_or_nothing(
    request: HttpRequest,
    state: Data<AppState>,
) -> Result<HttpResponse, ApiError> {
    let page = state.storefront.as_ref().filter(|_| request.method() == Method::GET);
    match page.and_then(|storefront| storefront.serve(&request)) {
        Some(response) => Ok(response),
        None => Err(state.methods.verdict(&request)),
    }
}

fn answer(file: &File, request: &HttpRequest) -> HttpResponse {
    let (body, encoding) = match (preferred_encoding(request), &file.brotli, &file.gzip) {
        (ContentEncoding::Brotli, Some(packed), _) => (packed, Some(ContentEncoding::Brotli)),
        (ContentEncoding::Gzip, _, Some(packed)) => (packed, Some(ContentEncoding::Gzip)),
        _ => (&file.body, None),
    };
    let tag = match encoding {
        Some(encoding) => format!("\"{}-{}\"", file.digest, encoding.as_str()),
        None => format!("\"{}\"", file.digest),
    };
    let mut answer = HttpResponse::build(StatusCode::OK);
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, file.cache_control));
    if file.brotli.is_some() || file.gzip.is_some() {
        answer.insert_header((header::VARY, "Accept-Encoding"));
    }
    if knows(request, &file.digest) {
        return answer.status(StatusCode::NOT_MODIFIED).finish();
    }
    if let Some(encoding) = encoding {
        answer.insert_header(encoding);
    }
    answer.content_type(file.content_type).body(body.clone())
}

/// Whether the client has this file, in whichever encoding.
fn knows(request: &HttpRequest, digest: &str) -> bool {
    let held = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    held.split(',').any(|tag| {
        let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
        tag == "*" || tag.strip_prefix(digest).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

fn wants_html(request: &HttpRequest) -> bool {
    Accept::parse(request).is_ok_and(|kinds| {
        kinds.iter().any(|kind| kind.item.essence_str() == "text/html" && kind.quality > Quality::ZERO)
    })
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}
