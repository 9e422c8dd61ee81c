//! What the edge keeps for an hour is forgotten when it changes: the shop tells CloudFront, CloudFront tells the edge.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::{
    Edge,
    caching::{HIT, LIST, MISS},
    visit_a,
};
use crate::support::{Answer, PASSWORD, cloudfront::CloudFront};

const CATEGORIES: &str = "/api/catalog/categories/tree";

/// Somebody who may change prices: the header that says who they are.
async fn admin(edge: &Edge) -> String {
    let email = "ada@example.com";
    let account = json!({"email": email, "password": PASSWORD});
    let client = Client::new();
    let send = async |path: &str| {
        let sent = client.post(edge.cdn.url(path)).json(&account).send().await.unwrap();
        Answer::read(sent).await
    };
    assert_eq!(send("/api/auth/register").await.status, 201);
    edge.shop.run(&["admin", "promote", "--email", email]).await.said();
    let signed_in = send("/api/auth/login").await.json();
    format!("Bearer {}", signed_in["data"]["token"].as_str().unwrap())
}

#[tokio::test]
async fn a_new_price_is_seen_everywhere_and_everything_else_is_kept() {
    let cloudfront = CloudFront::start().await;
    let variables = cloudfront.variables();
    let told = |shop| {
        variables.into_iter().fold(shop, |shop: crate::program::Shop, (name, value)| shop.with(name, value))
    };
    visit_a(told, async |edge| {
        let bearer = admin(edge).await;
        assert_eq!(cloudfront.was_told(1).await[0].paths, ["/api/*"], "the goods came in");
        let (page, product) = edge.product().await;
        let price_on = async |path: &str| {
            let answer = edge.get(path).await;
            let seen: Value = answer.json();
            let seen =
                if path == page { seen["data"]["variants"][0].clone() } else { seen["data"][0].clone() };
            let price = if path == page { &seen["price"] } else { &seen["priceFrom"] };
            (price.as_str().unwrap().to_owned(), answer.header("x-cache").to_owned())
        };
        let variant = edge.get(&page).await.json()["data"]["variants"][0].clone();
        let old = variant["price"].as_str().unwrap().to_owned();
        for path in [LIST, CATEGORIES] {
            edge.get(path).await;
        }
        assert_eq!(price_on(&page).await, (old.clone(), HIT.to_owned()));

        let path = format!(
            "/api/admin/products/{}/variants/{}",
            product["id"].as_str().unwrap(),
            variant["id"].as_str().unwrap()
        );
        let sent = Client::new().request(Method::PATCH, edge.cdn.url(&path)).header("authorization", &bearer);
        let changed =
            Answer::read(sent.json(&json!({"price": "12345.00", "compareAt": null})).send().await.unwrap())
                .await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(
            price_on(&page).await,
            (old, HIT.to_owned()),
            "without a purge it would be so for an hour"
        );
        let paths = cloudfront.was_told(2).await.remove(1).paths;
        edge.cdn.forget(&paths);

        assert_eq!(price_on(&page).await, ("12345.00".to_owned(), MISS.to_owned()));
        assert_eq!(price_on(&page).await.1, HIT);
        assert_eq!(edge.x_cache(LIST, &[]).await, MISS);
        assert_eq!(edge.x_cache(CATEGORIES, &[]).await, HIT, "nothing changed there: {paths:?}");
    })
    .await;
}
