//! Many at once.

use std::collections::HashMap;

use entity::order;
use futures_util::{StreamExt, future::join_all, stream};
use nix::sys::signal::Signal;
use reqwest::Method;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    Books, KEY, ORDERS, body, cancel, order, pay, placed,
    processes::{shop, token},
    product, refund, stock,
};
use crate::{
    cli::program::Serving,
    support::{Answer, Person, TestApp},
};

fn statuses(answers: &[Answer]) -> HashMap<u16, usize> {
    answers.iter().fold(HashMap::new(), |mut counts, answer| {
        *counts.entry(answer.status.as_u16()).or_default() += 1;
        counts
    })
}

async fn crowd(app: &TestApp, many: usize) -> Vec<Person> {
    join_all((0..many).map(|_| app.customer())).await
}

/// Two servers that are processes of their own, and people who are signed in to both.
struct Market {
    client: reqwest::Client,
    servers: [Serving; 2],
    tokens: Vec<String>,
}

impl Market {
    async fn open(app: &TestApp, people: usize) -> Self {
        let client = reqwest::Client::new();
        let servers = [shop(app).serve().await, shop(app).serve().await];
        let mut tokens = vec![];
        for person in crowd(app, people).await {
            tokens.push(token(&client, &servers[0].address, &person.email).await);
        }
        Self { client, servers, tokens }
    }

    /// So many orders from 64 connections, half of them on each server.
    async fn sell(&self, many: usize, items: impl Fn(usize) -> Vec<(Uuid, u32)>) -> Vec<Answer> {
        let orders = (0..many).map(|number| {
            let url = format!("http://{}{ORDERS}", self.servers[number % 2].address);
            let token = &self.tokens[number / 2 % self.tokens.len()];
            let sent = self.client.post(url).bearer_auth(token).header(KEY, Uuid::now_v7().to_string());
            let sent = sent.json(&body(&items(number))).send();
            async move { Answer::read(sent.await.unwrap()).await }
        });
        stream::iter(orders).buffer_unordered(64).collect().await
    }

    async fn close(self) {
        for server in self.servers {
            server.stop(Signal::SIGTERM).await;
        }
    }
}

#[tokio::test]
async fn a_hundred_pieces_are_sold_to_a_hundred_of_a_thousand() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 100).await;
    let (market, books) = (Market::open(&app, 16).await, Books::open(&app).await);
    let answers = market.sell(1_000, |_| vec![(lamp, 1)]).await;
    assert_eq!(statuses(&answers), HashMap::from([(201, 100), (409, 900)]));
    for refused in answers.iter().filter(|answer| answer.status.as_u16() == 409) {
        refused.problem(409, "OUT_OF_STOCK");
    }
    assert_eq!(stock(&app, lamp).await, 0);
    assert_eq!(order::Entity::find().count(app.db.reader()).await.unwrap(), 100);
    books.balance(&app).await;
    market.close().await;
}

#[tokio::test]
async fn two_who_buy_the_same_in_another_order_do_not_wait_for_ever() {
    let app = TestApp::start().await;
    let (lamp, chair) = (product(&app, "Lamp", 1_000, 150).await, product(&app, "Chair", 2_000, 150).await);
    let (market, books) = (Market::open(&app, 16).await, Books::open(&app).await);
    let both = |number: usize| if number % 4 < 2 { [(lamp, 1), (chair, 1)] } else { [(chair, 1), (lamp, 1)] };
    let answers = market.sell(400, |number| both(number).to_vec()).await;
    assert_eq!(statuses(&answers), HashMap::from([(201, 150), (409, 250)]));
    assert_eq!((stock(&app, lamp).await, stock(&app, chair).await), (0, 0));
    books.balance(&app).await;
    market.close().await;
}

#[tokio::test]
async fn carts_with_the_same_in_another_order_do_not_wait_for_ever() {
    let app = TestApp::start().await;
    let other = app.another().start().await;
    let (lamp, chair) = (product(&app, "Lamp", 1_000, 100).await, product(&app, "Chair", 2_000, 100).await);
    let (people, books) = (crowd(&app, 16).await, Books::open(&app).await);
    let shoppers = people.iter().enumerate().map(|(number, person)| {
        let server = if number % 2 == 0 { &app } else { &other };
        let both = if number % 4 < 2 { [lamp, chair] } else { [chair, lamp] };
        async move {
            let mut bought = 0;
            for round in 0..10 {
                for thing in both {
                    let item = json!({"productId": thing, "quantity": 1});
                    let added = server.by(person, Method::POST, "/api/cart/items", Some(item)).await;
                    assert!([200, 409].contains(&added.status.as_u16()), "{}", added.text());
                }
                let body = json!({"shippingAddress": super::address()});
                let answer = super::keyed(server, person, ORDERS, &format!("round-{round}"), body).await;
                match answer.status.as_u16() {
                    201 => bought += placed(&answer).order.items[0].quantity,
                    // Sold out, and then nothing can be put in any more.
                    _ => assert_eq!(answer.status.as_u16(), 409, "{}", answer.text()),
                }
            }
            bought
        }
    });
    let bought: u32 = join_all(shoppers).await.into_iter().sum();
    assert_eq!((bought, stock(&app, lamp).await, stock(&app, chair).await), (100, 0, 0));
    books.balance(&app).await;
}

