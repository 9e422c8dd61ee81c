//! What orders become, by whose hand.

use entity::stock_movement::{self, StockReason};
use openapi::orders::{Actor, OrderDetail, OrderEventKind, OrderStatus, PaymentStatus, TransitionProblem};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::{Books, ORDERS, cancel, detail, order, pay, placed, product, step, stock};
use crate::support::{Person, TestApp};

/// Takes a new order to a status, through those before it.
async fn order_at(
    app: &TestApp,
    who: &Person,
    admin: &Person,
    lamp: uuid::Uuid,
    status: OrderStatus,
) -> OrderDetail {
    let order = placed(&order(app, who, &[(lamp, 1)]).await);
    let path: &[&str] = match status {
        OrderStatus::Pending => &[],
        OrderStatus::Confirmed => &["CONFIRMED"],
        OrderStatus::Processing => &["CONFIRMED", "PROCESSING"],
        OrderStatus::Shipped => &["CONFIRMED", "PROCESSING", "SHIPPED"],
        OrderStatus::Delivered => &["CONFIRMED", "PROCESSING", "SHIPPED", "DELIVERED"],
        OrderStatus::Cancelled => &["CANCELLED"],
        OrderStatus::Refunded => &["CONFIRMED", "REFUNDED"],
    };
    let mut now = order;
    for next in path {
        now = detail(&step(app, admin, now.order.id, next).await);
    }
    assert_eq!(now.order.status, status);
    now
}

#[tokio::test]
async fn from_every_status_to_every_other() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 1_000).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    for from in OrderStatus::ALL {
        for to in OrderStatus::ALL {
            let id = order_at(&app, &ada, &admin, lamp, from).await.order.id;
            let answer = step(&app, &admin, id, to.as_str()).await;
            if from.can_become(to, Actor::Admin) {
                assert_eq!(detail(&answer).order.status, to, "{from} to {to}");
            } else {
                answer.problem(409, "ILLEGAL_TRANSITION");
                let problem: TransitionProblem = serde_json::from_slice(&answer.body).unwrap();
                assert_eq!(
                    problem.allowed.unwrap(),
                    from.next(Actor::Admin).collect::<Vec<_>>(),
                    "{from} to {to}"
                );
            }
        }
        let id = order_at(&app, &ada, &admin, lamp, from).await.order.id;
        let answer = cancel(&app, &ada, id).await;
        if from.can_become(OrderStatus::Cancelled, Actor::Customer) {
            assert_eq!(detail(&answer).order.status, OrderStatus::Cancelled);
        } else {
            let problem = answer.problem(409, "ILLEGAL_TRANSITION");
            assert!(problem.detail.contains(from.as_str()), "{}", problem.detail);
        }
    }
    books.balance(&app).await;
}

#[tokio::test]
async fn an_order_tells_its_story() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let order = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    detail(&step(&app, &admin, order.id, "PROCESSING").await);
    let path = format!("/api/admin/orders/{}/status", order.id);
    let shipped = json!({"status": "SHIPPED", "notes": "Two parcels", "trackingNumber": " 1Z999 "});
    detail(&app.by(&admin, Method::PATCH, &path, Some(shipped)).await);
    detail(&step(&app, &admin, order.id, "DELIVERED").await);

    let theirs = detail(&app.by(&ada, Method::GET, &format!("{ORDERS}/{}", order.id), None).await);
    let story: Vec<_> =
        theirs.timeline.iter().map(|event| (event.kind, event.from, event.to, event.by)).collect();
    let by_admin = |from, to| (OrderEventKind::StatusChanged, Some(from), Some(to), Actor::Admin);
    assert_eq!(
        story,
        [
            (OrderEventKind::Placed, None, Some(OrderStatus::Pending), Actor::Customer),
            (OrderEventKind::Payment, None, None, Actor::Admin),
            by_admin(OrderStatus::Pending, OrderStatus::Confirmed),
            by_admin(OrderStatus::Confirmed, OrderStatus::Processing),
            by_admin(OrderStatus::Processing, OrderStatus::Shipped),
            by_admin(OrderStatus::Shipped, OrderStatus::Delivered),
        ]
    );
    assert_eq!(theirs.timeline[4].note.as_deref(), Some("Two parcels"));
    assert_eq!(theirs.order.tracking_number.as_deref(), Some("1Z999"));
    assert!(
        theirs.order.paid_at.is_some()
            && theirs.order.shipped_at.is_some()
            && theirs.order.delivered_at.is_some()
    );
    assert_eq!(theirs.can_become, []);
    // Who of the shop it was is the shop's business.
    assert_eq!(theirs.timeline[1].actor_id, None);
    let read = detail(&app.by(&admin, Method::GET, &format!("/api/admin/orders/{}", order.id), None).await);
    assert_eq!((read.timeline[1].actor_id, read.can_become), (Some(admin.id), vec![OrderStatus::Refunded]));
    let changes = app.audited("order.status-changed", 3).await;
    assert_eq!(changes[1].before, Some(json!({"status": "PROCESSING", "trackingNumber": null})));
    assert_eq!(changes[1].after, Some(json!({"status": "SHIPPED", "trackingNumber": "1Z999"})));
    assert_eq!(changes[1].actor_id, Some(admin.id));
}

