//! The shop as the platform runs it: the real program, in production, behind the CDN and the load balancer.

use std::{env, path::PathBuf};

use uuid::Uuid;

use crate::{program::Shop, support::redis_url};

/// What access tokens are signed with unless a test changes it.
pub const SECRET: &str = "pelicans carry kettles over the sea at night";

/// The program with the variables of a pod, on this database. Nobody is refused for asking often.
pub fn in_production(database_url: &str) -> Shop {
    let shop = Shop::new()
        .with("APP_ENV", "production")
        .with("ALLOW_SQLITE_IN_PRODUCTION", "true")
        .with("HOST", "127.0.0.1")
        .with("METRICS_PORT", "0")
        .with("PUBLIC_URL", "https://shop.test")
        .with("DATABASE_URL", database_url)
        .with("JWT_SECRET", SECRET)
        .with("TRUSTED_PROXY_HOPS", "2")
        .with("ENABLE_RATE_LIMITING", "false")
        .with("WORKERS", "1")
        .with("REDIS_KEY_PREFIX", format!("test:{}:", Uuid::now_v7()));
    match redis_url() {
        Some(url) => shop.with("REDIS_URL", url),
        None => shop,
    }
}

/// The built storefront.
pub fn storefront() -> PathBuf {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../dist");
    let root = PathBuf::from(env::var("TEST_WEB_ROOT").unwrap_or_else(|_| here.to_owned()));
    assert!(
        root.join("index.html").is_file(),
        "The storefront is not built: `cargo xtask test` builds it, or let TEST_WEB_ROOT name the folder."
    );
    root
}
