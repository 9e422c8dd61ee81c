//! `/api/catalog/products/{id}/related`.

use std::time::Duration;

use entity::product::ProductStatus;
use openapi::{Data, catalog::ProductSummary};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::support::{NewProduct, TestApp, sql};

async fn names(app: &TestApp, query: &str) -> Vec<String> {
    let related: Data<Vec<ProductSummary>> = app.get(&format!("/api/catalog/products/{query}")).await.ok();
    related.data.into_iter().map(|product| product.name).collect()
}

#[tokio::test]
async fn neighbours_come_first_then_what_is_around_them_the_newest_first() {
    let app = TestApp::start().await;
    let clothing = app.category("Clothing", None).await;
    let shirts = app.category("Shirts", Some(clothing)).await;
    let trousers = app.category("Trousers", Some(clothing)).await;
    let books = app.category("Books", None).await;
    let shirt = app.product(NewProduct::new("shirt", shirts)).await;
    for (name, category, status) in [
        ("novel", books, ProductStatus::Active),
        ("older shirt", shirts, ProductStatus::Active),
        ("jeans", trousers, ProductStatus::Active),
        ("secret shirt", shirts, ProductStatus::Draft),
        ("coat", clothing, ProductStatus::Active),
        ("newer shirt", shirts, ProductStatus::Active),
    ] {
        app.clock.advance(Duration::from_secs(1));
        app.product(NewProduct { status, ..NewProduct::new(name, category) }).await;
    }
    let all = ["newer shirt", "older shirt", "coat", "jeans"];
    assert_eq!(names(&app, &format!("{shirt}/related")).await, all);
    assert_eq!(
        names(&app, &format!("{shirt}/related?limit=20")).await,
        all,
        "never the product itself, or a novel"
    );
    assert_eq!(names(&app, &format!("{shirt}/related?limit=3")).await, all[..3]);
    assert_eq!(names(&app, &format!("{shirt}/related?limit=1")).await, all[..1]);
    for wrong in ["limit=0", "limit=21", "limit=many", "page=1"] {
        app.get(&format!("/api/catalog/products/{shirt}/related?{wrong}"))
            .await
            .problem(400, "INVALID_PARAMETER");
    }
}

#[tokio::test]
async fn what_cannot_be_bought_has_no_neighbours() {
    let app = TestApp::start().await;
    let books = app.category("Books", None).await;
    let draft =
        app.product(NewProduct { status: ProductStatus::Draft, ..NewProduct::new("draft", books) }).await;
    for id in [draft, Uuid::now_v7()] {
        app.get(&format!("/api/catalog/products/{id}/related")).await.problem(404, "NOT_FOUND");
    }
    let alone = app.product(NewProduct::new("alone", books)).await;
    assert!(names(&app, &format!("{alone}/related")).await.is_empty());
}

#[tokio::test]
async fn neighbours_are_read_from_an_index() {
    let app = TestApp::start().await;
    let clock = app.clock.shared();
    let ids = api::clock::IdSource::new(clock.clone());
    api::seed::synthetic::load(&api::seed::Seeder::new(&app.db, &clock, &ids), 3_000).await.unwrap();
    let product = entity::product::Entity::find().one(app.db.reader()).await.unwrap().unwrap();
    let answer = app.get(&format!("/api/catalog/products/{}/related", product.id)).await;
    assert_eq!(answer.ok::<Data<Vec<ProductSummary>>>().data.len(), 4);
    assert!(answer.statements() <= 5, "{:#?}", sql::of(&answer));
    for list in sql::of(&answer).iter().filter(|sql| sql.contains("ORDER BY") && sql.contains("LIMIT")) {
        let plan = sql::plan(&app, list).await;
        assert!(plan.contains("ix_products_"), "{plan}");
        assert!(!plan.contains("Seq Scan on products") && !plan.contains("SCAN products\n"), "{plan}");
    }
}
