//! Refunds.

use entity::stock_movement::{self, StockReason};
use openapi::{
    Data,
    orders::{OrderStatus, PaymentStatus, Refund, RefundState},
};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{Books, detail, keyed, order, pay, placed, product, refund, step, stock};
use crate::support::{Answer, TestApp};

#[track_caller]
fn given(answer: &Answer) -> Refund {
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
    serde_json::from_slice::<Data<Refund>>(&answer.body).unwrap().data
}

#[tokio::test]
async fn pieces_are_given_back_one_by_one_to_the_cent() {
    let app = TestApp::start().await;
    // Three of these and their tax are no multiple of three cents.
    let lamp = product(&app, "Lamp", 1_001, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let order = placed(&order(&app, &ada, &[(lamp, 3)]).await).order;
    refund(&app, &admin, order.id, json!({})).await.problem(409, "CONFLICT");
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    let one = |restock: bool| json!({"items": [{"itemId": order.items[0].id, "quantity": 1}], "restock": restock, "reason": "Arrived broken"});
    let mut amounts = vec![];
    for restock in [true, false, true] {
        let refund = given(&refund(&app, &admin, order.id, one(restock)).await);
        assert_eq!((refund.status, refund.restock), (RefundState::Succeeded, restock));
        amounts.push(refund.amount.to_string());
    }
    // 30.03 and 3.00 of tax.
    assert_eq!(amounts, ["11.01", "11.01", "11.01"]);
    let too_many = refund(&app, &admin, order.id, one(true)).await.problem(409, "CONFLICT");
    assert_eq!(too_many.errors[0].pointer.as_deref(), Some("/items/0/quantity"));
    assert_eq!(stock(&app, lamp).await, 9);

    let path = format!("/api/admin/orders/{}", order.id);
    let now = detail(&app.by(&admin, Method::GET, &path, None).await);
    assert_eq!(
        (now.order.status, now.order.payment_status),
        (OrderStatus::Confirmed, PaymentStatus::PartiallyRefunded)
    );
    assert_eq!((now.refunds.len(), now.refunds[0].items[0].quantity), (3, 1));
    // What is left is the shipping.
    let rest = given(&refund(&app, &admin, order.id, json!({})).await);
    assert_eq!(rest.amount, order.shipping_amount);
    let all = detail(&app.by(&admin, Method::GET, &path, None).await).order;
    assert_eq!((all.status, all.payment_status), (OrderStatus::Refunded, PaymentStatus::Refunded));
    assert_eq!(all.refunded_amount, order.total_amount);
    refund(&app, &admin, order.id, json!({})).await.problem(409, "CONFLICT");
    books.balance(&app).await;
    let back = stock_movement::Entity::find()
        .filter(stock_movement::Column::Reason.eq(StockReason::Refund))
        .all(app.db.reader())
        .await
        .unwrap();
    assert!(back.len() == 2 && back.iter().all(|line| line.actor_id == Some(admin.id)));
    let audited = app.audited("order.refund-asked", 4).await;
    assert_eq!(audited[0].actor_id, Some(admin.id));
    let before =
        json!({"status": "CONFIRMED", "paymentStatus": "PARTIALLY_REFUNDED", "refundedAmount": "11.01"});
    assert_eq!(audited[1].before, Some(before));
}

#[tokio::test]
async fn everything_is_given_back_at_once() {
    let app = TestApp::start().await;
    let (lamp, chair) = (product(&app, "Lamp", 3_000, 10).await, product(&app, "Chair", 2_500, 10).await);
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let order = placed(&order(&app, &ada, &[(lamp, 1), (chair, 2)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    for status in ["PROCESSING", "SHIPPED", "DELIVERED"] {
        detail(&step(&app, &admin, order.id, status).await);
    }
    let refund = given(&refund(&app, &admin, order.id, json!({"restock": true})).await);
    assert_eq!((refund.amount, refund.items.len()), (order.total_amount, 2));
    assert_eq!((stock(&app, lamp).await, stock(&app, chair).await), (10, 10));
    books.balance(&app).await;
}

#[tokio::test]
async fn refunded_by_its_status_nothing_comes_back_into_stock() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 3_000, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let order = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    let now = detail(&step(&app, &admin, order.id, "REFUNDED").await);
    assert_eq!(
        (now.order.status, now.order.payment_status),
        (OrderStatus::Refunded, PaymentStatus::Refunded)
    );
    assert_eq!((now.order.refunded_amount, stock(&app, lamp).await), (order.total_amount, 9));
    books.balance(&app).await;
}

#[tokio::test]
async fn the_same_refund_sent_again_is_given_once() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 3_000, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let order = placed(&order(&app, &ada, &[(lamp, 4)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    let path = format!("/api/admin/orders/{}/refunds", order.id);
    let body = json!({"items": [{"itemId": order.items[0].id, "quantity": 1}]});
    let answers =
        futures_util::future::join_all((0..20).map(|_| keyed(&app, &admin, &path, "again", body.clone())))
            .await;
    let told: std::collections::BTreeSet<Uuid> = answers
        .iter()
        .filter(|answer| answer.status.as_u16() == 201)
        .map(|answer| given(answer).id)
        .collect();
    assert_eq!(told.len(), 1);
    assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status.as_u16())));
    let another = json!({"items": [{"itemId": order.items[0].id, "quantity": 2}]});
    keyed(&app, &admin, &path, "again", another).await.problem(422, "IDEMPOTENCY_KEY_REUSED");
    app.by(&admin, Method::POST, &path, Some(json!({}))).await.problem(400, "INVALID_PARAMETER");
    books.balance(&app).await;
}

#[tokio::test]
async fn only_what_was_bought_is_given_back() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 3_000, 10).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let order = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    let item = |id: Uuid, quantity: u32| json!({"items": [{"itemId": id, "quantity": quantity}]});
    let unknown =
        refund(&app, &admin, order.id, item(Uuid::now_v7(), 1)).await.problem(422, "VALIDATION_ERROR");
    assert_eq!(unknown.errors[0].pointer.as_deref(), Some("/items/0/itemId"));
    refund(&app, &admin, order.id, item(order.items[0].id, 2)).await.problem(409, "CONFLICT");
    let twice = json!({"items": [
        {"itemId": order.items[0].id, "quantity": 1}, {"itemId": order.items[0].id, "quantity": 1}]});
    refund(&app, &admin, order.id, twice).await.problem(409, "CONFLICT");
    refund(&app, &admin, Uuid::now_v7(), json!({})).await.problem(404, "NOT_FOUND");
    assert_eq!(
        detail(&step(&app, &admin, order.id, "CANCELLED").await).order.refunded_amount,
        order.total_amount
    );
    refund(&app, &admin, order.id, json!({"restock": true})).await.problem(409, "CONFLICT");
}

#[tokio::test]
async fn what_a_refund_has_put_back_is_not_put_back_again() {
    let app = TestApp::start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let order = placed(&order(&app, &ada, &[(lamp, 5)]).await).order;
    pay(&app, &admin, order.id).await.ok::<serde_json::Value>();
    let pieces = |quantity: u32, restock: bool| json!({"items": [{"itemId": order.items[0].id, "quantity": quantity}], "restock": restock});
    given(&refund(&app, &admin, order.id, pieces(2, true)).await);
    given(&refund(&app, &admin, order.id, pieces(1, false)).await);
    assert_eq!(stock(&app, lamp).await, 7);
    let off = detail(&super::cancel(&app, &ada, order.id).await);
    // The three that were not put back, whether or not they were paid back.
    assert_eq!(stock(&app, lamp).await, 10);
    assert_eq!(off.order.refunded_amount, order.total_amount);
    assert_eq!(off.refunds.len(), 3);
    books.balance(&app).await;
}
