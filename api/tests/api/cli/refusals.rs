//! Whatever keeps the program from its work is told in one sentence that says what to do.

use std::net::TcpListener;

use sea_orm::ConnectionTrait;

use super::program::{Shop, free_port};
use crate::support::{TestDatabase, connect, postgres_url};

#[tokio::test]
async fn a_wrong_setting_is_told_by_its_name_and_what_it_must_be() {
    for (name, value, told) in [
        (
            "DATABASE_URL",
            "mysql://shop:hush@db/shop",
            "postgres://user:password@host:5432/name or sqlite:path",
        ),
        ("DATABASE_URL", "hush", "sqlite:path/to/file.db"),
        ("DATABASE_URL_FILE", "hush", "DATABASE_URL_FILE names hush, which cannot be read"),
        ("DATABASE_MAX_CONNECTIONS", "0", "must be a whole number between 1 and 1000"),
        ("PORT", "eighty", "must be a whole number between 0 and 65535"),
        ("PORT", "70000", "must be a whole number between 0 and 65535"),
        ("METRICS_PORT", "-1", "must be a whole number between 0 and 65535"),
        ("HOST", "localhost", "must be an address of this machine, like 127.0.0.1"),
        ("WORKERS", "0", "must be a whole number between 1 and 256"),
        ("APP_ENV", "staging", "must be development or production"),
        ("LOG_LEVEL", "loud", "must be error, warn, info, debug or trace"),
        ("LOG_FORMAT", "xml", "must be pretty or json"),
        ("ENABLE_SWAGGER", "perhaps", "must be true or false"),
        ("CURRENCY", "dollars", "like USD"),
        ("CORS_ORIGINS", "*", "like https://shop.example.com"),
        ("REDIS_URL", "memcached://cache", "must look like redis://"),
        ("JWT_SECRET_FILE", "gone", "cannot be read"),
        ("PUBLIC_URL", "https://shop.example.com/shop", "scheme and host alone"),
        ("SMTP_URL", "mail://shop:hush@host", "must look like smtps://user:password@host:465"),
        ("MAIL_FROM", "the shop", "like Bottega <shop@example.com>"),
    ] {
        let shop = Shop::new().with(name, value);
        let refused = shop.run(&[]).await;
        let sentence = refused.refusal();
        let blamed = sentence.strip_prefix("bottega: ").unwrap();
        assert!(blamed.starts_with(name), "{name}={value}: {sentence}");
        assert!(sentence.contains(told), "{name}={value}: {sentence}");
        assert!(!sentence.contains("shop:hush"), "{sentence}");
        assert!(refused.stdout.is_empty());
        assert!(shop.files().is_empty(), "{name}={value}: {:?}", shop.files());
    }
}

#[tokio::test]
async fn a_secret_given_twice_is_ambiguous() {
    let shop = Shop::new().with("JWT_SECRET", "one").with("JWT_SECRET_FILE", "two");
    let refused = shop.run(&[]).await;
    assert_eq!(refused.refusal(), "bottega: Both JWT_SECRET and JWT_SECRET_FILE are set: unset one of them.");
}

#[tokio::test]
async fn a_postgresql_that_does_not_answer_is_told_without_its_password() {
    let port = free_port();
    let shop = Shop::new().with("DATABASE_URL", format!("postgres://shop:hush@127.0.0.1:{port}/bottega"));
    let refused = shop.run(&[]).await;
    let sentence = refused.refusal();
    assert!(
        sentence.contains(&format!("PostgreSQL at 127.0.0.1:{port}/bottega does not answer")),
        "{sentence}"
    );
    assert!(sentence.contains("check DATABASE_URL"), "{sentence}");
    assert!(!sentence.contains("hush"), "{sentence}");
}

