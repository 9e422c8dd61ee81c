//! Secrets are changed while people shop, by the steps of docs/operations.md: nobody is signed out, nothing fails.

use std::{path::PathBuf, time::Duration};

use tempfile::TempDir;

use crate::{
    program::{Serving, Shop},
    stand_ins::{
        cluster::Cluster,
        load::{Load, SHOPPERS},
        shop,
        stocked::Stocked,
    },
    support::{PATIENCE, RedisServer, within},
};

const NEW_SECRET: &str = "in the evening the pelicans carry the kettles back";
/// Longer than a server takes to read its files again.
const A_WHILE: Duration = Duration::from_millis(1_500);

/// The secrets of one pod, as Kubernetes mounts them: on each node at another moment.
struct Mounted(TempDir);

impl Mounted {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// At once, or not at all.
    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.path("draft"), content).unwrap();
        std::fs::rename(self.path("draft"), self.path(name)).unwrap();
    }

    fn sign(&self, secret: &str, previous: &str) {
        self.write("jwt-secret", secret);
        self.write("jwt-secret-previous", previous);
    }

    fn file(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// The shop with this pod's secrets.
    fn of(&self, shop: &Shop) -> Shop {
        shop.clone()
            .without("JWT_SECRET")
            .with("JWT_SECRET_FILE", self.file("jwt-secret"))
            .with("JWT_SECRET_PREVIOUS_FILE", self.file("jwt-secret-previous"))
    }
}

#[tokio::test]
async fn what_tokens_are_signed_with_is_changed_in_two_steps() {
    let Some(stocked) = Stocked::by(shop::in_production).await else { return };
    let nodes = [Mounted::new(), Mounted::new()];
    for node in &nodes {
        node.sign(shop::SECRET, "");
    }
    let mut cluster = Cluster::start(&nodes[0].of(&stocked.shop), 1).await;
    cluster.add(&nodes[1].of(&stocked.shop)).await;
    let load = Load::begin(cluster.balancer.address, SHOPPERS);
    load.goes_on().await;
    // First every pod learns to read what is signed with the new one, then they begin to sign with it.
    for (secret, previous) in [(shop::SECRET, NEW_SECRET), (NEW_SECRET, shop::SECRET)] {
        for node in &nodes {
            node.sign(secret, previous);
            tokio::time::sleep(A_WHILE).await;
            load.goes_on().await;
        }
    }
    stocked.suffered_nothing("new secret for tokens", &load.end().await).await;
}

#[tokio::test]
async fn the_password_of_redis_is_changed_in_two_steps() {
    let Some(mut redis) = RedisServer::start().await else { return };
    redis.want("the-password-of-before").await;
    let Some(stocked) = Stocked::by(shop::in_production).await else { return };
    let node = Mounted::new();
    node.write("redis-password", "the-password-of-before");
    let (host, port) = redis.place();
    let shop = stocked.shop.clone().without("REDIS_URL").with("REDIS_HOST", host).with("REDIS_PORT", port);
    let shop = shop.with("REDIS_PASSWORD_FILE", node.file("redis-password"));
    let cluster = Cluster::start(&shop, 2).await;
    all_have_redis(cluster.pods()).await;
    let load = Load::begin(cluster.balancer.address, SHOPPERS);
    load.goes_on().await;

    redis.want("the-password-of-now").await;
    node.write("redis-password", "the-password-of-now");
    tokio::time::sleep(A_WHILE).await;
    load.goes_on().await;
    redis.forget("the-password-of-before").await;
    redis.send("CLIENT KILL SKIPME yes").await;
    load.goes_on().await;
    all_have_redis(cluster.pods()).await;
    stocked.suffered_nothing("new password of Redis", &load.end().await).await;
}

async fn all_have_redis(pods: &[Serving]) {
    for pod in pods {
        within(PATIENCE, "Redis is there", async || {
            pod.get("/ready?strict=true").await.status.is_success().then_some(())
        })
        .await;
    }
}
