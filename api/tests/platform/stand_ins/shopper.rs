//! One shopper: looks around, signs in, fills a cart, orders, and looks at the order.

use std::sync::{Arc, Mutex};

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::load::Tally;
use crate::support::{PASSWORD, new_email};

/// How many visits are made on one sign-in.
const VISITS_SIGNED_IN: u32 = 5;

pub struct Shopper {
    shop: String,
    client: Client,
    tally: Arc<Mutex<Tally>>,
    email: String,
    token: String,
    visits: u32,
}

impl Shopper {
    pub fn new(shop: &str, tally: Arc<Mutex<Tally>>) -> Self {
        // A connection for each request: nginx, when it is given other pods, ends those that wait for the next one, which
        // the load balancer it stands for does not.
        let client = Client::builder().pool_max_idle_per_host(0).build().unwrap();
        let email = new_email("shopper");
        Self { shop: shop.to_owned(), client, tally, email, token: String::new(), visits: 0 }
    }

    /// From looking around to an order. Breaks off where something fails.
    pub async fn visit(&mut self) -> Option<()> {
        let products = self.ask("browse", self.get("/api/catalog/products?limit=24&inStock=true")).await?;
        self.ask("search", self.get("/api/search?q=wool")).await?;
        let products = products["data"].as_array().unwrap();
        let product = &products[self.visits as usize % products.len()]["id"];
        let path = format!("/api/catalog/products/{}", product.as_str().unwrap());
        self.ask("look", self.get(&path)).await?;
        self.sign_in().await?;
        self.visits += 1;
        self.ask("account", self.get("/api/auth/me").bearer_auth(&self.token)).await?;
        let item = json!({"productId": product, "quantity": 1});
        self.ask("cart", self.post("/api/cart/items", &item).bearer_auth(&self.token)).await?;
        self.order().await
    }

    /// Orders what is in the cart, now and then twice by one key; it must be there then, once.
    async fn order(&self) -> Option<()> {
        let key = Uuid::now_v7().to_string();
        let body = json!({"shippingAddress": {
            "firstName": "Ada", "lastName": "Lovelace", "address1": "Via Appia 1", "address2": null, "city": "Roma", "state": "RM", "postalCode": "00184",
            "country": "IT", "phone": null,
        }});
        let order =
            || self.post("/api/orders", &body).bearer_auth(&self.token).header("idempotency-key", &key);
        let placed = self.ask("order", order()).await?;
        let id = placed["data"]["id"].as_str().unwrap().to_owned();
        self.tally.lock().unwrap().orders.push(id.clone());
        if self.visits.is_multiple_of(3) {
            let again = self.ask("order again", order()).await?;
            if again["data"]["id"] != *id {
                self.fail(format!("the same key, another order: {again}"));
            }
        }
        let path = format!("/api/orders/{id}");
        self.ask("look at the order", self.get(&path).bearer_auth(&self.token)).await.map(drop)
    }

    async fn sign_in(&mut self) -> Option<()> {
        let account = json!({"email": self.email, "password": PASSWORD});
        let answer = match self.visits {
            0 if self.token.is_empty() => {
                self.ask("register", self.post("/api/auth/register", &account)).await?
            }
            visits if visits.is_multiple_of(VISITS_SIGNED_IN) => {
                self.ask("sign in", self.post("/api/auth/login", &account)).await?
            }
            _ => return Some(()),
        };
        answer["data"]["token"].as_str().unwrap().clone_into(&mut self.token);
        Some(())
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.request(Method::GET, format!("{}{path}", self.shop))
    }

    fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.client.request(Method::POST, format!("{}{path}", self.shop)).json(body)
    }

    /// The answer, if it is a successful one.
    async fn ask(&self, kind: &'static str, request: RequestBuilder) -> Option<Value> {
        let answered = async {
            let response = request.send().await.map_err(|error| format!("{error:?}"))?;
            let (status, text) =
                (response.status(), response.text().await.map_err(|error| format!("{error:?}"))?);
            if status.is_success() { Ok(text) } else { Err(format!("{status}: {text}")) }
        };
        match answered.await {
            Ok(text) => {
                self.tally.lock().unwrap().count(kind);
                Some(serde_json::from_str(&text).unwrap())
            }
            Err(why) => {
                self.fail(format!("{kind}: {why}"));
                None
            }
        }
    }

    fn fail(&self, why: String) {
        self.tally.lock().unwrap().failures.push(why);
    }
}
