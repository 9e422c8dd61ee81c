//! What is kept in memory and in Redis, and when it is not believed any more.

mod invalidation;
mod proxy;
mod redis;
mod tiers;
mod trouble;

use std::time::Duration;

use entity::{cache_generation, product};
use openapi::{
    Data,
    cache::{CacheReport, FamilyReport},
};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, NewProduct, Person, TestApp};

const SECOND: Duration = Duration::from_secs(1);
const LIST: &str = "/api/catalog/products";

/// Where the server had an answer, if it had it.
fn source(answer: &Answer) -> &str {
    assert!(answer.status.is_success(), "{}", answer.text());
    match answer.header("cache-status") {
        "bottega; fwd=miss" => "none",
        status => status.strip_prefix("bottega; hit; detail=").unwrap_or_else(|| panic!("{status:?}")),
    }
}

fn page_of(product: Uuid) -> String {
    format!("{LIST}/{product}")
}

/// A shop with a lamp, of which there are five.
async fn with_a_lamp() -> (TestApp, Uuid) {
    let app = TestApp::start().await;
    let lamp = stock_a_lamp(&app).await;
    (app, lamp)
}

async fn stock_a_lamp(app: &TestApp) -> Uuid {
    let lamps = app.category("Lamps", None).await;
    app.product(NewProduct::new("lamp", lamps)).await
}

/// Adds so many of a product, through the shop.
async fn restock(app: &TestApp, admin: &Person, product: Uuid, delta: i32) {
    let body = Some(json!({"delta": delta, "note": "Counted"}));
    let path = format!("/api/admin/products/{product}/stock");
    app.by(admin, Method::POST, &path, body).await.ok::<Value>();
}

async fn stock(app: &TestApp, product: Uuid) -> i64 {
    app.get(&page_of(product)).await.json()["data"]["stock"].as_i64().unwrap()
}

async fn report(app: &TestApp) -> CacheReport {
    app.get("/metrics/cache").await.ok::<Data<CacheReport>>().data
}

async fn family(app: &TestApp, name: &str) -> FamilyReport {
    let report = report(app).await;
    report.families.into_iter().find(|family| family.name == name).unwrap()
}

/// What a server that dies right after its commit leaves behind: the new generation, of which nobody was told.
async fn change_without_telling(app: &TestApp, tag: &str) {
    let row = cache_generation::ActiveModel {
        tag: Set(tag.to_owned()),
        generation: Set(Uuid::now_v7()),
        changed_at: Set(app.clock.now()),
        ..Default::default()
    };
    let replace = OnConflict::column(cache_generation::Column::Tag)
        .update_columns([cache_generation::Column::Generation, cache_generation::Column::ChangedAt])
        .to_owned();
    let insert = cache_generation::Entity::insert(row).on_conflict(replace);
    insert.exec_without_returning(app.db.for_migrations()).await.unwrap();
}

/// Gives a product another name without anybody being told.
async fn rename(app: &TestApp, id: Uuid, name: &str) {
    let row = product::ActiveModel { id: Set(id), name: Set(name.to_owned()), ..Default::default() };
    row.update(app.db.for_migrations()).await.unwrap();
}
