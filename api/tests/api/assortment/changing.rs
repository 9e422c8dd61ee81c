//! `PATCH` and `DELETE /api/admin/products/{id}`.

use std::collections::BTreeMap;

use api::{
    clock::IdSource,
    seed::{Seeder, demo},
};
use entity::{product_option, product_variant, stock_movement};
use openapi::{
    Data,
    assortment::AdminProduct,
    catalog::{ProductDetail, ProductStatus},
};
use reqwest::Method;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use super::shop::{ALL, Shop, told, variant, wrong};

#[tokio::test]
async fn what_is_given_changes_and_what_is_left_out_stays() {
    let shop = Shop::open().await;
    let other = shop.app.category("Other shelf", None).await;
    let made = shop
        .make(shop.lamp(json!({
            "sku": "LAMP", "price": "10", "description": "Bright", "imageUrl": "/lamp.svg", "metadata": {"a": 1},
        })))
        .await;
    let id = made.product.summary.id;
    let answer = shop
        .change(
            id,
            json!({
                "name": "Étagère", "slug": "etagere", "status": "ACTIVE", "categoryId": other, "images": ["/a.svg"],
                "isFeatured": true, "description": null, "metadata": {"b": [2]},
            }),
        )
        .await;
    assert_eq!(answer.header("etag"), "\"v2\"");
    let changed = answer.ok::<Data<AdminProduct>>().data;
    let summary = &changed.product.summary;
    assert_eq!((summary.name.as_str(), summary.slug.as_str()), ("Étagère", "etagere"));
    assert_eq!((summary.category.name.as_str(), summary.status), ("Other shelf", ProductStatus::Active));
    assert_eq!((summary.description.as_deref(), summary.image_url.as_deref()), (None, Some("/lamp.svg")));
    assert_eq!(Value::from(summary.metadata.clone().unwrap()), json!({"b": [2]}));
    let shown: Data<ProductDetail> = shop.app.get("/api/catalog/products/etagere").await.ok();
    assert_eq!(shown.data, changed.product);

    let entry = &shop.app.audited("product.changed", 1).await[0];
    assert_eq!(entry.before.as_ref().unwrap()["status"], "DRAFT");
    assert_eq!(entry.after.as_ref().unwrap()["status"], "ACTIVE");
    assert_eq!(entry.after.as_ref().unwrap().get("imageUrl"), None, "only what differs");
    let same = shop.change(id, json!({"name": " Étagère ", "metadata": {"b": [2]}})).await;
    assert_eq!(same.header("etag"), "\"v2\"", "nothing changed");
    shop.app.audited("product.changed", 1).await;
    assert_eq!(
        wrong(&shop.change(id, json!({"price": "1"})).await, 422, "VALIDATION_ERROR"),
        told(&[("/price", "unknown")])
    );
    let nowhere = shop.change(id, json!({"categoryId": Uuid::now_v7()})).await;
    assert_eq!(wrong(&nowhere, 422, "VALIDATION_ERROR"), told(&[("/categoryId", "unknown")]));
    shop.make(shop.lamp(json!({"sku": "B", "price": "1"}))).await;
    assert_eq!(
        wrong(&shop.change(id, json!({"slug": "lamp"})).await, 409, "CONFLICT"),
        told(&[("/slug", "taken")])
    );
    shop.change(Uuid::now_v7(), json!({"name": "X"})).await.problem(404, "NOT_FOUND");
}

#[tokio::test]
async fn what_is_sold_is_found_by_what_it_is_called_now() {
    let shop = Shop::open().await;
    let found = async |q: &str| {
        let answer = shop.app.get(&format!("/api/search?q={q}")).await;
        answer.ok::<Value>()["data"]["products"].as_array().unwrap().len()
    };
    let made = shop.make(shop.lamp(json!({"name": "Zebrawood bowl", "sku": "BOWL-1", "price": "10"}))).await;
    let (id, only) = (made.product.summary.id, variant(&made, "BOWL-1").id);
    assert_eq!(found("zebrawood").await, 0, "a draft is not");
    shop.change(id, json!({"status": "ACTIVE"})).await.ok::<Value>();
    assert_eq!((found("zebrawood").await, found("bowl-1").await), (1, 1));
    shop.change(id, json!({"name": "Walnut bowl"})).await.ok::<Value>();
    shop.change_variant(id, only, json!({"sku": "BOWL-2"})).await.ok::<Value>();
    assert_eq!((found("zebrawood").await, found("walnut").await, found("bowl-2").await), (0, 1, 1));
    assert_eq!(shop.remove(id).await.status, 204);
    assert_eq!(found("walnut").await, 0);
}

