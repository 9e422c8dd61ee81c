//! `/api/admin/products/{id}/variants`.

use entity::product;
use futures_util::future::join_all;
use openapi::{Data, assortment::AdminProduct};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::shop::{Shop, told, variant, wrong};
use crate::support::Answer;

fn product(answer: &Answer) -> AdminProduct {
    assert!(answer.status.is_success(), "{}", answer.text());
    serde_json::from_slice::<Data<AdminProduct>>(&answer.body).unwrap().data
}

#[tokio::test]
async fn variants_are_added_changed_and_removed() {
    let shop = Shop::open().await;
    let shirt = shop.shirt(&["S", "M"], &["red"]).await;
    let id = shirt.product.summary.id;
    shop.change(
        id,
        json!({"options": [
            {"name": "size", "values": ["S", "M", "L"]}, {"name": "colour", "values": ["red", "blue"]},
        ]}),
    )
    .await
    .ok::<Value>();
    let large = json!({"sku": "l-red", "price": "30", "compareAt": "40", "stock": 1, "options": {"size": "L", "colour": "red"}});
    let answer = shop.add(id, large).await;
    let added = product(&answer);
    let large = variant(&added, "L-RED");
    assert_eq!(answer.header("location"), format!("/api/admin/products/{id}/variants/{}", large.id));
    assert_eq!((answer.header("etag"), added.version), ("\"v3\"", 3));
    let summary = &added.product.summary;
    assert_eq!((summary.price_to.to_string().as_str(), summary.on_sale), ("30.00", true));
    assert_eq!(added.product.variants[2].id, large.id, "it stands last");

    let change = json!({"price": "5", "compareAt": null, "sku": "L-BLUE", "options": {"colour": "blue", "size": "L"}, "isDefault": true});
    let changed = product(&shop.change_variant(id, large.id, change.clone()).await);
    let summary = &changed.product.summary;
    assert_eq!(
        (summary.sku.as_str(), summary.price.to_string().as_str()),
        ("L-BLUE", "5.00"),
        "it is the default now"
    );
    assert_eq!((summary.price_from.to_string().as_str(), summary.on_sale), ("5.00", false));
    assert_eq!(changed.product.variants.iter().filter(|variant| variant.is_default).count(), 1);
    assert_eq!(changed.product.variants[0].stock, 1, "stock is the ledger's");
    assert_eq!(product(&shop.change_variant(id, large.id, change).await).version, 4, "nothing changed");
    assert_eq!((shop.shown("L-RED").await, shop.shown("L-BLUE").await), (404, 200));

    assert_eq!(shop.remove_variant(id, large.id).await.status, 204);
    let left = shop.read(id).await;
    assert_eq!(left.product.summary.sku, "SHIRT-S-RED", "the first of the others is the default");
    assert_eq!((left.product.summary.price_from.to_string().as_str(), left.version), ("20.00", 5));
    shop.remove_variant(id, large.id).await.problem(404, "NOT_FOUND");
    shop.change_variant(id, large.id, json!({"price": "1"})).await.problem(404, "NOT_FOUND");
    shop.add(Uuid::now_v7(), json!({"sku": "X", "price": "1"})).await.problem(404, "NOT_FOUND");

    assert_eq!(shop.remove_variant(id, variant(&left, "SHIRT-S-RED").id).await.status, 204);
    shop.remove_variant(id, variant(&left, "SHIRT-M-RED").id).await.problem(409, "CONFLICT");

    let created = &shop.app.audited("variant.created", 1).await[0];
    assert_eq!(
        (created.entity_type.as_str(), created.entity_id.clone()),
        ("variant", Some(large.id.to_string()))
    );
    let changed = &shop.app.audited("variant.changed", 1).await[0];
    assert_eq!(changed.before.as_ref().unwrap()["price"], 3_000);
    assert_eq!(changed.after.as_ref().unwrap()["price"], 500);
    assert_eq!(shop.app.audited("variant.deleted", 2).await[0].before.as_ref().unwrap()["sku"], "L-BLUE");
}

