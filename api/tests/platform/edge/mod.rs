//! The shop behind the edge: nginx with CloudFront's rules, nginx in the load balancer's place, and the real program, which
//! serves the API alone.

mod caching;
mod declared;
mod purging;
mod routing;
mod storefront;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    program::{Serving, Shop, get},
    stand_ins::{balancer::Balancer, cdn::Cdn, nginx, shop},
    support::{Answer, PASSWORD, TestDatabase, new_email},
};

/// A shop with some products, seen from outside.
struct Edge {
    cdn: Cdn,
    _balancer: Balancer,
    pod: Serving,
    shop: Shop,
    database: TestDatabase,
}

/// Runs a visit, and cleans up after it; nothing is run where there is no nginx.
async fn visit(journey: impl AsyncFnOnce(&Edge)) {
    visit_a(|shop| shop, journey).await;
}

/// The same to a shop that is told something out of the ordinary.
async fn visit_a(prepare: impl FnOnce(Shop) -> Shop, journey: impl AsyncFnOnce(&Edge)) {
    if !nginx::is_at_hand() {
        return;
    }
    let database = TestDatabase::create().await;
    let shop = prepare(shop::in_production(&database.url));
    shop.run(&["seed", "--products", "30"]).await.said();
    let pod = shop.serve().await;
    let balancer = Balancer::start(std::slice::from_ref(&pod.address)).await;
    let cdn =
        Cdn::before(balancer.address, page_as_served(&database).await.header("content-security-policy"))
            .await;
    let edge = Edge { cdn, _balancer: balancer, pod, shop, database };
    journey(&edge).await;
    edge.close().await;
}

/// The page as the server itself serves it where it has the files.
async fn page_as_served(database: &TestDatabase) -> Answer {
    let whole = shop::in_production(&database.url).with("WEB_ROOT", shop::storefront().display().to_string());
    let server = whole.serve().await;
    get(&format!("http://{}/", server.address)).await
}

impl Edge {
    async fn close(self) {
        drop((self.cdn, self.pod));
        self.database.drop().await;
    }

    async fn get(&self, path: &str) -> Answer {
        self.cdn.get(path, &[]).await
    }

    /// What CloudFront says it did.
    async fn x_cache(&self, path: &str, headers: &[(&str, &str)]) -> String {
        self.cdn.get(path, headers).await.header("x-cache").to_owned()
    }

    /// Somebody with an account: the header that says who they are, and the cookie.
    async fn customer(&self) -> (String, String) {
        let account = json!({"email": new_email("edge"), "password": PASSWORD});
        let sent =
            reqwest::Client::new().post(self.cdn.url("/api/auth/register")).json(&account).send().await;
        let answer = Answer::read(sent.unwrap()).await;
        assert_eq!(answer.header("x-cache"), "Miss from cloudfront");
        let token = answer.json()["data"]["token"].as_str().unwrap().to_owned();
        (format!("Bearer {token}"), crate::support::cookie_of(&answer))
    }

    /// The address of a product's page in the API, and the product.
    async fn product(&self) -> (String, Value) {
        let list =
            get(&format!("http://{}/api/catalog/products?limit=1&inStock=true", self.pod.address)).await;
        let product = list.json()["data"][0].clone();
        (format!("/api/catalog/products/{}", product["id"].as_str().unwrap()), product)
    }

    async fn head(&self, path: &str) -> Answer {
        self.cdn.send(Method::HEAD, path, &[]).await
    }
}
