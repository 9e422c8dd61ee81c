//! What production refuses, and what it does differently.

use nix::sys::signal::Signal;
use serde_json::Value;

use super::program::{Shop, free_port, get};
use crate::support::TestDatabase;

fn in_production() -> Shop {
    Shop::new()
        .with("APP_ENV", "production")
        .with("HOST", "127.0.0.1")
        .with("METRICS_PORT", "0")
        .with("PUBLIC_URL", "https://shop.example.com")
        .with("JWT_SECRET", "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0Sa")
        .with("ALLOW_SQLITE_IN_PRODUCTION", "true")
}

#[tokio::test]
async fn without_a_strong_secret_it_does_not_start() {
    let shop = in_production().without("JWT_SECRET");
    assert!(shop.run(&[]).await.refusal().contains("set JWT_SECRET to at least 32 random characters"));
    for weak in ["changeme", "k3Jx9-qP2vTz8Lm5Wn7Yb1Rc4Hd6Gf0", &"ab".repeat(32)] {
        let refused = in_production().with("JWT_SECRET", weak).run(&[]).await;
        let sentence = refused.refusal();
        assert!(sentence.contains("APP_ENV=production refuses to start: JWT_SECRET is weak"), "{sentence}");
        assert!(!sentence.contains(weak), "{sentence}");
    }
    assert!(shop.files().is_empty());
}

#[tokio::test]
async fn without_the_address_visitors_know_it_by_it_does_not_start() {
    let shop = in_production().without("PUBLIC_URL");
    assert!(
        shop.run(&[]).await.refusal().contains("set PUBLIC_URL to the address visitors know the shop by")
    );
    assert!(shop.files().is_empty());
}

#[tokio::test]
async fn without_a_mail_server_it_starts_and_warns() {
    let database = TestDatabase::create().await;
    let shop = in_production().with("DATABASE_URL", &database.url).with("MAIL_FOLDER", "mails");
    let server = shop.serve().await;
    let ended = server.stop(Signal::SIGTERM).await;
    let warnings: Vec<&str> = ended.stderr.lines().filter(|line| line.contains("\"WARN\"")).collect();
    assert_eq!(warnings.len(), 1, "{}", ended.stderr);
    assert!(
        warnings[0].contains("set SMTP_URL to send them") && warnings[0].contains("mails"),
        "{warnings:?}"
    );
    assert!(shop.files().is_empty(), "nothing was sent, so nothing was written");
    database.drop().await;
}

#[tokio::test]
async fn on_sqlite_it_starts_only_when_told_so() {
    for shop in [
        in_production().without("ALLOW_SQLITE_IN_PRODUCTION"),
        in_production().with("ALLOW_SQLITE_IN_PRODUCTION", "false"),
        in_production().without("ALLOW_SQLITE_IN_PRODUCTION").with("DATABASE_URL", "sqlite:shop.db"),
    ] {
        let refused = shop.run(&[]).await;
        assert!(
            refused.refusal().contains("set DATABASE_URL to a PostgreSQL database"),
            "{}",
            refused.stderr
        );
        assert!(shop.files().is_empty());
    }
}

#[tokio::test]
async fn demo_accounts_are_neither_made_nor_borne() {
    let database = TestDatabase::create().await;
    let shop = in_production().with("DATABASE_URL", &database.url);
    assert!(shop.run(&["seed", "--demo"]).await.refusal().contains("a password everybody knows"));

    let development = Shop::new().with("DATABASE_URL", &database.url);
    development.run(&["seed", "--demo"]).await.said();
    assert!(shop.run(&[]).await.refusal().contains("the database holds demo accounts"));
    database.drop().await;
}

#[tokio::test]
async fn the_embedded_database_stays_without_the_demo() {
    let shop = in_production();
    for _ in ["first start", "second start"] {
        let server = shop.serve().await;
        assert_eq!(server.products().await, 0);
        assert_eq!(server.stop(Signal::SIGTERM).await.code, Some(0));
    }
}

#[tokio::test]
async fn it_serves_logs_json_and_keeps_the_metrics_to_a_port_of_their_own() {
    let database = TestDatabase::create().await;
    let metrics_port = free_port();
    let shop =
        in_production().with("DATABASE_URL", &database.url).with("METRICS_PORT", metrics_port.to_string());
    let server = shop.serve().await;
    server.get("/api/catalog/products").await.ok::<Value>();
    server.get("/metrics").await.problem(404, "NOT_FOUND");

    let beside = format!("http://127.0.0.1:{metrics_port}");
    let metrics = get(&format!("{beside}/metrics")).await;
    assert_eq!(metrics.status, 200);
    assert!(metrics.text().contains("http_request_duration_seconds_count"), "{}", metrics.text());
    assert_eq!(get(&format!("{beside}/health")).await.status, 404, "nothing but metrics");

    let document = server.get("/api/docs/openapi.json").await.json();
    assert_eq!(document["paths"].get("/metrics"), None);

    let ended = server.stop(Signal::SIGTERM).await;
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.stdout, "");
    let lines: Vec<Value> = ended
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect();
    let answered = lines.iter().find(|line| line["message"] == "answered").unwrap();
    assert_eq!(answered["status"], 200);
    assert_eq!(answered["path"], "/api/catalog/products");
    assert!(!ended.stderr.contains("k3Jx9"), "a secret in the logs");
    database.drop().await;
}