#[tokio::test]
async fn a_database_postgresql_does_not_have_is_told() {
    let Some(server) = postgres_url() else {
        return;
    };
    let mut url = reqwest::Url::parse(&server).unwrap();
    url.set_path("there_is_no_such_shop");
    let refused = Shop::new().with("DATABASE_URL", url).run(&[]).await;
    let sentence = refused.refusal();
    assert!(sentence.contains("there_is_no_such_shop") && sentence.contains("DATABASE_URL"), "{sentence}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told_and_left_alone() {
    let shop = Shop::new().with("DATABASE_URL", "sqlite:letter.db");
    let letter = "Dear shop, I am not a database. ".repeat(400);
    shop.write("letter.db", &letter);
    for arguments in [&[][..], &["migrate", "up"], &["seed", "--demo"]] {
        let refused = shop.run(arguments).await;
        let sentence = refused.refusal();
        assert!(sentence.contains("letter.db") && sentence.contains("check DATABASE_URL"), "{sentence}");
    }
    assert_eq!(std::fs::read_to_string(shop.path("letter.db")).unwrap(), letter);
}

#[tokio::test]
async fn a_place_that_cannot_hold_a_database_is_told() {
    let shop = Shop::new();
    shop.write("file", "in the way");
    let shop = shop.with("DATABASE_URL", "sqlite:file/shop.db");
    let refused = shop.run(&[]).await;
    let sentence = refused.refusal();
    assert!(sentence.contains("The folder file") && sentence.contains("DATABASE_URL"), "{sentence}");

    std::fs::create_dir(shop.path("folder")).unwrap();
    let shop = shop.with("DATABASE_URL", "sqlite:folder");
    let refused = shop.run(&[]).await;
    assert!(refused.refusal().contains("folder cannot be opened"), "{}", refused.stderr);
}

#[tokio::test]
async fn a_port_in_use_is_told_before_the_database_is_touched() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    for variable in ["PORT", "METRICS_PORT"] {
        let shop = Shop::new().with(variable, port.to_string());
        let refused = shop.run(&[]).await;
        assert_eq!(
            refused.refusal(),
            format!(
                "bottega: Port {port} on 127.0.0.1 is in use: stop what listens there, or choose another with {variable}."
            )
        );
        assert!(shop.files().is_empty(), "{:?}", shop.files());
    }
}

#[tokio::test]
async fn a_database_that_was_named_is_not_migrated_unasked() {
    let database = TestDatabase::empty().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    for arguments in [&[][..], &["seed", "--demo"]] {
        let refused = shop.run(arguments).await;
        assert!(refused.refusal().contains("run `bottega migrate up` first"), "{}", refused.stderr);
    }
    let status = shop.run(&["migrate", "status"]).await;
    assert!(!status.said().contains("applied"), "{}", status.stdout);
    database.drop().await;
}

#[tokio::test]
async fn what_only_a_newer_release_knows_is_not_taken_back() {
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
    let refused = shop.run(&["migrate", "down"]).await;
    assert!(
        refused.refusal().contains("applied m29990101_000001_hats: take that back"),
        "{}",
        refused.stderr
    );
    database.drop().await;
}

#[tokio::test]
async fn a_folder_that_is_no_storefront_is_told_before_the_database_is_touched() {
    for root in ["nowhere", "web"] {
        let shop = Shop::new().with("WEB_ROOT", root);
        std::fs::create_dir(shop.path("web")).unwrap();
        let refused = shop.run(&[]).await;
        let sentence = refused.refusal();
        assert!(sentence.contains(&format!("WEB_ROOT names {root}")), "{sentence}");
        assert!(sentence.contains("trunk build"), "{sentence}");
        assert_eq!(shop.files(), ["web"]);
    }
}

#[tokio::test]
async fn a_word_that_is_no_command_gets_help() {
    for arguments in
        [&["sevre"][..], &["--prot", "80"], &["migrate"], &["seed"], &["seed", "--products", "0"]]
    {
        let shop = Shop::new();
        let refused = shop.run(arguments).await;
        assert_eq!(refused.code, Some(2), "{arguments:?}");
        assert!(
            refused.stderr.contains("Usage: bottega") || refused.stderr.contains("--help"),
            "{refused:?}"
        );
        assert!(!refused.stderr.contains("panicked"), "{refused:?}");
        assert!(shop.files().is_empty());
    }
}
