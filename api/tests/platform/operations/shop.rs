//! The real program on PostgreSQL and a Redis of its own, as the pods of a cluster would run it.

use std::{
    fs::{self, File},
    net::TcpListener,
    process::Stdio,
};

use tokio::process::{Child, Command};

use super::cluster::Cluster;
use crate::support::{PATIENCE, RedisServer, TestDatabase, proxy::Proxy, within};

const PROGRAM: &str = env!("CARGO_BIN_EXE_bottega");

/// A server that runs, what it depends on, and a cluster whose pods it stands for. Killed when dropped.
pub struct Shop {
    pub cluster: Cluster,
    pub address: String,
    pub database: Proxy,
    pub redis: RedisServer,
    process: Child,
    _database: TestDatabase,
}

impl Shop {
    pub async fn open() -> Self {
        let redis = RedisServer::start()
            .await
            .unwrap_or_else(|| panic!("`cargo xtask services` tells which variables to set"));
        let database = TestDatabase::create().await;
        let direct = reqwest::Url::parse(&database.url).unwrap();
        let server = format!("{}:{}", direct.host_str().unwrap(), direct.port().unwrap());
        let way = Proxy::to(server.clone()).await;
        let (port, metrics_port) = (free_port(), free_port());
        let address = format!("127.0.0.1:{port}");
        let variables = [
            ("DATABASE_URL", database.url.replace(&server, &way.address.to_string())),
            ("REDIS_URL", redis.url()),
            ("HOST", "127.0.0.1".to_owned()),
            ("PORT", port.to_string()),
            ("METRICS_PORT", metrics_port.to_string()),
            ("PUBLIC_URL", format!("http://{address}")),
            ("WEB_ROOT", std::env::var("TEST_WEB_ROOT").unwrap_or_default()),
            ("ENABLE_RATE_LIMITING", "false".to_owned()),
            ("LOG_FORMAT", "json".to_owned()),
            ("POD_PROGRAM", PROGRAM.to_owned()),
        ];
        let cluster =
            variables.iter().fold(Cluster::new(), |cluster, (name, value)| cluster.with(name, value));
        cluster.write("port:4000", &port.to_string());
        cluster.write("port:9090", &metrics_port.to_string());
        let process = Command::new(PROGRAM)
            .current_dir(cluster.path("."))
            .env_clear()
            .envs(variables)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(cluster.path("log")).unwrap())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let shop = Self { cluster, address, database: way, redis, process, _database: database };
        within(PATIENCE, "the server listens", async || {
            shop.get("/ready?strict=true").await.filter(|status| *status == 200)
        })
        .await;
        shop
    }

    /// The status of an answer, if there is one.
    pub async fn get(&self, path: &str) -> Option<u16> {
        let answer = reqwest::get(format!("http://{}{path}", self.address)).await.ok()?;
        Some(answer.status().as_u16())
    }

    /// The server is gone, and nobody listens where it did.
    pub async fn close(&mut self) {
        self.process.kill().await.unwrap();
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.cluster.path("log")).unwrap()
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
