//! One release takes another's place, and pods go, while people shop: nobody notices.

use std::env;

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::stand_ins::{
    cluster::Cluster,
    load::{Load, SHOPPERS},
    shop,
    stocked::Stocked,
};

/// The program of the release before, if there is one: `cargo xtask rehearse` builds it. Else the same one is old and new.
const OLD_PROGRAM: &str = "TEST_OLD_BOTTEGA";

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
    let old_program = env::var_os(OLD_PROGRAM);
    let old = |url: &str| {
        let mut shop = shop::in_production(url);
        if let Some(program) = &old_program {
            shop.program = program.into();
        }
        shop
    };
    let Some(stocked) = Stocked::by(old).await else { return };
    let mut new = stocked.shop.clone();
    new.program = shop::in_production(&stocked.database.url).program;
    let mut cluster = Cluster::start(&stocked.shop, 3).await;
    let load = Load::begin(cluster.balancer.address, SHOPPERS);
    load.goes_on().await;

    let migrated = new.run(&["migrate", "up"]).await;
    if !migrated.said().contains("applied m") {
        expand(&stocked.connection).await;
    }
    load.goes_on().await;
    // A pod of the old release that is started now: the autoscaler knows nothing of migrations.
    cluster.add(&stocked.shop).await;
    load.goes_on().await;
    cluster.replace_all(&new).await;
    load.goes_on().await;
    stocked.suffered_nothing("rolling update", &load.end().await).await;
}

#[tokio::test]
async fn half_of_the_pods_go_under_load() {
    let Some(stocked) = Stocked::by(shop::in_production).await else { return };
    let mut cluster = Cluster::start(&stocked.shop, 4).await;
    let load = Load::begin(cluster.balancer.address, SHOPPERS);
    load.goes_on().await;
    cluster.end_oldest(2).await;
    assert_eq!(cluster.pods().len(), 2);
    load.goes_on().await;
    stocked.suffered_nothing("scale-in", &load.end().await).await;
}
