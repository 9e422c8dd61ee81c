//! What products are found by is kept as they are.

use std::collections::BTreeMap;

use entity::{
    product::{self, ProductStatus},
    product_variant, search_document, search_vocabulary,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{forgetful, names, search};
use crate::support::{NewProduct, PATIENCE, TestApp, postgres_url, within};

async fn found(app: &TestApp, question: &str) -> usize {
    names(&search(app, &[("q", question)]).await).len()
}

/// Changes a product, and indexes it, in one transaction.
async fn change(app: &TestApp, id: Uuid, change: impl FnOnce(&mut product::ActiveModel)) {
    let transaction = app.db.begin().await.unwrap();
    let mut row = product::ActiveModel { id: Set(id), ..Default::default() };
    change(&mut row);
    row.update(&transaction).await.unwrap();
    api::search::reindex(&transaction, &[id]).await.unwrap();
    transaction.commit().await.unwrap();
}

/// The words products are found by, with how many of them have each.
async fn vocabulary(app: &TestApp) -> BTreeMap<String, i64> {
    let rows = search_vocabulary::Entity::find().all(app.db.reader()).await.unwrap();
    rows.into_iter().filter(|row| row.frequency > 0).map(|row| (row.word, row.frequency)).collect()
}

#[tokio::test]
async fn a_product_is_found_as_it_is_and_not_as_it_was() {
    let app = forgetful().await;
    let lamps = app.category("Things", None).await;
    let id = app.product(NewProduct::new("Brass lantern", lamps)).await;
    app.product(NewProduct::new("Brass bell", lamps)).await;
    assert_eq!((found(&app, "brass").await, vocabulary(&app).await["brass"]), (2, 2));

    change(&app, id, |row| row.name = Set("Copper lantern".to_owned())).await;
    assert_eq!((found(&app, "brass").await, found(&app, "copper").await), (1, 1));
    assert_eq!((vocabulary(&app).await["brass"], vocabulary(&app).await["copper"]), (1, 1));

    change(&app, id, |row| row.status = Set(ProductStatus::Archived)).await;
    assert_eq!((found(&app, "copper").await, found(&app, "coper").await), (0, 0));
    assert!(!vocabulary(&app).await.contains_key("lantern"));

    change(&app, id, |row| row.status = Set(ProductStatus::Active)).await;
    assert_eq!((found(&app, "copper").await, found(&app, "coper").await), (1, 1));

    let transaction = app.db.begin().await.unwrap();
    product::Entity::delete_by_id(id).exec(&transaction).await.unwrap();
    api::search::reindex(&transaction, &[id]).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!((found(&app, "copper").await, found(&app, "brass").await), (0, 1));
}

#[tokio::test]
async fn what_is_rolled_back_was_never_indexed() {
    let app = forgetful().await;
    let things = app.category("Things", None).await;
    let id = app.product(NewProduct::new("Brass lantern", things)).await;
    let before = vocabulary(&app).await;
    let transaction = app.db.begin().await.unwrap();
    let change =
        product::ActiveModel { id: Set(id), name: Set("Copper bell".to_owned()), ..Default::default() };
    change.update(&transaction).await.unwrap();
    api::search::reindex(&transaction, &[id]).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!((found(&app, "brass").await, found(&app, "copper").await), (1, 0));
    assert_eq!(vocabulary(&app).await, before);
}

#[tokio::test]
async fn many_at_once_count_every_word_once_for_each() {
    let app = forgetful().await;
    let things = app.category("Things", None).await;
    let mut ids = vec![];
    for number in 0..8 {
        ids.push(app.product(NewProduct::new(&format!("Brass bell {number}"), things)).await);
    }
    let indexing = (0..4).map(|turn| {
        let (db, mut ids) = (app.db.clone(), ids.clone());
        ids.rotate_left(turn * 2);
        async move {
            for _ in 0..3 {
                let transaction = db.begin().await.unwrap();
                api::search::reindex(&transaction, &ids).await.unwrap();
                transaction.commit().await.unwrap();
            }
        }
    });
    futures_util::future::join_all(indexing).await;
    let words = vocabulary(&app).await;
    assert_eq!((words["brass"], words["bell"], found(&app, "brass").await), (8, 8, 8));
}

#[tokio::test]
async fn products_of_one_moment_are_all_indexed() {
    let app = forgetful().await;
    let things = app.category("Things", None).await;
    // Alike in what tells products apart at first.
    let ids = [0x1_0000_0000_0000_u128, 0x2_0000_0000_0000].map(Uuid::from_u128);
    for (nth, id) in ids.into_iter().enumerate() {
        let made = app.product(NewProduct::new(&format!("Brass bell {nth}"), things)).await;
        let transaction = app.db.begin().await.unwrap();
        product_variant::Entity::delete_many().exec(&transaction).await.unwrap();
        let row = product::Entity::find_by_id(made).one(&transaction).await.unwrap().unwrap();
        product::Entity::delete_by_id(made).exec(&transaction).await.unwrap();
        let again = product::Model { id, ..row }.into_active_model();
        product::Entity::insert(again).exec_without_returning(&transaction).await.unwrap();
        api::search::reindex(&transaction, &[made, id]).await.unwrap();
        transaction.commit().await.unwrap();
    }
    let documents = search_document::Entity::find().all(app.db.reader()).await.unwrap();
    assert_eq!(documents.len(), 2);
}

#[tokio::test]
async fn a_sale_that_empties_the_shelf_shows_in_searches() {
    let app = forgetful().await;
    let admin = app.admin().await;
    let things = app.category("Things", None).await;
    let id = app.product(NewProduct::new("Brass bell", things)).await;
    let in_stock = async || names(&search(&app, &[("q", "bell"), ("inStock", "true")]).await).len();
    assert_eq!(in_stock().await, 1);
    let path = format!("/api/admin/products/{id}/stock");
    let sold = serde_json::json!({"delta": -5, "note": "Sold at the fair"});
    let answer = app.by(&admin, reqwest::Method::POST, &path, Some(sold)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    assert_eq!(in_stock().await, 0);
}

#[tokio::test]
async fn what_is_not_indexed_is_when_a_server_starts() {
    let mut app = forgetful().await;
    let things = app.category("Things", None).await;
    app.product(NewProduct::new("Brass bell", things)).await;
    app.product(NewProduct::new("Copper bell", things)).await;
    app.stop().await;
    let db = app.db.for_migrations();
    // As it is after the step that made the tables, and with a document of an older make.
    let mut forget = vec![
        "DELETE FROM search_vocabulary",
        "DELETE FROM search_documents WHERE name = 'brass bell'",
        "UPDATE search_documents SET version = 0",
    ];
    if postgres_url().is_none() {
        forget.push("DELETE FROM search_words WHERE name LIKE '%brass%'");
    }
    for statement in forget {
        db.execute_unprepared(statement).await.unwrap();
    }
    let other = app.another().with("CACHE_MEMORY_MB", 0).start().await;
    within(PATIENCE, "both are indexed", async || (found(&other, "bell").await == 2).then_some(())).await;
    within(PATIENCE, "both are of this make", async || {
        let rows = search_document::Entity::find().all(app.db.reader()).await.unwrap();
        rows.iter().all(|row| row.version > 0).then_some(())
    })
    .await;
    assert_eq!(found(&other, "braass").await, 1);
}