#[tokio::test]
async fn what_is_called_off_is_in_stock_again_and_paid_back() {
    let app = TestApp::start().await;
    let (lamp, chair) = (product(&app, "Lamp", 1_000, 10).await, product(&app, "Chair", 500, 10).await);
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let order = placed(&order(&app, &ada, &[(lamp, 2), (chair, 3)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    let called_off = detail(&cancel(&app, &ada, order.id).await);
    assert_eq!((stock(&app, lamp).await, stock(&app, chair).await), (10, 10));
    let now = &called_off.order;
    assert_eq!((now.status, now.payment_status), (OrderStatus::Cancelled, PaymentStatus::Refunded));
    assert_eq!(now.refunded_amount, now.total_amount);
    assert!(now.cancelled_at.is_some());
    assert_eq!(called_off.refunds.len(), 1);
    let back = stock_movement::Entity::find()
        .filter(stock_movement::Column::Reason.eq(StockReason::Cancel))
        .all(app.db.reader())
        .await
        .unwrap();
    assert_eq!(back.iter().map(|line| line.delta).sum::<i32>(), 5);
    let problem = cancel(&app, &ada, order.id).await.problem(409, "ILLEGAL_TRANSITION");
    assert!(problem.detail.contains("stays as it is"), "{}", problem.detail);
    books.balance(&app).await;
}

#[tokio::test]
async fn administrators_change_only_what_they_have_seen() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let order = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    let path = format!("/api/admin/orders/{}", order.id);
    let tag = app.by(&admin, Method::GET, &path, None).await.header("etag").to_owned();
    let bearer = admin.bearer();
    let headers = [("authorization", bearer.as_str()), ("if-match", tag.as_str())];
    let first = json!({"trackingNumber": "1", "shippingAddress": super::address()});
    let answer = app.request(Method::PATCH, &path, &headers, Some(first)).await;
    assert_eq!(detail(&answer).order.tracking_number.as_deref(), Some("1"));
    assert_ne!(answer.header("etag"), tag);
    let late = app.request(Method::PATCH, &path, &headers, Some(json!({"trackingNumber": null}))).await;
    late.problem(412, "PRECONDITION_FAILED");
    let status = json!({"status": "CONFIRMED"});
    app.request(Method::PATCH, &format!("{path}/status"), &headers, Some(status))
        .await
        .problem(412, "PRECONDITION_FAILED");
    let cleared = app.by(&admin, Method::PATCH, &path, Some(json!({"trackingNumber": null}))).await;
    assert_eq!(detail(&cleared).order.tracking_number, None);

    for status in ["CONFIRMED", "PROCESSING", "SHIPPED"] {
        detail(&step(&app, &admin, order.id, status).await);
    }
    let elsewhere = json!({"shippingAddress": super::address()});
    app.by(&admin, Method::PATCH, &path, Some(elsewhere)).await.problem(409, "CONFLICT");
    for wrong in
        [json!({"paymentStatus": "REFUNDED"}), json!({"trackingNumber": ""}), json!({"status": "SHIPPED"})]
    {
        app.by(&admin, Method::PATCH, &path, Some(wrong)).await.problem(422, "VALIDATION_ERROR");
    }
    let audited = app.audited("order.changed", 2).await;
    assert!(!format!("{audited:?}").contains("Appia"), "addresses are nobody's business");
}
