//! A customer: what they do through the API, elsewhere, and how they sign in here.

use entity::product_variant;
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use uuid::Uuid;

use crate::{browser::Browser, shop::Shop};

/// The password of every customer.
pub const PASSWORD: &str = "a kettle full of pelicans";

/// Opens an account through the API, and tells the token of that session.
pub async fn register(shop: &Shop, email: &str) -> String {
    register_called(shop, email, "Ada").await
}

/// The same for somebody with another first name.
pub async fn register_called(shop: &Shop, email: &str, first_name: &str) -> String {
    let body =
        json!({ "email": email, "password": PASSWORD, "firstName": first_name, "lastName": "Lovelace" });
    signed_in(shop, "/api/auth/register", &body).await
}

/// Signs in through the API, as from another device, and tells the token of that session.
pub async fn sign_in_elsewhere(shop: &Shop, email: &str, password: &str) -> String {
    signed_in(shop, "/api/auth/login", &json!({ "email": email, "password": password })).await
}

async fn signed_in(shop: &Shop, path: &str, body: &Value) -> String {
    let answer = shop.app.client.post(shop.app.url(path)).json(body).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    let answer: Value = answer.json().await.unwrap();
    answer["data"]["token"].as_str().unwrap().to_owned()
}

/// Changes something through the API.
pub async fn post(shop: &Shop, token: &str, path: &str, body: &Value) -> StatusCode {
    shop.app.client.post(shop.app.url(path)).bearer_auth(token).json(body).send().await.unwrap().status()
}

/// An entry of the address book.
pub async fn add_address(shop: &Shop, token: &str, label: &str) {
    let body = json!({
        "label": label, "firstName": "Ada", "lastName": "Lovelace", "address1": "Via Appia 1", "city": "Roma",
        "state": "RM", "postalCode": "00184", "country": "IT",
    });
    assert_eq!(post(shop, token, "/api/account/addresses", &body).await, StatusCode::CREATED);
}

/// Puts a variant into the customer's cart, and tells its id.
pub async fn put_into_cart(shop: &Shop, token: &str, sku: &str) -> Uuid {
    let found = product_variant::Entity::find().filter(product_variant::Column::Sku.eq(sku));
    let variant = found.one(shop.app.db.for_migrations()).await.unwrap().unwrap().id;
    put(shop, token, variant).await;
    variant
}

/// The same of a variant that is known.
pub async fn put(shop: &Shop, token: &str, variant: Uuid) {
    let body = json!({ "variantId": variant, "quantity": 1 });
    assert_eq!(post(shop, token, "/api/cart/items", &body).await, StatusCode::OK);
}

/// Orders what is in the cart.
pub async fn order(shop: &Shop, token: &str) {
    let address = json!({
        "firstName": "Ada", "lastName": "Lovelace", "address1": "Donaudampfschifffahrtsgesellschaftskapitänswohnung 1",
        "city": "Roma", "state": "RM", "postalCode": "00184", "country": "IT",
    });
    let request = shop.app.client.post(shop.app.url("/api/orders")).bearer_auth(token);
    let request = request.header("Idempotency-Key", Uuid::now_v7().to_string());
    let answer = request.json(&json!({ "shippingAddress": address })).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
}

/// How many orders the customer has.
pub async fn count_orders(shop: &Shop, token: &str) -> u64 {
    let answer =
        shop.app.client.get(shop.app.url("/api/orders?page=1")).bearer_auth(token).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    answer["meta"]["total"].as_u64().unwrap()
}

/// Opens a page that asks for a customer, and signs in there.
pub async fn sign_in(browser: &Browser, path: &str, email: &str) {
    browser.open(path).await;
    browser.heading_is("Sign in").await;
    give_credentials(browser, email, PASSWORD).await;
    browser
        .shows("that the sign-in page is left", false, || {
            browser.script("return location.pathname === '/auth/login';")
        })
        .await;
    browser.settle().await;
}

/// Fills in the sign-in page and sends it.
pub async fn give_credentials(browser: &Browser, email: &str, password: &str) {
    browser.enter("E-mail address", email).await;
    browser.enter("Password", password).await;
    browser.press("Sign in").await;
}
