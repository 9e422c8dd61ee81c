//! Lists of orders.

use openapi::{Page, orders::Order};
use reqwest::Method;

use super::{ORDERS, cancel, detail, order, pay, placed, product};
use crate::support::{Person, TestApp, sql};

async fn list(app: &TestApp, who: &Person, path: &str) -> Page<Order> {
    app.by(who, Method::GET, path, None).await.ok()
}

fn numbers(page: &Page<Order>) -> Vec<&str> {
    page.data.iter().map(|order| order.order_number.as_str()).collect()
}

#[tokio::test]
async fn ones_own_orders_and_nobody_elses() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 100).await;
    let (ada, bob) = (app.customer().await, app.customer().await);
    let mut own = vec![];
    for _ in 0..5 {
        own.push(placed(&order(&app, &ada, &[(lamp, 1)]).await).order);
        placed(&order(&app, &bob, &[(lamp, 1)]).await);
    }
    own.reverse();
    let all = list(&app, &ada, ORDERS).await;
    assert_eq!(all.data, own, "the newest first");
    let first = list(&app, &ada, &format!("{ORDERS}?page=2&limit=2")).await;
    assert_eq!(first.data, own[2..4]);
    let meta = serde_json::to_value(&first.meta).unwrap();
    assert_eq!((&meta["total"], &meta["totalPages"]), (&5.into(), &3.into()));
    let mut seen = vec![];
    let mut cursor = String::new();
    loop {
        let page = list(&app, &ada, &format!("{ORDERS}?limit=2&cursor={cursor}")).await;
        seen.extend(page.data.clone());
        match serde_json::to_value(&page.meta).unwrap()["nextCursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, own);
    detail(&cancel(&app, &ada, own[3].id).await);
    let off = list(&app, &ada, &format!("{ORDERS}?status=CANCELLED")).await;
    assert_eq!(numbers(&off), [own[3].order_number.as_str()]);
    for wrong in ["?limit=101", "?status=LOST", "?page=1&cursor=", "?cursor=x", "?q=1"] {
        app.by(&ada, Method::GET, &format!("{ORDERS}{wrong}"), None).await.problem(400, "INVALID_PARAMETER");
    }
}

#[tokio::test]
async fn administrators_find_orders() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 100).await;
    let (ada, bob, admin) = (app.customer().await, app.customer().await, app.admin().await);
    let first = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    let second = placed(&order(&app, &bob, &[(lamp, 1)]).await).order;
    detail(&pay(&app, &admin, second.id).await);
    let of = |page: Page<Order>| page.data.into_iter().map(|order| order.id).collect::<Vec<_>>();
    let ask = async |query: &str| of(list(&app, &admin, &format!("/api/admin/orders{query}")).await);
    assert_eq!(ask("").await, [second.id, first.id]);
    assert_eq!(ask("?sort=createdAt").await, [first.id, second.id]);
    assert_eq!(ask("?status=CONFIRMED").await, [second.id]);
    assert_eq!(ask("?paymentStatus=UNPAID").await, [first.id]);
    assert_eq!(ask(&format!("?userId={}", ada.id)).await, [first.id]);
    assert_eq!(ask(&format!("?q={}", first.order_number.to_lowercase())).await, [first.id]);
    let counted = first.order_number.rsplit('-').next().unwrap().trim_start_matches('0');
    assert_eq!(ask(&format!("?q={counted}")).await, [first.id]);
    assert_eq!(ask(&format!("?q={}", bob.email.to_uppercase())).await, [second.id]);
    let beginning = ada.email.split('@').next().unwrap();
    assert_eq!(ask(&format!("?q={beginning}@")).await, [first.id]);
    assert!(ask("?q=nobody").await.is_empty());
    assert!(ask("?q=%25").await.is_empty());
    assert_eq!(ask(&format!("?status=PENDING&q={beginning}@&sort=createdAt&cursor=")).await, [first.id]);
    app.by(&ada, Method::GET, "/api/admin/orders", None).await.problem(403, "FORBIDDEN");
}

#[tokio::test]
async fn lists_cost_the_same_however_long_they_are() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 100).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    for _ in 0..3 {
        placed(&order(&app, &ada, &[(lamp, 1)]).await);
    }
    // Who asks for the first time is looked up.
    list(&app, &admin, "/api/admin/orders").await;
    for limit in [1, 3] {
        let by_page = app.by(&ada, Method::GET, &format!("{ORDERS}?limit={limit}"), None).await;
        assert_eq!(by_page.statements(), 3);
        let by_cursor =
            app.by(&admin, Method::GET, &format!("/api/admin/orders?limit={limit}&cursor="), None).await;
        assert_eq!(by_cursor.statements(), 2);
    }
    let own = app.by(&ada, Method::GET, &format!("{ORDERS}?cursor="), None).await;
    let plan = sql::plan(&app, &sql::of(&own)[0]).await;
    assert!(plan.contains("ix_orders_user_id_created_at") && !plan.to_lowercase().contains("sort"), "{plan}");
    for (query, index) in [
        ("?cursor=", "ix_orders_created_at"),
        ("?status=PENDING&cursor=", "ix_orders_status_created_at"),
        ("?paymentStatus=UNPAID&cursor=", "ix_orders_payment_status_created_at"),
    ] {
        let answer = app.by(&admin, Method::GET, &format!("/api/admin/orders{query}"), None).await;
        let plan = sql::plan(&app, &sql::of(&answer)[0]).await;
        assert!(plan.contains(index), "{query}: {plan}");
    }
}
