//! `bottega cache`: looking at a running server's cache, and emptying every server's.

use std::time::Duration;

use super::program::{Serving, Shop, free_port};
use crate::support::within;

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
    let refused = shop.run(&["cache", "clear", "--tag", "two words"]).await;
    assert!(refused.refusal().contains("tags are words"), "{refused:?}");
}

#[tokio::test]
async fn what_is_seeded_is_seen_by_a_server_that_runs() {
    let shop = Shop::new();
    let server = shop.serve().await;
    let before = server.products().await;
    shop.run(&["seed", "--products", "100"]).await.said();
    within(SECOND, "the new products", async || (server.products().await > before).then_some(())).await;
}