#[tokio::test]
async fn a_variant_is_not_changed_into_another() {
    let shop = Shop::open().await;
    let shirt = shop.shirt(&["S", "M"], &["red"]).await;
    let (id, small) = (shirt.product.summary.id, variant(&shirt, "SHIRT-S-RED").id);
    let choice = json!({"size": "M", "colour": "red"});
    let taken = told(&[("/sku", "taken"), ("/options", "taken")]);
    let twin = json!({"sku": "shirt-m-red", "price": "1", "options": choice});
    assert_eq!(wrong(&shop.add(id, twin).await, 409, "CONFLICT"), taken);
    let twin = json!({"sku": "SHIRT-M-RED", "options": choice});
    assert_eq!(wrong(&shop.change_variant(id, small, twin).await, 409, "CONFLICT"), taken);
    for (body, expected) in [
        (json!({"isDefault": false}), ("/isDefault", "default")),
        (json!({"options": {"size": "S"}}), ("/options", "missing")),
        (json!({"options": {"size": "XL", "colour": "red"}}), ("/options/size", "value")),
        (json!({"price": "1.999"}), ("/price", "money")),
        (json!({"compareAt": "0"}), ("/compareAt", "zero")),
        (json!({"stock": 7}), ("/stock", "unknown")),
    ] {
        let refused = shop.change_variant(id, small, body.clone()).await;
        assert_eq!(wrong(&refused, 422, "VALIDATION_ERROR"), told(&[expected]), "{body}");
    }
    let other = shop.make(shop.lamp(json!({"sku": "LAMP", "price": "1"}))).await;
    let foreign = variant(&other, "LAMP").id;
    shop.change_variant(id, foreign, json!({"price": "1"})).await.problem(404, "NOT_FOUND");
    shop.remove_variant(id, foreign).await.problem(404, "NOT_FOUND");
    let path = format!("/api/admin/products/{id}/variants/7");
    shop.ask(reqwest::Method::DELETE, &path, None).await.problem(400, "INVALID_PARAMETER");
    assert_eq!(shop.read(id).await, shirt);
}

/// What lists show of a product's variants, as its row has it, and as a look at each variant does.
async fn summed_up(shop: &Shop, id: Uuid) -> [(i64, i64, bool, bool); 2] {
    let row = product::Entity::find_by_id(id).one(shop.app.db.reader()).await.unwrap().unwrap();
    let variants = shop.app.variants(id).await;
    assert_eq!(variants.iter().filter(|variant| variant.is_default).count(), 1);
    let (mut from, mut to, mut in_stock, mut on_sale) = (i64::MAX, i64::MIN, false, false);
    for variant in variants {
        from = from.min(variant.price);
        to = to.max(variant.price);
        in_stock |= variant.stock > 0;
        on_sale |= variant.compare_at.is_some_and(|before| before > variant.price);
    }
    [(row.price_from, row.price_to, row.in_stock, row.on_sale), (from, to, in_stock, on_sale)]
}

#[tokio::test]
async fn after_any_edits_a_product_says_what_its_variants_come_to() {
    let shop = Shop::open().await;
    let sizes: Vec<String> = (0..30).map(|n| n.to_string()).collect();
    let options = json!([{"name": "size", "values": sizes}]);
    let first = json!([{"sku": "V-0", "price": "5", "options": {"size": "0"}}]);
    let made = shop.make(shop.lamp(json!({"options": options, "variants": first}))).await;
    let id = made.product.summary.id;
    // Looks random, and is the same every time.
    let mut seed = 7_u64;
    let mut dice = |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let mut next = 1;
    for _ in 0..60 {
        let variants = shop.app.variants(id).await;
        let one = &variants[usize::try_from(dice(variants.len() as u64)).unwrap()];
        let (price, before) = (dice(50).to_string(), (dice(50) + 1).to_string());
        let compare_at = if dice(2) == 0 { Value::Null } else { json!(before) };
        let answer = match dice(5) {
            0 if next < 30 => {
                let sku = format!("V-{next}");
                let size = next.to_string();
                next += 1;
                let body = json!({
                    "sku": sku, "price": price, "compareAt": compare_at, "stock": dice(2), "isDefault": dice(3) == 0,
                    "options": {"size": size},
                });
                shop.add(id, body).await
            }
            1 if variants.len() > 1 => shop.remove_variant(id, one.id).await,
            2 => {
                let delta = if one.stock > 0 { -one.stock } else { 3 };
                let body = json!({"variantId": one.id, "delta": delta, "note": "Counted"});
                shop.ask(reqwest::Method::POST, &format!("/api/admin/products/{id}/stock"), Some(body)).await
            }
            3 => shop.change_variant(id, one.id, json!({"isDefault": true})).await,
            _ => shop.change_variant(id, one.id, json!({"price": price, "compareAt": compare_at})).await,
        };
        assert!(answer.status.is_success(), "{}", answer.text());
        let [said, counted] = summed_up(&shop, id).await;
        assert_eq!(said, counted);
    }
    assert!(next > 5, "some were added");
}

#[tokio::test]
async fn who_works_on_the_same_product_at_once_waits_for_one_another() {
    let shop = Shop::open().await;
    let shirt = shop.shirt(&["S", "M", "L"], &["red", "blue"]).await;
    let id = shirt.product.summary.id;
    for round in 1..=3 {
        let changes = shirt.product.variants.iter().enumerate().map(|(n, variant)| {
            shop.change_variant(id, variant.id, json!({"price": format!("{round}{n}"), "isDefault": true}))
        });
        let sales = shirt.product.variants.iter().map(|variant| {
            let body = json!({"variantId": variant.id, "delta": -1, "note": "Sold"});
            let path = format!("/api/admin/products/{id}/stock");
            async { shop.ask(reqwest::Method::POST, &{ path }, Some(body)).await }
        });
        let (changes, sales) = tokio::join!(join_all(changes), join_all(sales));
        for answer in changes.iter().chain(&sales) {
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
        let [said, counted] = summed_up(&shop, id).await;
        assert_eq!(said, counted);
    }
}
