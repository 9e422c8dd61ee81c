//! The built storefront, served beside the API.

use std::{io::Read, path::Path};

use openapi::Problem;
use reqwest::Method;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Answer, TestApp};

const PAGE: &str = "<!doctype html><title>Shop</title><script type=\"module\" src=\"/web-0123456789abcdef.js\"></script>\
                    <script>start(\"shop\")</script>";
/// `printf 'start("shop")' | openssl dgst -sha256 -binary | base64`
const SCRIPT_HASH: &str = "'sha256-Bt/sRUZKV8dWjlzFtsCJ4Ol3sVT0i0nE06iMwvbp6z8='";
const SCRIPT: &str = "/web-0123456789abcdef.js";
const SECRET: &str = "nobody may read this";

/// What a browser sends when somebody opens an address.
const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

/// A server with a built storefront, and a file beside it that is none of it.
struct Shop {
    app: TestApp,
    folder: TempDir,
}

impl Shop {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = "go();".repeat(1_000);
        for (name, content) in [
            ("web/index.html", PAGE.as_bytes()),
            ("web/web-0123456789abcdef.js", script.as_bytes()),
            ("web/web-0123456789abcdef.js.br", &brotli(script.as_bytes())),
            ("web/web-0123456789abcdef.js.gz", &gzip(script.as_bytes())),
            ("web/only-zipped.css", b"a{}"),
            ("web/only-zipped.css.gz", &gzip(b"a{}")),
            ("web/illustrations/hat.svg", b"<svg/>"),
            ("web/.stage/draft.txt", SECRET.as_bytes()),
            ("web/.env", SECRET.as_bytes()),
            ("web/.env.txt", SECRET.as_bytes()),
            ("web/backup.sql", SECRET.as_bytes()),
            ("web/README", SECRET.as_bytes()),
            ("outside/secret.txt", SECRET.as_bytes()),
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let root = folder.path().join("web");
        let app = TestApp::builder().with("WEB_ROOT", root.to_str().unwrap()).start().await;
        Self { app, folder }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.app.send(Method::GET, path, headers).await
    }
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let mut packed = vec![];
    brotli::BrotliCompress(&mut &*content, &mut packed, &brotli::enc::BrotliEncoderParams::default())
        .unwrap();
    packed
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packed = vec![];
    flate2::read::GzEncoder::new(content, flate2::Compression::best()).read_to_end(&mut packed).unwrap();
    packed
}

/// The content, whatever it is packed in.
fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut content = vec![];
    match answer.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut &*answer.body, &mut content).unwrap(),
        "gzip" => _ = flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut content).unwrap(),
        _ => content.clone_from(&answer.body),
    }
    content
}

