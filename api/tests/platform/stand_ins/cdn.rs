//! nginx in CloudFront's place, before the load balancer and the storefront's bucket.

use std::net::SocketAddr;

use reqwest::{Client, Method};

use super::{
    nginx::{Nginx, free_address},
    shop::storefront,
    terraform::{self, Module},
};
use crate::support::Answer;

const TEMPLATE: &str = include_str!("cdn.conf");

/// The shop's front door.
pub struct Cdn {
    address: SocketAddr,
    /// Where it speaks HTTP/2 alone.
    http2_address: SocketAddr,
    client: Client,
    nginx: Nginx,
}

impl Cdn {
    /// Before this load balancer. The page has this content security policy.
    pub async fn before(origin: SocketAddr, page_policy: &str) -> Self {
        let (address, http2_address) = (free_address(), free_address());
        let mut values = declared();
        values.extend([
            ("ADDRESS", address.to_string()),
            ("HTTP2_ADDRESS", http2_address.to_string()),
            ("ORIGIN", origin.to_string()),
            ("STOREFRONT", storefront().display().to_string()),
            ("PAGE_POLICY", page_policy.to_owned()),
        ]);
        let nginx = Nginx::start(TEMPLATE, &values, address).await;
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { address, http2_address, client, nginx }
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.client.request(method, format!("http://{}{path}", self.address));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Answer::read(request.send().await.unwrap()).await
    }

    /// Forgets what it keeps under these paths, in which `*` stands for whatever follows: what CloudFront does when it is
    /// told to invalidate them.
    pub fn forget(&self, paths: &[String]) {
        for entry in std::fs::read_dir(self.nginx.path("cache")).unwrap() {
            let file = entry.unwrap().path();
            let content = std::fs::read(&file).unwrap();
            let content = String::from_utf8_lossy(&content);
            let kept = between(&content, "\nKEY: ", " ");
            let is_meant = |path: &String| match path.strip_suffix('*') {
                Some(beginning) => kept.starts_with(beginning),
                None => kept == path,
            };
            if paths.iter().any(is_meant) {
                std::fs::remove_file(file).unwrap();
            }
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn http2_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.http2_address)
    }
}

/// What Terraform says about it.
fn declared() -> Vec<(&'static str, String)> {
    let cdn = terraform::module("cdn");
    let roots = cdn.list("public_roots");
    let public = roots.iter().flat_map(|root| [root.clone(), format!("{root}/*")]).collect::<Vec<_>>();
    let page = cdn.function("page");
    let headers = security_headers(&cdn);
    vec![
        ("PUBLIC", pattern(&public)),
        ("PERSONAL", pattern(&cdn.list("personal_paths"))),
        ("API", between(&page, "const isApi = /", "/.test(path)").replace("\\/", "/")),
        ("NOTHING", between(&cdn.function("content_policy"), "const NOTHING = \"", "\";").to_owned()),
        ("ORIGIN_IDLE_SECONDS", cdn.value("origin_keepalive_timeout")),
        ("ORIGIN_SECONDS", cdn.value("origin_read_timeout")),
        (
            "HEADERS",
            headers.iter().map(|(name, value)| format!("add_header {name} \"{value}\" always;")).collect(),
        ),
    ]
}

/// The headers of the storefront's files.
pub fn security_headers(cdn: &Module) -> Vec<(String, String)> {
    let transport = [
        format!("max-age={}", cdn.value("access_control_max_age_sec")),
        String::from(if cdn.value("include_subdomains") == "true" { "; includeSubDomains" } else { "" }),
        String::from(if cdn.value("preload") == "true" { "; preload" } else { "" }),
    ];
    // What `content_type_options` can say is one thing.
    let named = [
        ("Strict-Transport-Security", transport.concat()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-Frame-Options", cdn.value("frame_option")),
        ("Referrer-Policy", cdn.value("referrer_policy")),
    ];
    named.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(cdn.map("custom_headers")).collect()
}

/// One pattern of nginx for several of CloudFront's.
fn pattern(paths: &[String]) -> String {
    assert!(paths.iter().all(|path| path.starts_with('/')), "{paths:?}");
    format!("^({})$", paths.join("|").replace('.', "\\.").replace('*', ".*"))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let found = text.split_once(before).and_then(|(_, rest)| rest.split_once(after));
    found.unwrap_or_else(|| panic!("{before}…{after} is not there any more")).0
}