#[tokio::test]
async fn what_is_called_off_fifty_times_is_back_once() {
    let app = TestApp::start().await;
    let other = app.another().start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let id = placed(&order(&app, &ada, &[(lamp, 4)]).await).order.id;
    pay(&app, &admin, id).await.ok::<serde_json::Value>();
    let answers = join_all((0..50).map(|number| async move { number }).map(|number| {
        let (app, other, ada, admin) = (&app, &other, &ada, &admin);
        async move {
            let number = number.await;
            let server = if number % 2 == 0 { app } else { other };
            if number % 5 == 0 {
                super::step(server, admin, id, "CANCELLED").await
            } else {
                cancel(server, ada, id).await
            }
        }
    }))
    .await;
    assert_eq!(statuses(&answers), HashMap::from([(200, 1), (409, 49)]));
    assert_eq!(stock(&app, lamp).await, 10);
    books.balance(&app).await;
}

#[tokio::test]
async fn nobody_is_given_back_more_than_they_paid() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let order = placed(&order(&app, &ada, &[(lamp, 5)]).await);
    let (id, item) = (order.order.id, order.order.items[0].id);
    pay(&app, &admin, id).await.ok::<serde_json::Value>();
    let body = json!({"items": [{"itemId": item, "quantity": 1}], "restock": true});
    let answers = join_all((0..20).map(|_| refund(&app, &admin, id, body.clone()))).await;
    assert_eq!(statuses(&answers), HashMap::from([(201, 5), (409, 15)]));
    assert_eq!(stock(&app, lamp).await, 10);
    books.balance(&app).await;
}

#[tokio::test]
async fn a_cart_is_ordered_once_whoever_is_faster() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 100).await;
    let (ada, books) = (app.customer().await, Books::open(&app).await);
    let item = json!({"productId": lamp, "quantity": 3});
    app.by(&ada, Method::POST, "/api/cart/items", Some(item)).await.ok::<serde_json::Value>();
    let body = json!({"shippingAddress": super::address()});
    let answers = join_all((0..20).map(|number| {
        let (app, ada, body) = (&app, &ada, body.clone());
        async move { super::keyed(app, ada, super::ORDERS, &format!("click-{number}"), body).await }
    }))
    .await;
    assert_eq!(statuses(&answers), HashMap::from([(201, 1), (409, 19)]));
    assert_eq!(stock(&app, lamp).await, 97);
    books.balance(&app).await;
}

#[tokio::test]
async fn buying_adjusting_and_calling_off_do_not_wait_for_each_other_for_ever() {
    let app = TestApp::start().await;
    let (lamp, chair) = (product(&app, "Lamp", 1_000, 30).await, product(&app, "Chair", 2_000, 30).await);
    let (people, admin) = (crowd(&app, 8).await, app.admin().await);
    let books = Books::open(&app).await;
    let work = (0..240_usize).map(|number| {
        let (app, admin, who) = (&app, &admin, &people[number % people.len()]);
        async move {
            match number % 4 {
                0 => {
                    let path =
                        format!("/api/admin/products/{}/stock", if number % 8 == 0 { lamp } else { chair });
                    let body = json!({"delta": if number % 16 < 8 { 2 } else { -1 }, "note": "Counted"});
                    app.by(admin, Method::POST, &path, Some(body)).await
                }
                1 => {
                    let path = format!("/api/admin/products/{}", if number % 8 == 1 { lamp } else { chair });
                    app.by(admin, Method::PATCH, &path, Some(json!({"name": format!("Thing {number}")})))
                        .await
                }
                _ => {
                    let items =
                        if number % 8 < 4 { [(lamp, 1), (chair, 1)] } else { [(chair, 2), (lamp, 1)] };
                    let answer = order(app, who, &items).await;
                    if answer.status.as_u16() == 201 && number % 3 == 0 {
                        return cancel(app, who, placed(&answer).order.id).await;
                    }
                    answer
                }
            }
        }
    });
    let answers: Vec<Answer> = stream::iter(work).buffer_unordered(32).collect().await;
    let counts = statuses(&answers);
    assert!(counts.keys().all(|status| [200, 201, 409].contains(status)), "{counts:?}");
    books.balance(&app).await;
}
