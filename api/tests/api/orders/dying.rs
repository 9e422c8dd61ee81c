//! Servers that are killed in the middle of it.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use entity::order;
use futures_util::future::join_all;
use nix::sys::signal::Signal;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Books, KEY, ORDERS, body,
    processes::{shop, token},
    product,
};
use crate::support::TestApp;

/// How often the server is killed.
const DEATHS: usize = 20;
const BUYERS: usize = 8;

/// Buys, and says which order it was told of: none if nobody answered.
async fn buy(client: &reqwest::Client, address: &str, token: &str, key: &str, body: &Value) -> Option<Uuid> {
    let sent =
        client.post(format!("http://{address}{ORDERS}")).bearer_auth(token).header(KEY, key).json(body);
    let answer = sent.send().await.ok()?;
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.ok()?;
    if status == 409 {
        assert_eq!(body["code"], "REQUEST_RUNNING", "{body}");
        return None;
    }
    assert_eq!(status, 201, "{body}");
    Some(body["data"]["id"].as_str().unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_kept_and_nothing_is_lost_or_made() {
    let app = TestApp::start().await;
    let (lamp, chair) =
        (product(&app, "Lamp", 1_000, 30_000).await, product(&app, "Chair", 2_000, 30_000).await);
    let (ada, books, shop) = (app.customer().await, Books::open(&app).await, shop(&app));
    let client = reqwest::Client::new();
    let body = Arc::new(body(&[(lamp, 1), (chair, 2)]));
    let (mut known, mut bought_again) = (HashSet::new(), 0);
    let mut unanswered: Vec<String> = vec![];
    for _ in 0..DEATHS {
        let server = shop.serve().await;
        let begun = Instant::now();
        assert_eq!(server.get("/ready").await.status.as_u16(), 200);
        let ready = begun.elapsed();
        assert!(ready < Duration::from_secs(5), "it is ready at once, not after a repair: {ready:?}");
        let token = token(&client, &server.address, &ada.email).await;
        // Who heard nothing asks again, with the same key.
        for key in unanswered.drain(..) {
            let order = buy(&client, &server.address, &token, &key, &body).await.unwrap();
            assert!(known.insert(order), "nobody was told of it before");
            bought_again += 1;
        }
        let over = Arc::new(AtomicBool::new(false));
        let buyers = (0..BUYERS).map(|_| {
            let (client, address, token, body, over) =
                (client.clone(), server.address.clone(), token.clone(), body.clone(), over.clone());
            tokio::spawn(async move {
                let mut told = vec![];
                while !over.load(Ordering::SeqCst) {
                    let key = Uuid::now_v7().to_string();
                    match buy(&client, &address, &token, &key, &body).await {
                        Some(order) => told.push(order),
                        None => return (told, Some(key)),
                    }
                }
                (told, None)
            })
        });
        let buyers: Vec<_> = buyers.collect();
        tokio::time::sleep(Duration::from_millis(250)).await;
        server.stop(Signal::SIGKILL).await;
        over.store(true, Ordering::SeqCst);
        for buyer in join_all(buyers).await {
            let (told, key) = buyer.unwrap();
            known.extend(told);
            unanswered.extend(key);
        }
    }
    let server = shop.serve().await;
    let token = token(&client, &server.address, &ada.email).await;
    for key in unanswered {
        assert!(known.insert(buy(&client, &server.address, &token, &key, &body).await.unwrap()));
    }
    server.stop(Signal::SIGTERM).await;
    let orders = order::Entity::find().all(app.db.reader()).await.unwrap();
    let kept: HashSet<Uuid> = orders.iter().map(|order| order.id).collect();
    assert_eq!(kept, known, "every order that was acknowledged, each once, and no other");
    assert!(kept.len() > DEATHS && bought_again > 0, "{} orders, {bought_again} asked for again", kept.len());
    books.balance(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_key_before_and_after_a_death_is_one_order() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 1_000).await;
    let (ada, books, shop) = (app.customer().await, Books::open(&app).await, shop(&app));
    let client = reqwest::Client::new();
    let body = body(&[(lamp, 1)]);
    for round in 0..5_u64 {
        let key = format!("round-{round}");
        let server = shop.serve().await;
        let first = token(&client, &server.address, &ada.email).await;
        let sent: Vec<_> = (0..50)
            .map(|_| {
                let (client, address, token) = (client.clone(), server.address.clone(), first.clone());
                let (key, body) = (key.clone(), body.clone());
                tokio::spawn(async move { buy(&client, &address, &token, &key, &body).await })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(3 * round)).await;
        server.stop(Signal::SIGKILL).await;
        let mut told: HashSet<Uuid> = join_all(sent).await.into_iter().filter_map(Result::unwrap).collect();
        let server = shop.serve().await;
        let second = token(&client, &server.address, &ada.email).await;
        told.insert(buy(&client, &server.address, &second, &key, &body).await.unwrap());
        assert_eq!(told.len(), 1, "{key}");
        server.stop(Signal::SIGTERM).await;
        let many = order::Entity::find().count(app.db.reader()).await.unwrap();
        assert_eq!(many, round + 1);
    }
    books.balance(&app).await;
}
