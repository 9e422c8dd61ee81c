//! A caching proxy in front of an application, as a CDN stands in front of a shop.

use std::{path::Path, process::Stdio, time::Duration};

use reqwest::Method;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use super::{Answer, TestApp, redis::redis_url, wait::within};

/// nginx, keeping whatever it is told it may. Killed when dropped.
pub struct Nginx {
    _process: Child,
    folder: TempDir,
    port: u16,
    client: reqwest::Client,
}

impl Nginx {
    /// Starts one, if the tests run with servers at all.
    pub async fn before(app: &TestApp) -> Option<Self> {
        redis_url()?;
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = folder.path().join("nginx.conf");
        std::fs::write(&config, configuration(folder.path(), port, &app.address.to_string())).unwrap();
        let process =
            Command::new(["/usr/sbin/nginx", "nginx"][usize::from(!Path::new("/usr/sbin/nginx").exists())])
                .arg("-c")
                .arg(&config)
                .arg("-p")
                .arg(folder.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .kill_on_drop(true)
                .spawn()
                .unwrap();
        within(Duration::from_secs(20), "nginx", async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop)
        })
        .await;
        Some(Self { _process: process, folder, port, client: reqwest::Client::new() })
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.client.request(method, format!("http://127.0.0.1:{}{path}", self.port));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Answer::read(request.send().await.unwrap()).await
    }

    /// Everything it keeps, as bytes.
    pub fn kept(&self) -> Vec<Vec<u8>> {
        let mut folders = vec![self.folder.path().join("cache")];
        let mut kept = vec![];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { kept.push(std::fs::read(path).unwrap()) }
            }
        }
        kept
    }
}

/// One process, in a folder of its own, that obeys `Cache-Control` and `Vary` and says in `X-Cache` what it did.
fn configuration(folder: &Path, port: u16, shop: &str) -> String {
    let folder = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {folder}/{kind};"))
        .concat();
    format!(
        "daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 256; }}
        http {{
            access_log off; {temporary}
            proxy_cache_path {folder}/cache keys_zone=shop:1m;
            server {{
                listen 127.0.0.1:{port};
                location / {{
                    proxy_pass http://{shop}; proxy_http_version 1.1; proxy_set_header Connection '';
                    proxy_cache shop; proxy_cache_key $uri$is_args$args; proxy_cache_revalidate on;
                    add_header X-Cache $upstream_cache_status always;
                }}
            }}
        }}"
    )
}
