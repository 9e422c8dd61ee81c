//! What operators type: `migrate`, `seed`, `openapi`, `doctor`, `--version`.

use std::process::Stdio;

use entity::{
    product::{self, ProductStatus},
    search_document,
};
use nix::sys::signal::Signal;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::Value;

use super::program::{Shop, free_port};
use crate::support::{TestDatabase, connect, smtp::MailServer};

/// How many of the lines begin with this word.
fn count(text: &str, word: &str) -> usize {
    text.lines().filter(|line| line.split(' ').next() == Some(word)).count()
}

#[tokio::test]
async fn the_version_names_release_and_commit() {
    let shop = Shop::new();
    let version = shop.run(&["--version"]).await;
    let words: Vec<_> = version.said().split_whitespace().collect();
    let [name, release, commit] = words[..] else { panic!("{words:?}") };
    assert_eq!((name, release), ("bottega", env!("CARGO_PKG_VERSION")));
    let commit = commit.trim_matches(['(', ')']);
    assert!(commit == "unknown" || commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{commit}");
    assert!(shop.files().is_empty());
}

#[tokio::test]
async fn migrations_go_up_and_down_and_up() {
    let database = TestDatabase::empty().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    let status = shop.run(&["migrate", "status"]).await;
    let all = count(status.said(), "pending");
    assert!(all > 0 && count(&status.stdout, "applied") == 0, "{}", status.stdout);

    let up = shop.run(&["migrate", "up"]).await;
    assert_eq!(count(up.said(), "applied"), all);
    assert!(up.stdout.ends_with(&format!("{all} applied, none pending\n")), "{}", up.stdout);
    let again = shop.run(&["migrate", "up"]).await;
    assert_eq!(again.said(), format!("{all} applied, none pending\n"));

    let one = shop.run(&["migrate", "down"]).await;
    assert_eq!(count(one.said(), "took"), 1, "{}", one.stdout);
    let rest = shop.run(&["migrate", "down", "--steps", &(all - 1).to_string()]).await;
    assert_eq!(count(rest.said(), "took"), all - 1);
    assert!(rest.stdout.ends_with(&format!("0 applied, {all} pending\n")), "{}", rest.stdout);

    shop.run(&["migrate", "up"]).await.said();
    assert_eq!(count(shop.run(&["migrate", "status"]).await.said(), "applied"), all);
    database.drop().await;
}

#[tokio::test]
async fn what_was_changed_past_the_servers_is_indexed_by_hand() {
    let database = TestDatabase::create().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    shop.run(&["seed", "--products", "700"]).await.said();
    let past_the_servers = connect(&database.url).await;
    let mut documents = vec![];
    for change in [
        "SELECT 1",
        "UPDATE products SET status = 'ARCHIVED' WHERE name LIKE '%Lamp%'",
        "DELETE FROM products WHERE name LIKE '%Mug%'",
    ] {
        past_the_servers.execute_unprepared(change).await.unwrap();
        let products = product::Entity::find();
        let active = products.clone().filter(product::Column::Status.eq(ProductStatus::Active));
        let (all, active) = (
            products.count(&past_the_servers).await.unwrap(),
            active.count(&past_the_servers).await.unwrap(),
        );
        let said = shop.run(&["search", "reindex"]).await;
        assert_eq!(said.said(), format!("indexed {all} products\n"));
        documents.push(search_document::Entity::find().count(&past_the_servers).await.unwrap());
        assert_eq!(documents.last(), Some(&active), "{change}");
    }
    assert!(documents.is_sorted_by(|more, fewer| more > fewer), "{documents:?}");
    past_the_servers.close().await.unwrap();
    database.drop().await;
}

#[tokio::test]
async fn seeding_adds_what_is_missing_and_no_more() {
    let database = TestDatabase::create().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    for (arguments, said) in [
        (&["--demo"][..], "added 3 users, 9 categories, 18 products, 3 orders\n"),
        (&["--demo"], "added 0 users, 0 categories, 0 products, 0 orders\n"),
        (&["--products", "500"], "added 500 synthetic products, there are 500 now\n"),
        (&["--products", "500"], "added 0 synthetic products, there are 500 now\n"),
        (
            &["--demo", "--products", "600"],
            "added 0 users, 0 categories, 0 products, 0 orders\nadded 100 synthetic products, there are 600 now\n",
        ),
        (&["--products", "10"], "added 0 synthetic products, there are 600 now\n"),
    ] {
        let seeded = shop.run(&[&["seed"], arguments].concat()).await;
        assert_eq!(seeded.said(), said, "{arguments:?}");
        assert_eq!(seeded.stderr, "");
    }
    database.drop().await;
}

#[tokio::test]
async fn the_demo_goes_into_an_empty_shop_and_stays_as_it_was_left() {
    let database = TestDatabase::create().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    let seed = ["seed", "--demo", "--if-empty"];
    assert!(shop.run(&seed).await.said().starts_with("added 3 users, 9 categories"));

    let past_the_servers = connect(&database.url).await;
    past_the_servers.execute_unprepared("DELETE FROM orders").await.unwrap();
    assert_eq!(
        shop.run(&seed).await.said(),
        "added 0 users, 0 categories, 0 products, 0 orders\n",
        "an order that was deleted does not come back"
    );
    past_the_servers.close().await.unwrap();
    database.drop().await;
}

#[tokio::test]
async fn seeding_nothing_shows_what_can_be_seeded() {
    for arguments in [&["seed"][..], &["seed", "--if-empty"]] {
        let refused = Shop::new().run(arguments).await;
        assert_eq!(refused.code, Some(2), "{arguments:?}");
        assert!(refused.stderr.contains("--demo"), "{}", refused.stderr);
    }
    let refused = Shop::new().run(&["seed"]).await;
    assert!(refused.stderr.contains("--products"), "{}", refused.stderr);
}

#[tokio::test]
async fn the_contract_is_printed_alike_in_both_formats() {
    // Needs no settings, so it minds no wrong ones.
    let shop = Shop::new().with("PORT", "eighty");
    let json: Value = serde_json::from_str(shop.run(&["openapi"]).await.said()).unwrap();
    let same: Value = serde_json::from_str(shop.run(&["openapi", "--format", "json"]).await.said()).unwrap();
    let yaml: Value = yaml_serde::from_str(shop.run(&["openapi", "--format", "yaml"]).await.said()).unwrap();
    assert_eq!(json["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    assert!(json["paths"]["/api/catalog/products"].is_object());
    assert_eq!(json, same);
    assert_eq!(json, yaml);
    assert!(shop.files().is_empty());
}

#[tokio::test]
async fn a_reader_that_has_seen_enough_is_no_failure() {
    let shop = Shop::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let child = shop.command(&["openapi"]).stdout(Stdio::from(writer)).spawn().unwrap();
    let output = child.wait_with_output().await.unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[tokio::test]
async fn the_doctor_finds_a_healthy_shop_healthy() {
    let database = TestDatabase::create().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    for (arguments, checks) in [(&["doctor"][..], 2), (&["doctor", "--database"], 1)] {
        let healthy = shop.run(arguments).await;
        assert!(healthy.said().starts_with("ok      database: "), "{}", healthy.stdout);
        assert_eq!(healthy.stdout.lines().count(), checks);
    }
    let mail_server = MailServer::start().await;
    let shop = shop.with("SMTP_URL", mail_server.url()).with("MAIL_FROM", "shop@shop.test");
    let healthy = shop.run(&["doctor", "--mail"]).await;
    assert!(
        healthy.said().starts_with("ok      mail: mails can go by smtp://127.0.0.1"),
        "{}",
        healthy.stdout
    );
    assert_eq!((mail_server.attempts(), mail_server.logins().len()), (0, 1), "logged in, and sent nothing");
    if let Ok(redis) = std::env::var("TEST_REDIS_URL") {
        let healthy = shop.with("REDIS_URL", redis).run(&["doctor"]).await;
        assert_eq!(count(healthy.said(), "ok"), 3, "{}", healthy.stdout);
    }
    database.drop().await;
}

#[tokio::test]
async fn the_doctor_finds_what_is_away() {
    let closed = free_port();
    let dead_postgres = format!("postgres://shop:hush@127.0.0.1:{closed}/shop");
    let dead_smtp = format!("smtp://shop:hush@127.0.0.1:{closed}");
    let dead_redis = format!("redis://:hush@127.0.0.1:{closed}");
    for (variable, value, arguments, finding) in [
        (
            "DATABASE_URL",
            dead_postgres.as_str(),
            &["--database"][..],
            "FAILED  database: PostgreSQL at 127.0.0.1",
        ),
        ("REDIS_URL", "", &["--redis"], "FAILED  redis: none is configured: set REDIS_URL"),
        ("REDIS_URL", &dead_redis, &["--redis"], "FAILED  redis: Redis at 127.0.0.1"),
        ("SMTP_URL", &dead_smtp, &["--mail"], "FAILED  mail: Mails cannot go by smtp://127.0.0.1"),
        (
            "MAIL_FOLDER",
            "/dev/null/mail",
            &["--mail"],
            "FAILED  mail: Mails cannot go into the folder /dev/null",
        ),
        (
            "PORT",
            "0",
            &["--http", &format!("http://127.0.0.1:{closed}/health")],
            "FAILED  http: http://127.0.0.1",
        ),
    ] {
        let shop = Shop::new().with("MAIL_FROM", "shop@shop.test").with(variable, value);
        let sick = shop.run(&[&["doctor"], arguments].concat()).await;
        assert_eq!(sick.refusal(), "bottega: 1 of 1 checks failed.");
        assert!(sick.stdout.starts_with(finding), "{}", sick.stdout);
        assert!(!sick.stdout.contains("hush"), "{}", sick.stdout);
    }
}

#[tokio::test]
async fn the_doctor_finds_a_database_without_its_tables() {
    let database = TestDatabase::empty().await;
    let sick = Shop::new().with("DATABASE_URL", &database.url).run(&["doctor"]).await;
    sick.refusal();
    assert!(sick.stdout.contains("bottega migrate up"), "{}", sick.stdout);
    database.drop().await;
}

#[tokio::test]
async fn the_doctor_asks_a_running_server() {
    let database = TestDatabase::create().await;
    let shop = Shop::new().with("DATABASE_URL", &database.url);
    let server = shop.serve().await;
    let url = |path: &str| format!("http://{}{path}", server.address);
    let healthy = shop.run(&["doctor", "--http", &url("/ready?strict=true")]).await;
    assert!(healthy.said().starts_with("ok      http: "), "{}", healthy.stdout);
    let sick = shop.run(&["doctor", "--http", &url("/nowhere"), "--database"]).await;
    assert_eq!(sick.refusal(), "bottega: 1 of 2 checks failed.");
    assert!(sick.stdout.contains("/nowhere answers 404"), "{}", sick.stdout);
    server.stop(Signal::SIGTERM).await;
    database.drop().await;
}
