//! Starting and stopping the server, on nothing but defaults and on a database of one's own.

use std::os::unix::fs::PermissionsExt;

use entity::product;
use nix::sys::signal::Signal;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::program::Shop;
use crate::support::{TestDatabase, connect};

#[tokio::test]
async fn the_first_start_makes_a_demo_shop_and_says_where_it_is() {
    let shop = Shop::new();
    let server = shop.serve().await;
    assert_eq!(server.products().await, 16);
    let port = server.address.rsplit(':').next().unwrap().to_owned();
    assert!(server.address.starts_with("127.0.0.1:"), "nobody else can reach a shop in development");
    let ended = server.stop(Signal::SIGTERM).await;
    assert!(shop.path("data/bottega.db").exists());
    for said in [
        &format!("http://localhost:{port}/api/docs/"),
        "data/bottega.db",
        "admin@example.com, john@example.com, jane@example.com",
        "password123",
    ] {
        assert!(ended.stdout.contains(said), "{said}: {}", ended.stdout);
    }
    assert!(!ended.stdout.contains("Shop "), "there is no storefront to go to: {}", ended.stdout);
}

#[tokio::test]
async fn the_second_start_leaves_the_shop_as_it_was() {
    let shop = Shop::new();
    shop.serve().await.stop(Signal::SIGTERM).await;
    let secret = std::fs::read_to_string(shop.path("data/jwt-secret")).unwrap();
    assert_eq!(secret.len(), 64);
    let mode = shop.path("data/jwt-secret").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let connection = connect(&format!("sqlite:{}", shop.path("data/bottega.db").display())).await;
    product::Entity::delete_many()
        .filter(product::Column::Slug.eq("professional-yoga-mat"))
        .exec(&connection)
        .await
        .unwrap();
    connection.close().await.unwrap();

    let server = shop.serve().await;
    assert_eq!(server.products().await, 15);
    server.get("/api/catalog/products/professional-yoga-mat").await.problem(404, "NOT_FOUND");
    server.stop(Signal::SIGTERM).await;
    assert_eq!(std::fs::read_to_string(shop.path("data/jwt-secret")).unwrap(), secret);
}

/// Old servers go on, start anew and come back while or after a newer release has prepared the database for itself.
#[tokio::test]
async fn a_database_that_is_prepared_for_a_newer_release_serves_this_one() {
    let database = TestDatabase::create().await;
    let connection = connect(&database.url).await;
    connection
        .execute_unprepared(
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_hats', 0)",
        )
        .await
        .unwrap();
    connection.close().await.unwrap();
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    let migrated = shop.run(&["migrate", "up"]).await;
    assert!(migrated.said().ends_with("applied, none pending\n"), "{}", migrated.stdout);
    let status = shop.run(&["migrate", "status"]).await;
    assert!(status.said().ends_with("m29990101_000001_hats (by a newer version)\n"), "{}", status.stdout);
    let server = shop.serve().await;
    assert_eq!(server.products().await, 0);
    server.stop(Signal::SIGTERM).await;
    database.drop().await;
}

#[tokio::test]
async fn a_database_that_was_named_is_not_filled_unasked() {
    let database = TestDatabase::create().await;
    let server = Shop::new().with("DATABASE_URL", &database.url).serve().await;
    assert_eq!(server.products().await, 0);
    let ended = server.stop(Signal::SIGTERM).await;
    assert!(!ended.stdout.contains("password123"), "{}", ended.stdout);
    database.drop().await;
}

#[tokio::test]
async fn servers_that_start_together_share_one_demo_shop() {
    for _ in 0..3 {
        let shop = Shop::new();
        let (one, two, three) = tokio::join!(shop.serve(), shop.serve(), shop.serve());
        let secret = std::fs::read_to_string(shop.path("data/jwt-secret")).unwrap();
        assert_eq!(secret.len(), 64);
        for server in [one, two, three] {
            assert_eq!(server.products().await, 16);
            assert_eq!(server.stop(Signal::SIGTERM).await.code, Some(0));
        }
        for left in std::fs::read_dir(shop.path("data")).unwrap() {
            let name = left.unwrap().file_name().into_string().unwrap();
            assert!(!name.contains("draft"), "{name} is left behind");
        }
    }
}

#[tokio::test]
async fn sigterm_and_sigint_stop_it_without_complaint() {
    let database = TestDatabase::create().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        let server = shop.serve().await;
        server.get("/health").await.ok::<serde_json::Value>();
        let ended = server.stop(signal).await;
        assert_eq!(ended.code, Some(0), "{signal}: {}", ended.stderr);
        assert!(ended.stderr.trim_end().ends_with("stopped"), "{signal}: {}", ended.stderr);
        assert!(!ended.stderr.contains("WARN") && !ended.stderr.contains("ERROR"), "{}", ended.stderr);
    }
    database.drop().await;
}
