//! `/api/orders` and `/api/admin/orders`.

mod books;
mod buying;
mod dying;
mod expiring;
mod giving_back;
mod histories;
mod listing;
mod mails;
mod paying;
mod processes;
mod racing;
mod repeating;
mod statements;
mod steps;

use openapi::{Data, orders::OrderDetail};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, NewProduct, Person, TestApp};

use books::Books;

const ORDERS: &str = "/api/orders";
const KEY: &str = "idempotency-key";

/// Where orders go.
fn address() -> Value {
    json!({
        "firstName": "Ada", "lastName": "Lovelace", "address1": "Via Appia 1", "address2": null, "city": "Roma",
        "state": "RM", "postalCode": "00184", "country": "IT", "phone": "+39 06 1234567",
    })
}

/// A request with a key of this name.
async fn keyed(app: &TestApp, who: &Person, path: &str, key: &str, body: Value) -> Answer {
    let bearer = who.bearer();
    let headers = [("authorization", bearer.as_str()), (KEY, key)];
    app.request(Method::POST, path, &headers, Some(body)).await
}

/// Orders so many of these products, by a new key.
async fn order(app: &TestApp, who: &Person, items: &[(Uuid, u32)]) -> Answer {
    let key = Uuid::now_v7().to_string();
    keyed(app, who, ORDERS, &key, body(items)).await
}

fn body(items: &[(Uuid, u32)]) -> Value {
    let items: Vec<_> =
        items.iter().map(|(product, quantity)| json!({"productId": product, "quantity": quantity})).collect();
    json!({"items": items, "shippingAddress": address()})
}

#[track_caller]
fn placed(answer: &Answer) -> OrderDetail {
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
    serde_json::from_slice::<Data<OrderDetail>>(&answer.body).unwrap().data
}

#[track_caller]
fn detail(answer: &Answer) -> OrderDetail {
    answer.ok::<Data<OrderDetail>>().data
}

/// A product in a category of its own.
async fn product(app: &TestApp, name: &str, price: i64, stock: i32) -> Uuid {
    let category = app.category(&format!("For {name}"), None).await;
    app.product(NewProduct::new(name, category).priced(price).stocked(stock)).await
}

async fn stock(app: &TestApp, product: Uuid) -> i32 {
    app.variants(product).await[0].stock
}

async fn cancel(app: &TestApp, who: &Person, order: Uuid) -> Answer {
    app.by(who, Method::POST, &format!("{ORDERS}/{order}/cancel"), None).await
}

/// An administrator takes an order to another status.
async fn step(app: &TestApp, admin: &Person, order: Uuid, status: &str) -> Answer {
    let path = format!("/api/admin/orders/{order}/status");
    app.by(admin, Method::PATCH, &path, Some(json!({"status": status}))).await
}

/// An administrator says that an order is paid.
async fn pay(app: &TestApp, admin: &Person, order: Uuid) -> Answer {
    let path = format!("/api/admin/orders/{order}");
    app.by(admin, Method::PATCH, &path, Some(json!({"paymentStatus": "PAID"}))).await
}

async fn refund(app: &TestApp, admin: &Person, order: Uuid, body: Value) -> Answer {
    let path = format!("/api/admin/orders/{order}/refunds");
    keyed(app, admin, &path, &Uuid::now_v7().to_string(), body).await
}
