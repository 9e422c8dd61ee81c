//! `/api/admin/products/{id}/stock`: putting stock right, and the ledger.

use std::time::Duration;

use entity::product::ProductStatus;
use futures_util::future::join_all;
use openapi::{
    Data, Page,
    assortment::{AdminProduct, StockMovement, StockReason},
    catalog::ProductDetail,
    paging::Meta,
};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, NewProduct, NewVariant, Person, TestApp, sql};

async fn adjust(app: &TestApp, admin: &Person, product: Uuid, body: Value) -> Answer {
    app.by(admin, Method::POST, &format!("/api/admin/products/{product}/stock"), Some(body)).await
}

async fn ledger(app: &TestApp, admin: &Person, product: Uuid, query: &str) -> Page<StockMovement> {
    app.by(admin, Method::GET, &format!("/api/admin/products/{product}/stock?{query}"), None).await.ok()
}

/// A product's stock, and whether lists say that there is any.
async fn stock(app: &TestApp, product: Uuid) -> (i64, bool) {
    let shown: Data<ProductDetail> = app.get(&format!("/api/catalog/products/{product}")).await.ok();
    (shown.data.stock, shown.data.summary.in_stock)
}

#[tokio::test]
async fn stock_is_put_right_and_the_ledger_says_why() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let shelf = app.category("Lamps", None).await;
    let lamp = app.product(NewProduct::new("lamp", shelf)).await;
    let body = json!({"delta": 12, "note": "  Delivery of 12 "});
    let line: Data<StockMovement> = adjust(&app, &admin, lamp, body).await.ok();
    assert_eq!((line.data.delta, line.data.stock_after, line.data.reason), (12, 17, StockReason::Adjustment));
    assert_eq!((line.data.note.as_deref(), line.data.actor_id), (Some("Delivery of 12"), Some(admin.id)));
    assert_eq!(stock(&app, lamp).await, (17, true));

    app.clock.advance(Duration::from_secs(1));
    adjust(&app, &admin, lamp, json!({"delta": -17, "note": "Flood"})).await.ok::<Value>();
    assert_eq!(stock(&app, lamp).await, (0, false), "and shoppers see it at once");
    let lines = ledger(&app, &admin, lamp, "").await;
    let told: Vec<_> = lines.data.iter().map(|line| (line.delta, line.stock_after)).collect();
    assert_eq!(told, [(-17, 0), (12, 17)], "the newest first");
    let entries = app.audited("stock.adjusted", 2).await;
    assert_eq!(entries[1].after.as_ref().unwrap()["note"], "Flood");
    assert_eq!(entries[1].actor_email.as_deref(), Some(admin.email.as_str()));
}

#[tokio::test]
async fn nobody_takes_more_than_there_is() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let shelf = app.category("Lamps", None).await;
    let lamp = app.product(NewProduct::new("lamp", shelf).stocked(3)).await;
    let problem =
        adjust(&app, &admin, lamp, json!({"delta": -4, "note": "Lost"})).await.problem(409, "CONFLICT");
    assert_eq!(problem.errors[0].detail, "takes more than there are, which is 3");
    assert_eq!(stock(&app, lamp).await, (3, true));
    for _ in 0..2 {
        adjust(&app, &admin, lamp, json!({"delta": 1_000_000, "note": "Miscounted"})).await.ok::<Value>();
    }
    assert_eq!(stock(&app, lamp).await.0, 2_000_003);
    for (body, pointer) in [
        (json!({"delta": 0, "note": "Nothing"}), "/delta"),
        (json!({"delta": 1_000_001, "note": "Much"}), "/delta"),
        (json!({"delta": 1, "note": " "}), "/note"),
        (json!({"delta": 1}), "/note"),
        (json!({"delta": 1, "note": "X", "variantId": Uuid::now_v7()}), "/variantId"),
    ] {
        let refused = adjust(&app, &admin, lamp, body).await.problem(422, "VALIDATION_ERROR");
        assert_eq!(refused.errors[0].pointer.as_deref(), Some(pointer));
    }
    adjust(&app, &admin, Uuid::now_v7(), json!({"delta": 1, "note": "X"})).await.problem(404, "NOT_FOUND");
}

#[tokio::test]
async fn of_many_who_take_at_once_so_many_get_some_as_there_are() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let shelf = app.category("Lamps", None).await;
    let lamp = app.product(NewProduct::new("lamp", shelf).stocked(5)).await;
    let takers = (0..20).map(|_| adjust(&app, &admin, lamp, json!({"delta": -1, "note": "Taken"})));
    let statuses: Vec<_> = join_all(takers).await.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 5, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 409)), "{statuses:?}");
    assert_eq!(stock(&app, lamp).await, (0, false));
    let lines = ledger(&app, &admin, lamp, "").await.data;
    let mut left: Vec<_> = lines.iter().map(|line| line.stock_after).collect();
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
}