#[tokio::test]
async fn options_are_replaced_as_long_as_every_variant_fits() {
    let shop = Shop::open().await;
    let shirt = shop.shirt(&["S", "M"], &["red"]).await;
    let id = shirt.product.summary.id;
    let more = json!({"options": [
        {"name": "colour", "values": ["blue", "red"]}, {"name": "size", "values": ["S", "M", "L"]},
    ]});
    let changed = shop.change(id, more.clone()).await.ok::<Data<AdminProduct>>().data;
    assert_eq!(changed.version, 2);
    let names: Vec<_> = changed.product.summary.options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["colour", "size"], "in the order that was given");
    assert_eq!(shop.change(id, more).await.header("etag"), "\"v2\"", "nothing changed");
    for options in [
        json!([{"name": "size", "values": ["S"]}, {"name": "colour", "values": ["red"]}]),
        json!([{"name": "size", "values": ["S", "L"]}, {"name": "colour", "values": ["red"]}]),
    ] {
        let refused = shop.change(id, json!({"options": options})).await.problem(409, "CONFLICT");
        let details: Vec<_> = refused.errors.iter().map(|error| error.detail.as_str()).collect();
        assert_eq!(details, ["does not fit what SHIRT-M-RED chooses"]);
    }
    let alike = json!({"options": [{"name": "colour", "values": ["red"]}]});
    let refused = shop.change(id, alike).await.problem(409, "CONFLICT");
    assert_eq!(refused.errors.len(), 1, "without sizes both would be red");
    let open = json!([
        {"name": "size", "values": ["S", "M"]}, {"name": "colour", "values": ["red"]}, {"name": "fit", "values": ["slim", "loose"]},
    ]);
    let refused = shop.change(id, json!({"options": open})).await.problem(409, "CONFLICT");
    assert_eq!(refused.errors.len(), 2, "nobody knows how they fit");
    let twice = json!({"options": [{"name": "size", "values": ["S", "S"]}]});
    assert_eq!(
        wrong(&shop.change(id, twice).await, 422, "VALIDATION_ERROR"),
        told(&[("/options/0/values/1", "duplicate")])
    );
    assert_eq!(shop.read(id).await, changed, "what was refused changed nothing");
    let entry = &shop.app.audited("product.changed", 1).await[0];
    assert_eq!(entry.before.as_ref().unwrap()["options"][0]["name"], "size");
    assert_eq!(entry.after.as_ref().unwrap()["options"][0]["name"], "colour");
}

#[tokio::test]
async fn a_product_with_one_thing_to_buy_comes_to_have_options_and_loses_them_again() {
    let shop = Shop::open().await;
    let lamp = shop.make(shop.lamp(json!({"sku": "LAMP", "price": "10", "stock": 3}))).await;
    let id = lamp.product.summary.id;
    let options = async |options: Value| {
        let changed = shop.change(id, json!({"options": options})).await.ok::<Data<AdminProduct>>().data;
        changed.product.variants.into_iter().map(|variant| (variant.sku, variant.options)).collect::<Vec<_>>()
    };
    let chosen = |sku: &str, choice: &[(&str, &str)]| {
        let choice = choice.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        (sku.to_owned(), choice.collect::<BTreeMap<_, _>>())
    };
    let red = json!([{"name": "colour", "values": ["red"]}]);
    assert_eq!(options(red).await, [chosen("LAMP", &[("colour", "red")])]);
    let more = json!([{"name": "colour", "values": ["red", "blue"]}]);
    assert_eq!(options(more).await, [chosen("LAMP", &[("colour", "red")])]);
    let blue = json!({"sku": "LAMP-BLUE", "price": "10", "options": {"colour": "blue"}});
    assert_eq!(shop.add(id, blue).await.status, 201);
    let sized = json!([{"name": "size", "values": ["S"]}, {"name": "colour", "values": ["blue", "red"]}]);
    let both = options(sized).await;
    assert_eq!(both[0], chosen("LAMP", &[("colour", "red"), ("size", "S")]));
    assert_eq!(both[1], chosen("LAMP-BLUE", &[("colour", "blue"), ("size", "S")]));
    let plain = json!([{"name": "colour", "values": ["blue", "red"]}]);
    assert_eq!(options(plain).await[0], chosen("LAMP", &[("colour", "red")]));
    assert_eq!(shop.read(id).await.product.stock, 3, "nothing else changed");
    let twin = json!({"sku": "TWIN", "price": "1", "options": {"colour": "red"}});
    assert_eq!(wrong(&shop.add(id, twin).await, 409, "CONFLICT"), told(&[("/options", "taken")]));
}

