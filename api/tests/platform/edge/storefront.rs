//! The storefront's files, as they come from the bucket: just as the server itself would serve them.

use std::path::Path;

use super::{page_as_served, visit};
use crate::{
    program::get,
    stand_ins::{cdn::security_headers, shop, terraform},
    support::Answer,
};

/// What must be alike. The length is that of the body.
const ALIKE: [&str; 9] = [
    "content-type",
    "cache-control",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
];

/// Every file that was built, but for the compressed forms of others.
fn files() -> Vec<String> {
    fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}/{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                collect(&entry.path(), &name, names);
            } else if ![".br", ".gz"].iter().any(|packed| name.ends_with(packed)) && !name.contains("/.") {
                names.push(name);
            }
        }
    }
    let mut names = vec![];
    collect(&shop::storefront(), "", &mut names);
    assert!(names.len() > 10, "{names:?}");
    names
}

#[tokio::test]
async fn the_files_are_as_the_server_itself_would_serve_them() {
    visit(async |edge| {
        let root = shop::storefront().display().to_string();
        let whole = shop::in_production(&edge.database.url).with("WEB_ROOT", root);
        let server = whole.serve().await;
        for path in files() {
            let (here, there) =
                (edge.get(&path).await, get(&format!("http://{}{path}", server.address)).await);
            assert_eq!((here.status.as_u16(), here.body == there.body), (200, true), "{path}");
            for name in ALIKE {
                assert_eq!(here.header(name), there.header(name), "{path}: {name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_may_load_its_own_files_and_nothing_else_may_load_anything() {
    visit(async |edge| {
        let page = edge.get("/cart").await;
        let served = page_as_served(&edge.database).await;
        assert_eq!(page.header("content-security-policy"), served.header("content-security-policy"));
        assert!(
            page.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-")
        );
        let nothing = edge.get("/api/nowhere").await.header("content-security-policy").to_owned();
        assert!(nothing.starts_with("default-src 'none'; frame-ancestors 'none'"));
        for path in ["/logo.svg", "/nothing.js"] {
            assert_eq!(edge.get(path).await.header("content-security-policy"), nothing, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_headers_that_keep_browsers_safe_are_on_everything() {
    visit(async |edge| {
        let expected = security_headers(&terraform::module("cdn"));
        assert_eq!(expected.len(), 7);
        for path in ["/", "/logo.svg", "/nothing.js", "/api/health", "/api/nowhere", "/api/catalog/products"]
        {
            let answer = edge.get(path).await;
            for (name, value) in &expected {
                // What any site's page may read may be loaded by any site's page.
                let is_shared = answer.header("access-control-allow-origin") == "*";
                let value =
                    if is_shared && name == "Cross-Origin-Resource-Policy" { "cross-origin" } else { value };
                assert_eq!(answer.header(&name.to_lowercase()), value, "{path}: {name}");
            }
            let server = answer.header("server");
            assert!(!server.contains('/'), "no version is told: {server}");
        }
    })
    .await;
}

#[tokio::test]
async fn files_are_compressed_asked_for_by_tag_in_parts_and_without_their_body() {
    visit(async |edge| {
        let path = files().into_iter().find(|path| path.ends_with("_bg.wasm")).unwrap();
        let whole = edge.get(&path).await;
        assert_eq!(whole.header("cache-control"), "public, max-age=31536000, immutable");
        let packed = edge.cdn.get(&path, &[("accept-encoding", "gzip")]).await;
        assert_eq!((packed.header("content-encoding"), packed.header("vary")), ("gzip", "Accept-Encoding"));
        assert!(packed.body.len() * 2 < whole.body.len(), "{} of {}", packed.body.len(), whole.body.len());

        let known = edge.cdn.get(&path, &[("if-none-match", whole.header("etag"))]).await;
        assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
        let part = edge.cdn.get(&path, &[("range", "bytes=10-19")]).await;
        assert_eq!((part.status.as_u16(), &part.body[..]), (206, &whole.body[10..20]));
        let head = edge.head(&path).await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
        assert_eq!(length(&head), whole.body.len().to_string());
    })
    .await;
}

fn length(answer: &Answer) -> &str {
    answer.header("content-length")
}
