//! What placing an order asks of the database.

use openapi::Data;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{KEY, ORDERS, address, body, order, placed, product};
use crate::support::{NewProduct, TestApp, sql};

#[tokio::test]
async fn an_order_costs_the_same_however_much_is_bought() {
    let app = TestApp::start().await;
    let category = app.category("Things", None).await;
    let mut things = vec![];
    for number in 0..50 {
        things.push(app.product(NewProduct::new(&format!("Thing {number}"), category).stocked(90)).await);
    }
    let ada = app.customer().await;
    let counts = async |many: usize| {
        for &thing in &things[..many] {
            let item = json!({"productId": thing, "quantity": 1});
            app.by(&ada, Method::POST, "/api/cart/items", Some(item)).await.ok::<Value>();
        }
        let bearer = ada.bearer();
        let key = Uuid::now_v7().to_string();
        let headers = [("authorization", bearer.as_str()), (KEY, key.as_str())];
        let whole = json!({"shippingAddress": address()});
        let of_cart = app.request(Method::POST, ORDERS, &headers, Some(whole)).await;
        assert_eq!(placed(&of_cart).order.items.len(), many);
        let replayed =
            app.request(Method::POST, ORDERS, &headers, Some(json!({"shippingAddress": address()}))).await;
        assert_eq!(replayed.header("idempotent-replayed"), "true");
        let items: Vec<_> = things[..many].iter().map(|thing| (*thing, 1)).collect();
        let of_items = order(&app, &ada, &items).await;
        assert_eq!(placed(&of_items).order.items.len(), many);
        (of_cart.statements(), of_items.statements(), replayed.statements())
    };
    let one = counts(1).await;
    assert_eq!(counts(50).await, one);
    assert!(one.0 <= 15 && one.1 <= 13 && one.2 <= 2, "{one:?}");
}

#[tokio::test]
async fn reading_one_costs_the_same_however_much_has_happened() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 90).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let id = placed(&order(&app, &ada, &[(lamp, 3)]).await).order.id;
    let path = format!("{ORDERS}/{id}");
    let before = app.by(&ada, Method::GET, &path, None).await.statements();
    super::pay(&app, &admin, id).await.ok::<Value>();
    super::refund(&app, &admin, id, json!({})).await;
    let after = app.by(&ada, Method::GET, &path, None).await;
    assert_eq!((before, after.statements()), (5, 5));
    after.ok::<Data<Value>>();
}

#[tokio::test]
async fn stock_is_touched_last() {
    let app = TestApp::start().await;
    let (lamp, chair) = (product(&app, "Lamp", 1_000, 90).await, product(&app, "Chair", 1_000, 90).await);
    let ada = app.customer().await;
    let bearer = ada.bearer();
    let headers = [("authorization", bearer.as_str()), (KEY, "key")];
    let answer = app.request(Method::POST, ORDERS, &headers, Some(body(&[(lamp, 1), (chair, 1)]))).await;
    placed(&answer);
    let made = sql::of(&answer);
    let at = |part: &str| {
        let found: Vec<_> = (0..made.len()).filter(|place| made[*place].contains(part)).collect();
        assert_eq!(found.len(), 1, "{part}: {made:#?}");
        found[0]
    };
    let moved = at("UPDATE \"product_variants\"");
    let held = &made[moved - 1];
    assert!(
        held.contains("\"product_variants\"") && held.contains("ORDER BY \"product_variants\".\"id\" ASC"),
        "{held}"
    );
    assert_eq!(moved + 3, made.len(), "after it only the ledger and what is out of date: {made:#?}");
}