#[tokio::test]
async fn changes_are_made_to_what_was_seen() {
    let shop = Shop::open().await;
    let lamp = shop.make(shop.lamp(json!({"sku": "LAMP", "price": "10"}))).await;
    let (id, only) = (lamp.product.summary.id, variant(&lamp, "LAMP").id);
    let bearer = shop.admin.bearer();
    let when = async |method: Method, path: &str, tag: &str, body: Option<Value>| {
        let headers = [("authorization", bearer.as_str()), ("if-match", tag)];
        shop.app.request(method, &format!("{ALL}/{id}{path}"), &headers, body).await
    };
    let of_variant = format!("/variants/{only}");
    assert_eq!(when(Method::PATCH, "", "\"v1\"", Some(json!({"name": "A"}))).await.header("etag"), "\"v2\"");
    let price = || Some(json!({"price": "11"}));
    when(Method::PATCH, &of_variant, "\"v1\"", price()).await.problem(412, "PRECONDITION_FAILED");
    assert_eq!(when(Method::PATCH, &of_variant, "\"v2\"", price()).await.header("etag"), "\"v3\"");
    when(Method::PATCH, "", "\"v2\"", Some(json!({"name": "B"}))).await.problem(412, "PRECONDITION_FAILED");
    when(Method::DELETE, &of_variant, "\"v2\"", None).await.problem(412, "PRECONDITION_FAILED");
    when(Method::DELETE, "", "\"v2\"", None).await.problem(412, "PRECONDITION_FAILED");
    assert_eq!(when(Method::DELETE, "", "\"v3\"", None).await.status, 204);
}

#[tokio::test]
async fn a_product_nobody_ordered_goes_with_all_that_is_its_own() {
    let shop = Shop::open().await;
    let shirt = shop.shirt(&["S", "M"], &["red"]).await;
    let id = shirt.product.summary.id;
    assert_eq!(shop.remove(id).await.status, 204);
    let db = shop.app.db.reader();
    let left = (
        product_variant::Entity::find().count(db).await.unwrap(),
        product_option::Entity::find().count(db).await.unwrap(),
        stock_movement::Entity::find().count(db).await.unwrap(),
    );
    assert_eq!(left, (0, 0, 0));
    assert_eq!(shop.shown("shirt").await, 404);
    shop.remove(id).await.problem(404, "NOT_FOUND");
    let entry = &shop.app.audited("product.deleted", 1).await[0];
    assert_eq!(entry.before.as_ref().unwrap()["variants"][0]["sku"], "SHIRT-S-RED");
    shop.shirt(&["S"], &["red"]).await;
}

#[tokio::test]
async fn what_somebody_ordered_is_archived_and_its_variants_stay() {
    let shop = Shop::open().await;
    let clock = shop.app.clock.shared();
    let ids = IdSource::new(clock.clone());
    demo::load(&Seeder::new(&shop.app.db, &clock, &ids)).await.unwrap();
    let sold: Data<ProductDetail> = shop.app.get("/api/catalog/products/iphone-15-pro").await.ok();
    let id = sold.data.summary.id;
    let ordered = sold.data.variants.iter().find(|variant| variant.sku == "IPHONE-15-PRO").unwrap().id;

    shop.add(id, json!({"sku": "X", "price": "1"})).await;
    let refused = shop.remove_variant(id, ordered).await.problem(409, "CONFLICT");
    assert!(refused.detail.contains("take its stock down to 0"), "{}", refused.detail);

    let answer = shop.remove(id).await;
    assert_eq!(answer.header("etag"), "\"v2\"");
    let archived = answer.ok::<Data<AdminProduct>>().data;
    assert_eq!(archived.product.summary.status, ProductStatus::Archived);
    assert_eq!(archived.product.variants.len(), sold.data.variants.len());
    assert_eq!(shop.shown("iphone-15-pro").await, 404);
    let entry = &shop.app.audited("product.archived", 1).await[0];
    assert_eq!(entry.before, Some(json!({"status": "ACTIVE"})));
    assert_eq!(shop.remove(id).await.header("etag"), "\"v2\"", "it is archived already");
}
