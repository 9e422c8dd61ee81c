//! `POST /api/admin/products`.

use openapi::{
    Data, Page,
    assortment::{AdminProduct, StockMovement, StockReason},
    catalog::{ProductDetail, ProductStatus},
};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::shop::{ALL, Shop, told, variant, wrong};

#[tokio::test]
async fn a_product_with_one_thing_to_buy_is_made_in_one_go() {
    let shop = Shop::open().await;
    let body = shop.lamp(json!({
        "name": "  Crème Brûlée lamp ", "description": " Warm\nlight ", "sku": "lamp-1", "price": "19.9",
        "compareAt": "25", "stock": 3, "imageUrl": "/lamp.svg", "images": ["/lamp-2.svg", "https://cdn.test/3.webp"],
        "isFeatured": true, "status": "ACTIVE", "metadata": {"supplier": {"name": "Lumen"}},
    }));
    let answer = shop.try_make(body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let made = serde_json::from_slice::<Data<AdminProduct>>(&answer.body).unwrap().data;
    let summary = &made.product.summary;
    assert_eq!(answer.header("location"), format!("{ALL}/{}", summary.id));
    assert_eq!((answer.header("etag"), made.version), ("\"v1\"", 1));
    assert_eq!((summary.name.as_str(), summary.slug.as_str()), ("Crème Brûlée lamp", "creme-brulee-lamp"));
    assert_eq!(summary.description.as_deref(), Some("Warm\nlight"));
    assert_eq!((summary.sku.as_str(), summary.price.to_string().as_str()), ("LAMP-1", "19.90"));
    assert_eq!((summary.on_sale, summary.in_stock, made.product.stock), (true, true, 3));
    assert_eq!(summary.images, ["/lamp-2.svg", "https://cdn.test/3.webp"]);
    assert_eq!(summary.metadata.as_ref().unwrap()["supplier"]["name"], "Lumen");

    let shown: Data<ProductDetail> = shop.app.get("/api/catalog/products/lamp-1").await.ok();
    assert_eq!(shown.data, made.product, "and shoppers see it at once");
    let ledger: Page<StockMovement> =
        shop.ask(Method::GET, &format!("{ALL}/{}/stock", summary.id), None).await.ok();
    let line = &ledger.data[0];
    assert_eq!((ledger.data.len(), line.delta, line.stock_after), (1, 3, 3));
    assert_eq!((line.reason, line.actor_id), (StockReason::Initial, Some(shop.admin.id)));
}

#[tokio::test]
async fn a_product_in_many_variants_is_made_in_one_go() {
    let shop = Shop::open().await;
    let body = shop.lamp(json!({
        "options": [{"name": " size ", "values": ["S", " M "]}, {"name": "colour", "values": ["red", "blue"]}],
        "variants": [
            {"sku": "S-RED", "price": "10", "options": {"size": "S", "colour": "red"}},
            {"sku": "M-RED", "price": "12", "compareAt": "15", "stock": 2, "isDefault": true,
                "options": {"colour": "red", "size": "M"}},
            {"sku": "M-BLUE", "price": "11", "options": {"size": "M", "colour": "blue"}},
        ],
    }));
    let made = shop.make(body).await;
    let summary = &made.product.summary;
    assert_eq!(summary.status, ProductStatus::Draft, "unless told otherwise");
    assert_eq!(shop.shown(&summary.slug).await, 404);
    assert_eq!((summary.sku.as_str(), made.product.stock), ("M-RED", 2), "the default's");
    assert_eq!(
        (summary.price_from.to_string().as_str(), summary.price_to.to_string().as_str()),
        ("10.00", "12.00")
    );
    assert_eq!((summary.in_stock, summary.on_sale), (true, true));
    let options: Vec<_> =
        summary.options.iter().map(|option| (option.name.as_str(), option.values.clone())).collect();
    assert_eq!(
        options,
        [("size", vec!["S".to_owned(), "M".to_owned()]), ("colour", vec!["red".into(), "blue".into()])]
    );
    let skus: Vec<_> = made.product.variants.iter().map(|variant| variant.sku.as_str()).collect();
    assert_eq!(skus, ["M-RED", "S-RED", "M-BLUE"], "the default first, the others as they were given");
    assert_eq!(variant(&made, "M-BLUE").options["colour"], "blue");
    let entry = &shop.app.audited("product.created", 1).await[0];
    assert_eq!(entry.entity_id, Some(summary.id.to_string()));
    assert_eq!(entry.after.as_ref().unwrap()["variants"][1]["sku"], "M-RED");
    assert_eq!(entry.actor_email.as_deref(), Some(shop.admin.email.as_str()));
}

#[tokio::test]
async fn everything_that_does_not_go_together_is_told_at_once() {
    let shop = Shop::open().await;
    let body = shop.lamp(json!({
        "price": "1", "stock": 0,
        "options": [{"name": "size", "values": ["S", "M", "S "]}, {"name": "size ", "values": ["X"]}],
        "variants": [
            {"sku": "A", "price": "1.999", "options": {"size": "S"}, "isDefault": true},
            {"sku": "a", "price": "1", "options": {"size": "M"}, "isDefault": true},
            {"sku": "B", "price": "1", "options": {"size": "S", "a/b": "S"}},
            {"sku": "C", "price": "1", "options": {"size": "S"}},
            {"sku": "D", "price": "1"},
            {"sku": "E", "price": "1", "options": {"size": "L"}},
        ],
    }));
    let expected = [
        ("/price", "variants"),
        ("/stock", "variants"),
        ("/options/0/values/2", "duplicate"),
        ("/options/1/name", "duplicate"),
        ("/variants/0/price", "money"),
        ("/variants/2/options/a~1b", "unknown"),
        ("/variants/4/options", "missing"),
        ("/variants/4/options", "missing"),
        ("/variants/5/options/size", "value"),
        ("/variants/1/sku", "duplicate"),
        ("/variants/1/isDefault", "duplicate"),
        ("/variants/3/options", "duplicate"),
    ];
    assert_eq!(wrong(&shop.try_make(body).await, 422, "VALIDATION_ERROR"), told(&expected));

    for (with, expected) in [
        (json!({}), vec![("/sku", "required"), ("/price", "required")]),
        (json!({"sku": "A"}), vec![("/price", "required")]),
        (
            json!({"sku": "A", "price": "1", "options": [{"name": "size", "values": ["S"]}]}),
            vec![("/variants", "required")],
        ),
        (json!({"name": "茶碗", "sku": "A", "price": "1"}), vec![("/slug", "required")]),
        (json!({"categoryId": Uuid::now_v7(), "sku": "A", "price": "1"}), vec![("/categoryId", "unknown")]),
    ] {
        let answer = shop.try_make(shop.lamp(with.clone())).await;
        assert_eq!(wrong(&answer, 422, "VALIDATION_ERROR"), told(&expected), "{with}");
    }
}

#[tokio::test]
async fn every_field_within_a_body_keeps_its_rules() {
    let shop = Shop::open().await;
    let body = shop.lamp(json!({
        "images": ["/fine.svg", "javascript:alert(1)"],
        "metadata": {"a": {"b": {"c": {"d": {"e": {"f": "too deep"}}}}}},
        "options": [{"name": " ", "values": []}, {"name": "size", "values": ["S", "", "x".repeat(101)]}],
        "variants": [
            {"sku": "", "price": "-1", "compareAt": "0.00", "stock": -1, "options": {"size": ""}},
            {"sku": "B", "price": "1", "stock": 1_000_001},
        ],
    }));
    let expected = [
        ("/images/1", "url"),
        ("/metadata", "depth"),
        ("/options/0/name", "length"),
        ("/options/0/values", "length"),
        ("/options/1/values/1", "length"),
        ("/options/1/values/2", "length"),
        ("/variants/0/compareAt", "zero"),
        ("/variants/0/options", "length"),
        ("/variants/0/price", "money"),
        ("/variants/0/sku", "sku"),
        ("/variants/0/stock", "range"),
        ("/variants/1/stock", "range"),
    ];
    assert_eq!(wrong(&shop.try_make(body).await, 422, "VALIDATION_ERROR"), told(&expected));
    for (with, pointer) in [
        (json!({"variants": []}), "/variants"),
        (json!({"variants": [{"sku": "A", "price": "1", "colour": "red"}]}), "/variants/0/colour"),
        (json!({"images": vec!["/a.svg"; 21]}), "/images"),
        (json!({"metadata": {"a\u{0}": 1}}), "/metadata"),
    ] {
        let refused = shop.try_make(shop.lamp(with.clone())).await.problem(422, "VALIDATION_ERROR");
        assert_eq!(refused.errors[0].pointer.as_deref(), Some(pointer), "{with}");
    }
}

#[tokio::test]
async fn a_slug_and_a_sku_are_one_products() {
    let shop = Shop::open().await;
    shop.shirt(&["S", "M"], &["red"]).await;
    let twin = shop.lamp(json!({
        "slug": "shirt", "options": [{"name": "size", "values": ["S", "M"]}],
        "variants": [
            {"sku": "NEW", "price": "1", "options": {"size": "S"}},
            {"sku": "shirt-m-red", "price": "1", "options": {"size": "M"}},
        ],
    }));
    let expected = told(&[("/slug", "taken"), ("/variants/1/sku", "taken")]);
    assert_eq!(wrong(&shop.try_make(twin).await, 409, "CONFLICT"), expected);
    let simple = shop.try_make(shop.lamp(json!({"sku": "SHIRT-S-RED", "price": "1"}))).await;
    assert_eq!(wrong(&simple, 409, "CONFLICT"), told(&[("/sku", "taken")]));
    let all: Page<Value> = shop.ask(Method::GET, ALL, None).await.ok();
    assert_eq!(all.data.len(), 1, "what was refused left nothing behind");
}

#[tokio::test]
async fn of_two_who_want_the_same_sku_at_once_one_gets_it() {
    let shop = Shop::open().await;
    for round in 0..5 {
        let body = |name: &str| {
            shop.lamp(json!({"name": format!("{name} {round}"), "sku": format!("SKU-{round}"), "price": "1"}))
        };
        let both = tokio::join!(shop.try_make(body("One")), shop.try_make(body("Other")));
        let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    }
}
