//! The same request, sent again.

use std::{collections::BTreeSet, time::Duration};

use entity::{idempotency_key, order};
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::{Books, ORDERS, body, keyed, placed, product, stock};
use crate::support::{NewProduct, NewVariant, PATIENCE, TestApp, within};

#[tokio::test]
async fn however_often_it_is_sent_it_is_ordered_once() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 100).await;
    let (ada, books) = (app.customer().await, Books::open(&app).await);
    let other = app.another().start().await;
    let sent = (0..50).map(|number| {
        let server = if number % 2 == 0 { &app } else { &other };
        keyed(server, &ada, ORDERS, "once", body(&[(lamp, 2)]))
    });
    let answers = join_all(sent).await;
    let mut told = BTreeSet::new();
    for answer in &answers {
        if answer.status.as_u16() == 409 {
            answer.problem(409, "REQUEST_RUNNING");
            assert_eq!(answer.header("retry-after"), "1");
        } else {
            told.insert((placed(answer).order.id, answer.body.clone(), answer.header("location").to_owned()));
        }
    }
    assert_eq!(told.len(), 1, "all are told the same");
    let replayed = answers.iter().filter(|answer| answer.header("idempotent-replayed") == "true").count();
    let first = answers.iter().filter(|answer| answer.status.as_u16() == 201).count() - replayed;
    assert_eq!(first, 1);
    assert_eq!(order::Entity::find().count(app.db.reader()).await.unwrap(), 1);
    assert_eq!(stock(&app, lamp).await, 98);
    books.balance(&app).await;

    let again = keyed(&app, &ada, ORDERS, "once", body(&[(lamp, 2)])).await;
    assert_eq!((again.header("idempotent-replayed"), placed(&again).order.items[0].quantity), ("true", 2));
}

#[tokio::test]
async fn a_key_is_for_one_request_of_one_customer() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 100).await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    let first = placed(&keyed(&app, &ada, ORDERS, "key", body(&[(lamp, 1)])).await).order.id;
    keyed(&app, &ada, ORDERS, "key", body(&[(lamp, 2)])).await.problem(422, "IDEMPOTENCY_KEY_REUSED");
    let others = placed(&keyed(&app, &bob, ORDERS, "key", body(&[(lamp, 2)])).await).order.id;
    assert_ne!(first, others);
    // The same said in another order of its fields is the same.
    let mut turned = body(&[(lamp, 1)]);
    turned["notes"] = json!(null);
    assert_eq!(placed(&keyed(&app, &ada, ORDERS, "key", turned).await).order.id, first);
    // And a key of another operation is another key.
    let path = format!("{ORDERS}/{first}/payments");
    let begun = keyed(&app, &ada, &path, "key", json!({})).await;
    assert_eq!((begun.status.as_u16(), begun.header("idempotent-replayed")), (201, ""));
    let again = keyed(&app, &ada, &path, "key", json!({})).await;
    assert_eq!((again.body == begun.body, again.header("idempotent-replayed")), (true, "true"));
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 1).await;
    let ada = app.customer().await;
    keyed(&app, &ada, ORDERS, "key", body(&[(lamp, 2)])).await.problem(409, "OUT_OF_STOCK");
    let kept = idempotency_key::Entity::find().count(app.db.reader()).await.unwrap();
    assert_eq!(kept, 0);
    placed(&keyed(&app, &ada, ORDERS, "key", body(&[(lamp, 1)])).await);
}

#[tokio::test]
async fn answers_are_kept_for_a_day() {
    let mut app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let ada = app.customer().await;
    let first = placed(&keyed(&app, &ada, ORDERS, "key", body(&[(lamp, 1)])).await).order.id;
    app.clock.advance(Duration::from_hours(23));
    let ada = app.sign_in(&ada.email).await;
    assert_eq!(placed(&keyed(&app, &ada, ORDERS, "key", body(&[(lamp, 1)])).await).order.id, first);
    app.clock.advance(Duration::from_hours(2));
    let ada = app.sign_in(&ada.email).await;
    let second = placed(&keyed(&app, &ada, ORDERS, "key", body(&[(lamp, 1)])).await).order.id;
    assert_ne!(first, second);
    placed(&keyed(&app, &ada, ORDERS, "another", body(&[(lamp, 1)])).await);
    app.clock.advance(Duration::from_hours(23));
    let young = app.sign_in(&ada.email).await;
    placed(&keyed(&app, &young, ORDERS, "young", body(&[(lamp, 1)])).await);
    app.clock.advance(Duration::from_hours(2));

    app.stop().await;
    let next = app.another().start().await;
    let left = async || {
        let keys = idempotency_key::Entity::find().all(next.db.reader()).await.unwrap();
        (keys.len() == 1 && keys[0].key == "young").then_some(())
    };
    within(PATIENCE, "old answers are forgotten, and no others", left).await;
}

#[tokio::test]
async fn other_things_are_made_once_too() {
    let app = TestApp::start().await;
    let category = app.category("Shirts", None).await;
    let shirt = NewProduct {
        options: vec![("size", vec!["S", "M"])],
        variants: vec![NewVariant { values: json!({"size": "S"}), ..NewVariant::default() }],
        ..NewProduct::new("Shirt", category)
    };
    let (shirt, admin) = (app.product(shirt).await, app.admin().await);
    let new_product = json!({"name": "Lamp", "slug": "lamp", "categoryId": category, "sku": "LAMP", "price": "1.00", "stock": 1});
    for (path, body) in [
        ("/api/account/addresses", super::address()),
        ("/api/admin/categories", json!({"name": "Lamps", "slug": "lamps"})),
        ("/api/admin/products", new_product),
        (
            &format!("/api/admin/products/{shirt}/variants"),
            json!({"sku": "M", "price": "1.00", "options": {"size": "M"}}),
        ),
        (&format!("/api/admin/products/{shirt}/stock"), json!({"delta": 3, "note": "Counted"})),
        ("/api/admin/synonyms", json!({"term": "sofa", "synonyms": ["couch"]})),
    ] {
        let first = keyed(&app, &admin, path, "key", body.clone()).await;
        assert!(first.status.is_success(), "{path}: {}", first.text());
        let again = keyed(&app, &admin, path, "key", body.clone()).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body), "{path}");
        assert_eq!(again.header("idempotent-replayed"), "true", "{path}");
        for name in ["location", "etag"] {
            assert_eq!(again.header(name), first.header(name), "{path} {name}");
        }
    }
    assert_eq!(app.variants(shirt).await[0].stock, 8, "adjusted once");
}
