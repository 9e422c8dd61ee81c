//! Orders that nobody pays.

use std::time::Duration;

use openapi::orders::{Actor, OrderStatus, PaymentStatus};
use reqwest::Method;

use super::{Books, ORDERS, detail, order, pay, placed, product, step, stock};
use crate::support::{PATIENCE, TestApp, sql, within};

#[tokio::test]
async fn what_is_not_paid_in_time_is_called_off_by_one_server() {
    let mut app = TestApp::builder().with("UNPAID_ORDERS_KEPT_HOURS", "48").start().await;
    let lamp = product(&app, "Lamp", 1_000, 200).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let mut unpaid = vec![];
    for _ in 0..110 {
        unpaid.push(placed(&order(&app, &ada, &[(lamp, 1)]).await).order);
    }
    assert_eq!(unpaid[0].expires_at, Some(unpaid[0].created_at + chrono::TimeDelta::hours(48)));
    let (paid, confirmed) = (unpaid.pop().unwrap(), unpaid.pop().unwrap());
    detail(&pay(&app, &admin, paid.id).await);
    assert_eq!(detail(&step(&app, &admin, confirmed.id, "CONFIRMED").await).order.expires_at, None);
    app.clock.advance(Duration::from_hours(47));
    let ada = app.sign_in(&ada.email).await;
    let young = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    app.clock.advance(Duration::from_hours(2));
    app.stop().await;

    let (one, two) = (app.another().start().await, app.another().start().await);
    let is_back = async || (stock(&one, lamp).await == 197).then_some(());
    within(PATIENCE, "what was not paid is in stock again", is_back).await;
    let ada = two.sign_in(&ada.email).await;
    let read = async |id| detail(&two.by(&ada, Method::GET, &format!("{ORDERS}/{id}"), None).await);
    let over = read(unpaid[0].id).await;
    assert_eq!(
        (over.order.status, over.order.payment_status),
        (OrderStatus::Cancelled, PaymentStatus::Expired)
    );
    assert_eq!((over.timeline.len(), over.timeline[1].by), (2, Actor::System));
    for kept in [paid.id, confirmed.id, young.id] {
        assert_ne!(read(kept).await.order.status, OrderStatus::Cancelled);
    }
    books.balance(&one).await;
}

#[tokio::test]
async fn those_that_are_overdue_are_found_by_an_index() {
    let app = TestApp::start().await;
    let plan = sql::plan(
        &app,
        "SELECT id FROM orders WHERE status = 'PENDING' AND expires_at < '2026-01-01' AND payment_status IN ('UNPAID', 'FAILED') ORDER BY expires_at LIMIT 100",
    )
    .await;
    assert!(plan.contains("ix_orders_expires_at"), "{plan}");
    let plan = sql::plan(
        &app,
        "SELECT id FROM refunds WHERE status = 'PENDING' AND created_at < '2026-01-01' ORDER BY created_at LIMIT 100",
    )
    .await;
    assert!(plan.contains("ix_refunds_pending"), "{plan}");
}
