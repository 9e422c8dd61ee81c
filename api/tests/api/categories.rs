//! `/api/catalog/categories`.

use entity::{category, product::ProductStatus};
use openapi::{
    Data,
    catalog::{Category, CategoryDetail},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use crate::support::{NewProduct, TestApp};

type Categories = Data<Vec<Category>>;

#[tokio::test]
async fn a_parent_counts_what_its_children_sell() {
    let app = TestApp::start().await;
    let clothing = app.category("Clothing", None).await;
    let shirts = app.category("Shirts", Some(clothing)).await;
    let silk = app.category("Silk", Some(shirts)).await;
    app.category("Books", None).await;
    for (name, category) in [("coat", clothing), ("shirt", shirts), ("scarf", silk)] {
        app.product(NewProduct::new(name, category)).await;
    }
    app.product(NewProduct { status: ProductStatus::Draft, ..NewProduct::new("hidden", silk) }).await;

    let answer = app.get("/api/catalog/categories").await;
    let counts: Vec<_> = answer
        .ok::<Categories>()
        .data
        .into_iter()
        .map(|category| (category.name, category.product_count))
        .collect();
    let expected = [("Books", 0), ("Clothing", 3), ("Shirts", 2), ("Silk", 1)];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)));
    assert_eq!(answer.statements(), 1);
}

#[tokio::test]
async fn siblings_stand_in_their_order_then_by_name() {
    let app = TestApp::start().await;
    for (name, sort_order) in [("zebra", 1), ("Äpfel", 2), ("apricots", 2), ("last", 3)] {
        let id = app.category(name, None).await;
        let change = category::ActiveModel { id: Set(id), sort_order: Set(sort_order), ..Default::default() };
        change.update(app.db.for_migrations()).await.unwrap();
    }
    let names: Vec<_> = app
        .get("/api/catalog/categories")
        .await
        .ok::<Categories>()
        .data
        .into_iter()
        .map(|c| c.name)
        .collect();
    assert_eq!(names, ["zebra", "Äpfel", "apricots", "last"]);
}

#[tokio::test]
async fn a_category_knows_what_is_above_and_below_it() {
    let app = TestApp::start().await;
    let clothing = app.category("Clothing", None).await;
    let shirts = app.category("Shirts", Some(clothing)).await;
    app.category("Silk", Some(shirts)).await;
    for key in ["shirts".to_owned(), shirts.to_string()] {
        let answer = app.get(&format!("/api/catalog/categories/{key}")).await;
        let Data { data } = answer.ok::<Data<CategoryDetail>>();
        assert_eq!(data.category.id, shirts);
        assert_eq!(data.parent.unwrap().slug, "clothing");
        assert_eq!(data.children.iter().map(|child| child.slug.as_str()).collect::<Vec<_>>(), ["silk"]);
        let way: Vec<_> = data.breadcrumbs.iter().map(|category| category.slug.as_str()).collect();
        assert_eq!(way, ["clothing", "shirts"]);
        assert_eq!(answer.header("cache-tag"), "categories,assortment");
    }
}

#[tokio::test]
async fn what_hangs_below_a_hidden_category_is_hidden() {
    let app = TestApp::start().await;
    let clothing = app.category("Clothing", None).await;
    app.category("Shirts", Some(clothing)).await;
    let change = category::ActiveModel { id: Set(clothing), is_active: Set(false), ..Default::default() };
    change.update(app.db.for_migrations()).await.unwrap();
    assert_eq!(app.get("/api/catalog/categories").await.ok::<Categories>().data, []);
    for key in ["clothing", "shirts", "unheard-of"] {
        app.get(&format!("/api/catalog/categories/{key}")).await.problem(404, "NOT_FOUND");
    }
}
