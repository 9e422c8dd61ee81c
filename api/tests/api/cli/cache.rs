//! `bottega cache`: looking at a running server's cache, and emptying every server's.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::program::{Serving, Shop, free_port};
use crate::support::{connect, within};

const SECOND: Duration = Duration::from_secs(1);
const LIST: &str = "/api/catalog/products";

async fn is_kept(server: &Serving, path: &str) -> bool {
    let answer = server.get(path).await;
    match answer.header("cache-status") {
        "bottega; hit; detail=memory" => true,
        "bottega; fwd=miss" => false,
        other => panic!("{other}"),
    }
}

/// The words of the line that begins with this one.
fn line(text: &str, word: &str) -> Vec<String> {
    let found = text.lines().find(|line| line.starts_with(word));
    found.unwrap_or_else(|| panic!("{text}")).split_whitespace().map(str::to_owned).collect()
}

#[tokio::test]
async fn the_statistics_are_those_of_the_server_that_runs() {
    let shop = Shop::new().with("PORT", free_port().to_string());
    assert!(shop.run(&["cache", "stats"]).await.refusal().contains("No server answers at http://127.0.0.1:"));
    let server = shop.serve().await;
    for _ in 0..4 {
        server.get(LIST).await;
    }
    let told = shop.run(&["cache", "stats"]).await;
    let products = line(told.said(), "products");
    assert_eq!(products[1..], ["75.000", "%", "3", "0", "0", "0", "1", "0"], "{}", told.stdout);
    assert_eq!(line(&told.stdout, "me ")[1], "-", "never asked for");
    assert_eq!(line(&told.stdout, "redis:")[1], "none");
}

#[tokio::test]
async fn the_statistics_are_found_where_metrics_have_a_port_of_their_own() {
    let shop = Shop::new().with("METRICS_PORT", free_port().to_string());
    let _server = shop.serve().await;
    line(shop.run(&["cache", "stats"]).await.said(), "memory:");
}

#[tokio::test]
async fn every_server_forgets_what_it_is_told_to() {
    let shop = Shop::new();
    let server = shop.serve().await;
    let categories = "/api/catalog/categories";
    for path in [LIST, categories] {
        server.get(path).await;
        assert!(is_kept(&server, path).await);
    }
    shop.run(&["cache", "clear", "--tag", "catalog"]).await.said();
    within(SECOND, "the list is forgotten", async || (!is_kept(&server, LIST).await).then_some(())).await;
    assert!(is_kept(&server, categories).await, "and nothing else");

    shop.run(&["cache", "clear"]).await.said();
    within(SECOND, "everything is forgotten", async || (!is_kept(&server, categories).await).then_some(()))
        .await;
    assert!(!is_kept(&server, LIST).await);
    for typo in ["two words", "catalogue", "product:lamp", ""] {
        let refused = shop.run(&["cache", "clear", "--tag", typo]).await;
        assert!(refused.refusal().contains("is no tag"), "{refused:?}");
    }
}

/// Somebody who is signed in, and the administrator the database makes of them while nobody looks.
#[tokio::test]
async fn what_is_known_of_all_accounts_is_forgotten_together() {
    for group in ["users", "all"] {
        let shop = Shop::new();
        let server = shop.serve().await;
        let url = |path: &str| format!("http://{}{path}", server.address);
        let http = reqwest::Client::new();
        let john = json!({"email": "john@example.com", "password": "password123"});
        let signed_in: Value =
            http.post(url("/api/auth/login")).json(&john).send().await.unwrap().json().await.unwrap();
        let token = signed_in["data"]["token"].as_str().unwrap();
        let get = async |path: &str| http.get(url(path)).bearer_auth(token).send().await.unwrap();
        let name = async || -> Value {
            get("/api/auth/me").await.json::<Value>().await.unwrap()["data"]["firstName"].clone()
        };
        assert_eq!(name().await, "John");
        let past_the_server = connect(&format!("sqlite:{}", shop.path("data/bottega.db").display())).await;
        let promote = "UPDATE users SET first_name = 'Jack', role = 'ADMIN' WHERE first_name = 'John'";
        past_the_server.execute_unprepared(promote).await.unwrap();
        past_the_server.close().await.unwrap();

        shop.run(&["cache", "clear", "--tag", "search"]).await.said();
        tokio::time::sleep(SECOND).await;
        assert_eq!(name().await, "John", "that is not about accounts");
        assert_eq!(get("/api/admin/customers").await.status().as_u16(), 403);

        shop.run(&["cache", "clear", "--tag", group]).await.said();
        within(SECOND, group, async || (name().await == "Jack").then_some(())).await;
        assert_eq!(get("/api/admin/customers").await.status().as_u16(), 200, "{group}");
    }
}

#[tokio::test]
async fn searches_are_forgotten_apart_from_lists() {
    let shop = Shop::new();
    let server = shop.serve().await;
    let searches = ["/api/search?q=mug", "/api/search/suggest?q=mu", "/api/search/popular"];
    for path in searches.into_iter().chain([LIST]) {
        server.get(path).await;
        assert!(is_kept(&server, path).await, "{path}");
    }
    shop.run(&["cache", "clear", "--tag", "search"]).await.said();
    for path in searches {
        within(SECOND, path, async || (!is_kept(&server, path).await).then_some(())).await;
    }
    assert!(is_kept(&server, LIST).await);
}

#[tokio::test]
async fn what_is_seeded_is_seen_by_a_server_that_runs() {
    let shop = Shop::new();
    let server = shop.serve().await;
    let before = server.products().await;
    shop.run(&["seed", "--products", "100"]).await.said();
    within(SECOND, "the new products", async || (server.products().await > before).then_some(())).await;
}
