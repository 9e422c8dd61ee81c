//! One release takes another's place, and pods go, while people shop: nobody notices.

use std::env;

use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, PaginatorTrait};

use crate::{
    books::Books,
    program::Shop,
    stand_ins::{
        cluster::Cluster,
        load::{Load, Tally},
        shop,
    },
    support::{TestDatabase, connect, postgres_url},
};

/// The program of the release before, if there is one: `cargo xtask rehearse` builds it. Else the same one is old and new.
const OLD_PROGRAM: &str = "TEST_OLD_BOTTEGA";
const SHOPPERS: usize = 6;
/// More than anybody buys here.
const PIECES: u32 = 100_000;

/// A database with products in it, made by the release before.
async fn stocked(old: &Shop, database: &TestDatabase) -> DatabaseConnection {
    old.run(&["migrate", "up"]).await.said();
    old.run(&["seed", "--products", "60"]).await.said();
    let connection = connect(&database.url).await;
    for statement in
        [&format!("UPDATE product_variants SET stock = {PIECES}"), "UPDATE products SET in_stock = true"]
    {
        connection.execute_unprepared(statement).await.unwrap();
    }
    connection
}

/// Fails unless nothing failed, what was ordered is there once, and the books are right.
async fn nobody_noticed(what: &str, tally: &Tally, books: &Books, connection: &DatabaseConnection) {
    #[expect(clippy::print_stdout, reason = "the numbers are what a rehearsal is for")]
    {
        println!("{what}: {tally}");
    }
    let first = tally.failures.iter().take(5).collect::<Vec<_>>();
    assert!(first.is_empty(), "{tally}: {first:#?}");
    let orders = entity::order::Entity::find().count(connection).await.unwrap();
    assert_eq!(orders, tally.orders.len() as u64, "each order once");
    books.agree(connection).await;
}

/// What the next release would add first: the servers of this one must not notice.
async fn expand(connection: &DatabaseConnection) {
    for statement in [
        "ALTER TABLE products ADD COLUMN hats integer NOT NULL DEFAULT 0",
        "ALTER TABLE orders ADD COLUMN hats integer",
        "ALTER TABLE users ADD COLUMN hats integer NOT NULL DEFAULT 0",
        "ALTER TABLE sessions ADD COLUMN hats integer",
        "CREATE TABLE hats (id uuid PRIMARY KEY)",
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_hats', 0)",
    ] {
        connection.execute_unprepared(statement).await.unwrap();
    }
}

#[tokio::test]
async fn a_release_takes_the_place_of_another_under_load() {
    if postgres_url().is_none() {
        return;
    }
    let database = TestDatabase::empty().await;
    let new = shop::in_production(&database.url);
    let mut old = shop::in_production(&database.url);
    let old_program = env::var_os(OLD_PROGRAM);
    if let Some(program) = &old_program {
        old.program = program.into();
    }
    let connection = stocked(&old, &database).await;
    let books = Books::of(&connection).await;
    let mut cluster = Cluster::start(&old, 3).await;
    let load = Load::begin(cluster.balancer.address, SHOPPERS);
    load.goes_on().await;

    match old_program {
        Some(_) => drop(new.run(&["migrate", "up"]).await.said().to_owned()),
        None => expand(&connection).await,
    }
    load.goes_on().await;
    // A pod of the old release that is started now: the autoscaler knows nothing of migrations.
    cluster.add(&old).await;
    load.goes_on().await;
    cluster.replace_all(&new).await;
    load.goes_on().await;

    nobody_noticed("rolling update", &load.end().await, &books, &connection).await;
    connection.close().await.unwrap();
    drop(cluster);
    database.drop().await;
}

#[tokio::test]
async fn half_of_the_pods_go_under_load() {
    if postgres_url().is_none() {
        return;
    }
    let database = TestDatabase::empty().await;
    let shop = shop::in_production(&database.url);
    let connection = stocked(&shop, &database).await;
    let books = Books::of(&connection).await;
    let mut cluster = Cluster::start(&shop, 4).await;
    let load = Load::begin(cluster.balancer.address, SHOPPERS);
    load.goes_on().await;
    cluster.end_oldest(2).await;
    assert_eq!(cluster.pods().len(), 2);
    load.goes_on().await;

    nobody_noticed("scale-in", &load.end().await, &books, &connection).await;
    connection.close().await.unwrap();
    drop(cluster);
    database.drop().await;
}