#[tokio::test]
async fn the_last_of_two_variants_that_go_at_once_takes_the_product_out_of_stock() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let shelf = app.category("Shirts", None).await;
    for round in 0..5 {
        let variants = ["S", "M"].map(|size| NewVariant {
            stock: 1,
            values: json!({"size": size}),
            ..NewVariant::default()
        });
        let shirt = app
            .product(NewProduct {
                options: vec![("size", vec!["S", "M"])],
                variants: variants.into(),
                ..NewProduct::new(&format!("shirt {round}"), shelf)
            })
            .await;
        let path = format!("/api/admin/products/{shirt}");
        let shown: Data<AdminProduct> = app.by(&admin, Method::GET, &path, None).await.ok();
        let sold = shown.data.product.variants.iter().map(|variant| {
            adjust(&app, &admin, shirt, json!({"variantId": variant.id, "delta": -1, "note": "Sold"}))
        });
        assert!(join_all(sold).await.iter().all(|answer| answer.status == 200));
        assert!(!stock(&app, shirt).await.1);
        assert_eq!(
            ledger(&app, &admin, shirt, "").await.data.len(),
            1,
            "each variant has a ledger of its own"
        );
    }
}

#[tokio::test]
async fn administrators_see_products_nobody_can_buy() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let shelf = app.category("Lamps", None).await;
    let draft =
        app.product(NewProduct { status: ProductStatus::Draft, ..NewProduct::new("draft", shelf) }).await;
    let path = format!("/api/admin/products/{draft}");
    let answer = app.by(&admin, Method::GET, &path, None).await;
    assert_eq!((answer.header("etag"), answer.header("cache-control")), ("\"v1\"", "no-store"));
    let shown: Data<AdminProduct> = answer.ok();
    assert_eq!((shown.data.product.summary.name.as_str(), shown.data.version), ("draft", 1));
    let nothing = format!("/api/admin/products/{}", Uuid::now_v7());
    app.by(&admin, Method::GET, &nothing, None).await.problem(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_ledger_is_read_page_by_page_from_its_index() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let shelf = app.category("Lamps", None).await;
    let lamp = app.product(NewProduct::new("lamp", shelf)).await;
    for _ in 0..5 {
        adjust(&app, &admin, lamp, json!({"delta": 1, "note": "One more"})).await.ok::<Value>();
    }
    let numbered = ledger(&app, &admin, lamp, "page=2&limit=2").await;
    assert!(matches!(&numbered.meta, Meta::Numbered(meta) if (meta.total, meta.total_pages) == (5, 3)));
    let (mut cursor, mut seen) = (String::new(), vec![]);
    loop {
        let page = ledger(&app, &admin, lamp, &format!("cursor={cursor}&limit=2")).await;
        seen.extend(page.data.iter().map(|line| line.stock_after));
        let Meta::Cursor(meta) = page.meta else { panic!("no cursor") };
        let Some(next) = meta.next_cursor else { break };
        cursor = next;
    }
    assert_eq!(seen, [10, 9, 8, 7, 6]);
    let path = format!("/api/admin/products/{lamp}/stock?cursor={cursor}&limit=2");
    let answer = app.by(&admin, Method::GET, &path, None).await;
    let list = sql::of(&answer).into_iter().find(|sql| sql.contains("stock_movements")).unwrap();
    assert!(sql::plan(&app, &list).await.contains("ix_stock_movements_variant_id_created_at"));
    let other = app.product(NewProduct::new("other lamp", shelf)).await;
    let shown: Data<AdminProduct> =
        app.by(&admin, Method::GET, &format!("/api/admin/products/{other}"), None).await.ok();
    let foreign = shown.data.product.variants[0].id;
    adjust(&app, &admin, other, json!({"delta": 1, "note": "One more"})).await.ok::<Value>();
    assert!(ledger(&app, &admin, lamp, &format!("variantId={foreign}")).await.data.is_empty());
    let nothing = format!("/api/admin/products/{}/stock", Uuid::now_v7());
    app.by(&admin, Method::GET, &nothing, None).await.problem(404, "NOT_FOUND");
    let foreign = format!("/api/admin/products/{lamp}/stock?cursor=garbage");
    app.by(&admin, Method::GET, &foreign, None).await.problem(400, "INVALID_PARAMETER");
}