/// Sends a path as it stands, which clients would tidy up first.
async fn get_untidied(app: &TestApp, path: &str, accept: &str) -> String {
    let mut connection = TcpStream::connect(app.address).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: shop\r\naccept: {accept}\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![];
    connection.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_browser_gets_the_page_at_every_address_that_may_be_one() {
    let shop = Shop::open().await;
    for path in ["/", "/products/anything", "/products", "/products/", "/it/cart?step=2", "/apiary"] {
        let answer = shop.get(path, &[BROWSER]).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, PAGE), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let policy = answer.header("content-security-policy");
        assert_eq!(policy.matches("sha256-").count(), 1, "{policy}");
        assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {SCRIPT_HASH};")), "{policy}");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }
}

#[tokio::test]
async fn who_does_not_ask_for_a_page_is_told_that_there_is_nothing() {
    let shop = Shop::open().await;
    for accept in ["*/*", "application/json", "text/htmlx", "image/avif,*/*;q=0.5", "text/html;q=0"] {
        let answer = shop.get("/products/anything", &[("accept", accept)]).await;
        answer.problem(404, "NOT_FOUND");
    }
    shop.get("/products/anything", &[]).await.problem(404, "NOT_FOUND");
    // The address of the shop itself is no guess.
    assert_eq!(shop.get("/", &[("accept", "*/*")]).await.text(), PAGE);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_a_page() {
    let shop = Shop::open().await;
    for path in
        ["/missing.js", "/illustrations/none.svg", "/products/a.b", "/web-fedcba9876543210.js", "/robots.txt"]
    {
        shop.get(path, &[BROWSER]).await.problem(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn below_api_there_are_never_pages() {
    let shop = Shop::open().await;
    for path in
        ["/api", "/api/", "/api/nowhere", "/api/catalog", "/api/catalog/products/none", "/api/docs/nowhere"]
    {
        shop.get(path, &[BROWSER]).await.problem(404, "NOT_FOUND");
    }
    shop.app.send(Method::POST, "/api/catalog/products", &[BROWSER]).await.problem(405, "METHOD_NOT_ALLOWED");
    // As a client that does not tidy up sends it.
    let answer = get_untidied(&shop.app, "//api/nowhere", BROWSER.1).await;
    assert!(answer.starts_with("HTTP/1.1 404") && !answer.contains("<!doctype"), "{answer}");
}

#[tokio::test]
async fn files_are_kept_as_long_as_their_names_allow() {
    let shop = Shop::open().await;
    for (path, kind, kept) in [
        (SCRIPT, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/illustrations/hat.svg", "image/svg+xml", "public, max-age=86400, stale-while-revalidate=604800"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
    ] {
        let answer = shop.get(path, &[]).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("cache-control"), kept);
        assert!(answer.header("etag").starts_with('"'), "a strong tag: {}", answer.header("etag"));
    }
}

#[tokio::test]
async fn each_client_gets_the_encoding_it_reads() {
    let shop = Shop::open().await;
    let plain = shop.get(SCRIPT, &[]).await;
    for (accepted, encoding) in [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("deflate", ""),
    ] {
        let answer = shop.get(SCRIPT, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.header("vary"), "Accept-Encoding", "{accepted}");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string());
        assert_eq!(unpacked(&answer), plain.body, "{accepted}");
    }
    // Packed in one way only: nobody gets what he does not read.
    for (accepted, encoding) in [("gzip", "gzip"), ("br", "")] {
        let answer = shop.get("/only-zipped.css", &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(unpacked(&answer), b"a{}");
    }
}

#[tokio::test]
async fn each_encoding_has_a_tag_and_any_of_them_is_known() {
    let shop = Shop::open().await;
    let mut tags = vec![];
    for accepted in ["identity", "gzip", "br"] {
        tags.push(shop.get(SCRIPT, &[("accept-encoding", accepted)]).await.header("etag").to_owned());
    }
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2], "{tags:?}");
    for held in [&tags[0], &tags[1], &tags[2], &format!("\"other\", W/{}", tags[2]), "*"] {
        let answer = shop.get(SCRIPT, &[("if-none-match", held), ("accept-encoding", "br")]).await;
        assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0), "{held}");
        assert_eq!(answer.header("etag"), tags[2]);
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
    let page = shop.get("/", &[BROWSER]).await.header("etag").to_owned();
    assert_eq!(shop.get("/cart", &[BROWSER, ("if-none-match", &page)]).await.status, 304);
    assert_eq!(shop.get(SCRIPT, &[("if-none-match", &page)]).await.status, 200);
}

#[tokio::test]
async fn head_says_what_get_would() {
    let shop = Shop::open().await;
    for (path, accepted) in [("/", "identity"), ("/cart", "identity"), (SCRIPT, "identity"), (SCRIPT, "br")] {
        let headers = [BROWSER, ("accept-encoding", accepted)];
        let get = shop.get(path, &headers).await;
        let head = shop.app.send(Method::HEAD, path, &headers).await;
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-length", "content-type", "content-encoding", "etag", "cache-control", "vary"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn files_can_only_be_read() {
    let shop = Shop::open().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        for path in ["/", SCRIPT, "/products/anything"] {
            let answer = shop.app.send(method.clone(), path, &[BROWSER]).await;
            assert!([404, 405].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.status);
            assert_eq!(answer.header("content-type"), "application/problem+json");
            serde_json::from_slice::<Problem>(&answer.body).unwrap();
        }
    }
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let shop = Shop::open().await;
    let absolute = shop.folder.path().join("outside/secret.txt");
    for path in [
        "/../outside/secret.txt",
        "/%2e%2e/outside/secret.txt",
        "/%2E%2E%2Foutside%2Fsecret.txt",
        "/..%2foutside/secret.txt",
        "/..%5coutside%5csecret.txt",
        "/illustrations/../../outside/secret.txt",
        "/illustrations/%2e%2e/%2e%2e/outside/secret.txt",
        "/%252e%252e/outside/secret.txt",
        "/....//outside/secret.txt",
        "/outside/secret.txt",
        "//etc/passwd",
        "/%00",
        "/index.html%00.txt",
        "/%ff%fe",
        &format!("/{}", absolute.display()),
        &absolute.display().to_string(),
    ] {
        for accept in [BROWSER.1, "*/*"] {
            let answer = get_untidied(&shop.app, path, accept).await;
            assert!(!answer.contains(SECRET) && !answer.contains("root:"), "{path}: {answer}");
            let is_page = answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with(PAGE);
            let is_problem = answer.starts_with("HTTP/1.1 40")
                && answer.contains("content-type: application/problem+json");
            assert!(is_problem || (is_page && accept == BROWSER.1), "{path}: {answer}");
        }
    }
}

#[tokio::test]
async fn what_the_browser_has_no_use_for_is_not_served() {
    let shop = Shop::open().await;
    let packed = format!("{SCRIPT}.br");
    for path in ["/.env", "/.env.txt", "/.stage/draft.txt", "/backup.sql", "/README", &packed] {
        shop.get(path, &[]).await.problem(404, "NOT_FOUND");
    }
    // Without an extension it may be a page; then it is the page, and not the file.
    assert_eq!(shop.get("/README", &[BROWSER]).await.text(), PAGE);
}

#[tokio::test]
async fn links_in_the_folder_are_followed() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("..data");
    std::fs::create_dir_all(real.join("illustrations")).unwrap();
    std::fs::write(real.join("index.html"), PAGE).unwrap();
    std::fs::write(real.join("illustrations/hat.svg"), "<svg/>").unwrap();
    for name in ["index.html", "illustrations"] {
        std::os::unix::fs::symlink(Path::new("..data").join(name), folder.path().join(name)).unwrap();
    }
    let app = TestApp::builder().with("WEB_ROOT", folder.path().to_str().unwrap()).start().await;
    assert_eq!(app.get("/").await.text(), PAGE);
    assert_eq!(app.get("/illustrations/hat.svg").await.text(), "<svg/>");
}

#[tokio::test]
async fn without_a_storefront_there_is_nothing_but_the_api() {
    let app = TestApp::start().await;
    for path in ["/", "/index.html", "/products/anything"] {
        app.send(Method::GET, path, &[BROWSER]).await.problem(404, "NOT_FOUND");
    }
}
