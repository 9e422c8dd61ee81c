//! What visitors come for: to look around, or to buy. The mix is the one of the shop before this one.

use openapi::{
    Data,
    accounts::{LoginRequest, RegisterRequest, SignedIn},
};
use serde_json::{Value, json};

use super::visitor::Visitor;
use crate::shop::people::PASSWORD;

const LIST: (&str, &str) = ("GET /api/catalog/products", "/api/catalog/products?limit=20");
const CATEGORIES: (&str, &str) = ("GET /api/catalog/categories", "/api/catalog/categories");
const HEALTH: (&str, &str) = ("GET /api/health", "/api/health");
const ME: (&str, &str) = ("GET /api/auth/me", "/api/auth/me");
const ORDERS: (&str, &str) = ("GET /api/orders", "/api/orders");
/// What is searched for.
const TERMS: [&str; 5] = ["phone", "laptop", "shirt", "jacket", "coffee"];

impl Visitor<'_> {
    /// Nothing when it ends early: because it is time to leave, or because an answer was no good.
    pub(super) fn visit(&mut self) -> Option<()> {
        if self.random.below(100) < self.crowd.plan.habits.buys { self.buy() } else { self.browse() }
    }

    fn browse(&mut self) -> Option<()> {
        self.get(HEALTH.0, HEALTH.1)?;
        self.get(LIST.0, LIST.1)?;
        self.get(CATEGORIES.0, CATEGORIES.1)?;
        self.look_at_a_product()?;
        let term = TERMS[self.random.below(TERMS.len())];
        self.get("GET /api/search", &format!("/api/search?q={term}")).map(drop)
    }

    fn look_at_a_product(&mut self) -> Option<()> {
        let slug = &self.crowd.shelf[self.random.below(self.crowd.shelf.len())];
        self.get("GET /api/catalog/products/{slug}", &format!("/api/catalog/products/{slug}")).map(drop)
    }

    fn buy(&mut self) -> Option<()> {
        let anonymous = self.client.clone();
        let token = if self.has_account { self.sign_in() } else { self.register() }?;
        self.client = anonymous.clone().with_token(&token);
        let outcome = self.fill_a_cart();
        self.client = anonymous;
        outcome
    }

    fn fill_a_cart(&mut self) -> Option<()> {
        self.get(ME.0, ME.1)?;
        self.get(LIST.0, LIST.1)?;
        self.look_at_a_product()?;
        let product = &self.crowd.for_sale[self.random.below(self.crowd.for_sale.len())];
        let item = json!({ "productId": product, "quantity": 1 });
        let _: Value = self.post("POST /api/cart/items", "/api/cart/items", &item)?;
        self.get("GET /api/cart", "/api/cart")?;
        if self.crowd.with_orders && self.random.below(100) < self.crowd.plan.habits.orders {
            self.order()?;
        } else {
            self.ask("DELETE /api/cart", |client| client.delete("/api/cart"))?;
        }
        self.get(ORDERS.0, ORDERS.1).map(drop)
    }

    fn order(&mut self) -> Option<()> {
        let key = format!("load-{:x}-{}-{}", self.crowd.run, self.number, self.visits);
        let address = json!({
            "firstName": "Ada", "lastName": "Load", "address1": "Via Appia 1", "city": "Roma", "state": "RM",
            "postalCode": "00179", "country": "IT"
        });
        let order = json!({ "shippingAddress": address });
        self.ask("POST /api/orders", |client| client.clone().with_key(&key).post("/api/orders", &order))
            .map(drop)
    }

    fn address(&self) -> String {
        format!("load-{:x}-{}@example.com", self.crowd.run, self.number)
    }

    fn register(&mut self) -> Option<String> {
        let request = RegisterRequest {
            email: self.address(),
            password: PASSWORD.to_owned(),
            first_name: None,
            last_name: None,
            locale: None,
        };
        let reply =
            self.ask("POST /api/auth/register", |client| client.post("/api/auth/register", &request))?;
        self.has_account = true;
        Some(reply.json::<Data<SignedIn>>().ok()?.data.token)
    }

    fn sign_in(&mut self) -> Option<String> {
        let request = LoginRequest { email: self.address(), password: PASSWORD.to_owned() };
        Some(self.post::<Data<SignedIn>>("POST /api/auth/login", "/api/auth/login", &request)?.data.token)
    }

    /// Leaves no account behind. What that takes belongs to no scenario, so nobody counts it.
    pub(super) fn close_account(&self) {
        if !self.has_account {
            return;
        }
        let request = LoginRequest { email: self.address(), password: PASSWORD.to_owned() };
        let signed_in = self.client.post("/api/auth/login", &request).and_then(|reply| reply.expect(200));
        if let Ok(token) = signed_in.and_then(|reply| reply.json::<Data<SignedIn>>()) {
            let own = self.client.clone().with_token(&token.data.token);
            drop(own.delete_with("/api/auth/me", &json!({ "password": PASSWORD })));
        }
    }
}
