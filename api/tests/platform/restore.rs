//! A backup is made while people shop, and restored: docs/operations.md shows the same commands.

use std::process::Stdio;

use entity::{order, user};
use reqwest::Client;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use tempfile::tempdir;
use tokio::process::Command;

use crate::{
    stand_ins::{
        cluster::Cluster,
        load::{Load, SHOPPERS},
        shop,
        stocked::Stocked,
    },
    support::{PASSWORD, TestDatabase, connect},
};

async fn run(program: &str, arguments: &[&str]) {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|error| panic!("{program} cannot be started ({error}): install postgresql-client"));
    let output = child.wait_with_output().await.unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn a_backup_made_under_load_is_a_whole_shop() {
    let Some(stocked) = Stocked::by(shop::in_production).await else { return };
    let cluster = Cluster::start(&stocked.shop, 2).await;
    let load = Load::begin(cluster.balancer.address, SHOPPERS);
    load.goes_on().await;
    let before = load.so_far();
    let folder = tempdir().unwrap();
    let backup = folder.path().join("bottega.dump").display().to_string();
    run("pg_dump", &["--format=custom", "--no-owner", "--file", &backup, &stocked.database.url]).await;
    load.goes_on().await;

    let restored = TestDatabase::empty().await;
    let database = restored.url.as_str();
    run(
        "pg_restore",
        &["--exit-on-error", "--single-transaction", "--no-owner", "--dbname", database, &backup],
    )
    .await;
    let shop = shop::in_production(database);
    shop.run(&["doctor", "--database"]).await.said();
    let connection = connect(database).await;
    stocked.books.agree(&connection).await;
    let orders = order::Entity::find().all(&connection).await.unwrap();
    for id in &before.orders {
        assert!(orders.iter().any(|order| order.id.to_string() == *id), "{id} was placed before the backup");
    }
    assert!(orders.len() as u64 <= order::Entity::find().count(&stocked.connection).await.unwrap());

    // Whoever ordered can sign in, and sees what they ordered.
    let server = shop.serve().await;
    let order = orders.iter().find(|order| order.id.to_string() == before.orders[0]).unwrap();
    let owner = user::Entity::find_by_id(order.user_id.unwrap()).one(&connection).await.unwrap().unwrap();
    let client = Client::new();
    let url = |path: &str| format!("http://{}{path}", server.address);
    let account = json!({"email": owner.email, "password": PASSWORD});
    let session: Value =
        client.post(url("/api/auth/login")).json(&account).send().await.unwrap().json().await.unwrap();
    let token = session["data"]["token"].as_str().unwrap();
    let path = format!("/api/orders/{}", order.id);
    let seen: Value = client.get(url(&path)).bearer_auth(token).send().await.unwrap().json().await.unwrap();
    assert_eq!(seen["data"]["orderNumber"], order.number);

    connection.close().await.unwrap();
    drop(server);
    restored.drop().await;
    stocked.suffered_nothing("backup", &load.end().await).await;
}
