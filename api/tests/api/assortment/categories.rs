//! `/api/admin/categories`, and what shoppers see of it.

use entity::product::ProductStatus;
use futures_util::future::join_all;
use openapi::{
    Data,
    assortment::AdminCategory,
    catalog::{Category, CategoryNode},
};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, NewProduct, Person, TestApp};

const ALL: &str = "/api/admin/categories";

async fn make(app: &TestApp, admin: &Person, body: Value) -> AdminCategory {
    let answer = app.by(admin, Method::POST, ALL, Some(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    serde_json::from_slice::<Data<AdminCategory>>(&answer.body).unwrap().data
}

async fn change(app: &TestApp, admin: &Person, id: Uuid, body: Value) -> Answer {
    app.by(admin, Method::PATCH, &format!("{ALL}/{id}"), Some(body)).await
}

async fn delete(app: &TestApp, admin: &Person, id: Uuid) -> Answer {
    app.by(admin, Method::DELETE, &format!("{ALL}/{id}"), None).await
}

/// A category's name and where it hangs, as administrators see it.
async fn place(app: &TestApp, admin: &Person, id: Uuid) -> (String, Option<Uuid>) {
    let found: Data<AdminCategory> = app.by(admin, Method::GET, &format!("{ALL}/{id}"), None).await.ok();
    (found.data.category.name, found.data.category.parent_id)
}

async fn names(app: &TestApp) -> Vec<String> {
    let all: Data<Vec<Category>> = app.get("/api/catalog/categories").await.ok();
    all.data.into_iter().map(|category| category.name).collect()
}

#[tokio::test]
async fn what_is_made_changed_and_removed_shows_at_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let body = json!({"name": "  Cafe\u{301}  ", "slug": "cafe", "description": " Beans\nand more ", "imageUrl": "/cafe.svg"});
    let answer = app.by(&admin, Method::POST, ALL, Some(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let made = serde_json::from_slice::<Data<AdminCategory>>(&answer.body).unwrap().data;
    let path = format!("{ALL}/{}", made.category.id);
    assert_eq!((answer.header("location"), answer.header("etag")), (path.as_str(), "\"v1\""));
    assert_eq!(made.category.name, "Café");
    assert_eq!(made.category.description.as_deref(), Some("Beans\nand more"));
    assert_eq!((made.category.is_active, made.category.sort_order, made.version), (true, 0, 1));
    assert_eq!(names(&app).await, ["Café"]);

    let body = json!({"name": "Coffee", "description": null, "isActive": false});
    let changed = change(&app, &admin, made.category.id, body).await;
    assert_eq!(changed.header("etag"), "\"v2\"");
    let changed: Data<AdminCategory> = changed.ok();
    assert_eq!(changed.data.category.description, None);
    assert_eq!(changed.data.category.slug, "cafe", "what is left out stays");
    assert!(names(&app).await.is_empty(), "it is hidden");
    app.get("/api/catalog/categories/cafe").await.problem(404, "NOT_FOUND");
    let all: Data<Vec<AdminCategory>> = app.by(&admin, Method::GET, ALL, None).await.ok();
    assert_eq!(all.data[0].category.name, "Coffee", "but not from administrators");

    assert_eq!(delete(&app, &admin, made.category.id).await.status, 204);
    app.by(&admin, Method::GET, &path, None).await.problem(404, "NOT_FOUND");
    delete(&app, &admin, made.category.id).await.problem(404, "NOT_FOUND");
    change(&app, &admin, made.category.id, json!({"name": "Tea"})).await.problem(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_slug_names_one_category() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    make(&app, &admin, json!({"name": "Books", "slug": "books"})).await;
    let other = make(&app, &admin, json!({"name": "More books", "slug": "more-books"})).await;
    let again = app.by(&admin, Method::POST, ALL, Some(json!({"name": "Books", "slug": "books"}))).await;
    for refused in [again, change(&app, &admin, other.category.id, json!({"slug": "books"})).await] {
        let problem = refused.problem(409, "CONFLICT");
        assert_eq!(
            (problem.errors[0].pointer.as_deref(), problem.errors[0].code.as_str()),
            (Some("/slug"), "taken")
        );
    }
    for (slug, code) in
        [("tree", "reserved"), ("Books", "slug"), ("01890a5d-ac96-774b-bcce-b302099a8057", "slug")]
    {
        let refused = app.by(&admin, Method::POST, ALL, Some(json!({"name": "X", "slug": slug}))).await;
        assert_eq!(refused.problem(422, "VALIDATION_ERROR").errors[0].code, code, "{slug}");
    }
    assert_eq!(names(&app).await, ["Books", "More books"]);
}

#[tokio::test]
async fn no_category_hangs_below_itself() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let top = app.category("Top", None).await;
    let middle = app.category("Middle", Some(top)).await;
    let bottom = app.category("Bottom", Some(middle)).await;
    for (id, parent) in [(top, top), (top, middle), (top, bottom), (middle, bottom)] {
        let problem = change(&app, &admin, id, json!({"parentId": parent})).await.problem(409, "CONFLICT");
        assert_eq!(
            (problem.errors[0].pointer.as_deref(), problem.errors[0].code.as_str()),
            (Some("/parentId"), "cycle")
        );
    }
    let nowhere = change(&app, &admin, top, json!({"parentId": Uuid::now_v7()})).await;
    assert_eq!(nowhere.problem(422, "VALIDATION_ERROR").errors[0].code, "unknown");
    let orphan = json!({"name": "X", "slug": "x", "parentId": Uuid::now_v7()});
    let nowhere = app.by(&admin, Method::POST, ALL, Some(orphan)).await;
    assert_eq!(nowhere.problem(422, "VALIDATION_ERROR").errors[0].code, "unknown");
    assert_eq!(change(&app, &admin, bottom, json!({"parentId": null})).await.status, 200);
    assert_eq!(change(&app, &admin, middle, json!({"parentId": bottom})).await.status, 200);
    assert_eq!(place(&app, &admin, middle).await.1, Some(bottom));
}

#[tokio::test]
async fn two_moves_at_once_make_no_cycle() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for round in 0..5 {
        let one = app.category(&format!("One {round}"), None).await;
        let other = app.category(&format!("Other {round}"), None).await;
        let moves = [(one, other), (other, one)];
        let moves = moves.map(|(id, parent)| change(&app, &admin, id, json!({"parentId": parent})));
        let mut statuses: Vec<_> =
            join_all(moves).await.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[tokio::test]
async fn a_category_with_products_stays_and_what_hangs_below_a_removed_one_moves_up() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let top = app.category("Top", None).await;
    let middle = app.category("Middle", Some(top)).await;
    let bottom = app.category("Bottom", Some(middle)).await;
    app.product(NewProduct { status: ProductStatus::Draft, ..NewProduct::new("lamp", bottom) }).await;
    let all: Data<Vec<AdminCategory>> = app.by(&admin, Method::GET, ALL, None).await.ok();
    let counts: Vec<_> = all
        .data
        .iter()
        .map(|one| (one.category.name.as_str(), one.own_product_count, one.category.product_count))
        .collect();
    assert_eq!(counts, [("Bottom", 1, 0), ("Middle", 0, 0), ("Top", 0, 0)]);

    delete(&app, &admin, bottom).await.problem(409, "CONFLICT");
    assert_eq!(delete(&app, &admin, middle).await.status, 204);
    assert_eq!(place(&app, &admin, bottom).await, ("Bottom".to_owned(), Some(top)));
}

#[tokio::test]
async fn changes_are_made_to_what_was_seen() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let id = app.category("Books", None).await;
    let path = format!("{ALL}/{id}");
    let bearer = admin.bearer();
    let when = async |method: Method, tag: &str, body: Option<Value>| {
        let headers = [("authorization", bearer.as_str()), ("if-match", tag)];
        app.request(method, &path, &headers, body).await
    };
    assert_eq!(when(Method::PATCH, "\"v1\"", Some(json!({"sortOrder": 7}))).await.status, 200);
    when(Method::PATCH, "\"v1\"", Some(json!({"sortOrder": 8}))).await.problem(412, "PRECONDITION_FAILED");
    when(Method::DELETE, "\"v1\"", None).await.problem(412, "PRECONDITION_FAILED");
    let same = when(Method::PATCH, "\"v2\"", Some(json!({"sortOrder": 7}))).await;
    assert_eq!(same.header("etag"), "\"v2\"", "nothing changed");
    assert_eq!(when(Method::DELETE, "\"v2\"", None).await.status, 204);
}

#[tokio::test]
async fn who_did_what_is_written_down() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let made = make(&app, &admin, json!({"name": "Books", "slug": "books"})).await;
    let id = made.category.id;
    change(&app, &admin, id, json!({"name": "Novels", "slug": "books"})).await;
    delete(&app, &admin, id).await;
    let created = &app.audited("category.created", 1).await[0];
    assert_eq!((created.entity_type.as_str(), created.entity_id.clone()), ("category", Some(id.to_string())));
    assert_eq!(created.actor_email.as_deref(), Some(admin.email.as_str()));
    let changed = &app.audited("category.changed", 1).await[0];
    assert_eq!(changed.before, Some(json!({"name": "Books"})), "only what differs");
    assert_eq!(changed.after, Some(json!({"name": "Novels"})));
    let deleted = &app.audited("category.deleted", 1).await[0];
    assert_eq!(deleted.before.as_ref().unwrap()["slug"], "books");
}

/// Names, counts, and the same of what is below.
fn told(nodes: &[CategoryNode]) -> Value {
    nodes
        .iter()
        .map(|node| json!([node.category.name, node.category.product_count, told(&node.children)]))
        .collect()
}

#[tokio::test]
async fn the_tree_hangs_together_as_the_list_says() {
    let app = TestApp::start().await;
    let clothing = app.category("Clothing", None).await;
    let shirts = app.category("Shirts", Some(clothing)).await;
    app.category("Silk", Some(shirts)).await;
    app.category("Books", None).await;
    app.product(NewProduct::new("shirt", shirts)).await;
    let answer = app.get("/api/catalog/categories/tree").await;
    assert_eq!(answer.statements(), 1);
    let tree: Data<Vec<CategoryNode>> = answer.ok();
    assert_eq!(
        told(&tree.data),
        json!([["Books", 0, []], ["Clothing", 1, [["Shirts", 1, [["Silk", 0, []]]]]]])
    );
}
