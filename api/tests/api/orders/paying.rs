//! Payments: by the word of the shop's people, and through a provider.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use actix_web::{HttpResponse, web};
use api::{
    orders::hear,
    payments::{Away, Charge, Progress, Provider, Repayment, Word},
    state::AppState,
};
use entity::refund::{self, RefundStatus};
use futures_util::{FutureExt, future::BoxFuture};
use openapi::{
    Data,
    orders::{OrderStatus, Payment, PaymentState, PaymentStatus, RefundState},
};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Books, ORDERS, cancel, detail, keyed, order, pay, placed, product, refund as give_back, step, stock,
};
use crate::support::{Answer, PATIENCE, TestApp, within};

#[track_caller]
fn begun(answer: &Answer) -> Payment {
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
    serde_json::from_slice::<Data<Payment>>(&answer.body).unwrap().data
}

#[tokio::test]
async fn the_shops_people_say_when_the_money_is_here() {
    let app = TestApp::builder().with("PAYMENT_INSTRUCTIONS", "Transfer it to IT60 X054.").start().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, bob, admin) = (app.customer().await, app.customer().await, app.admin().await);
    let order = placed(&order(&app, &ada, &[(lamp, 1)]).await).order;
    let path = format!("{ORDERS}/{}/payments", order.id);
    keyed(&app, &bob, &path, "pay", json!({})).await.problem(404, "NOT_FOUND");
    app.by(&ada, Method::POST, &path, Some(json!({}))).await.problem(400, "INVALID_PARAMETER");
    let payment = begun(&keyed(&app, &ada, &path, "pay", json!({})).await);
    assert_eq!((payment.provider.as_str(), payment.status), ("manual", PaymentState::Pending));
    assert_eq!(
        (payment.amount, payment.instructions.as_deref()),
        (order.total_amount, Some("Transfer it to IT60 X054."))
    );
    // Begun again it is the same: nobody pays twice.
    assert_eq!(begun(&keyed(&app, &ada, &path, "again", json!({})).await).id, payment.id);

    let paid = detail(&pay(&app, &admin, order.id).await);
    assert_eq!((paid.order.status, paid.order.payment_status), (OrderStatus::Confirmed, PaymentStatus::Paid));
    assert!(paid.order.paid_at.is_some() && paid.order.expires_at.is_none());
    assert_eq!((paid.payments.len(), paid.payments[0].status), (1, PaymentState::Captured));
    assert_eq!(paid.payments[0].instructions, None);
    assert_eq!(detail(&pay(&app, &admin, order.id).await).order, paid.order, "it is paid once");
    keyed(&app, &ada, &path, "late", json!({})).await.problem(409, "CONFLICT");
    let audited = app.audited("order.changed", 1).await;
    assert_eq!(audited[0].after, Some(json!({"paymentStatus": "PAID"})));

    let other = placed(&super::order(&app, &ada, &[(lamp, 1)]).await).order.id;
    detail(&cancel(&app, &ada, other).await);
    pay(&app, &admin, other).await.problem(409, "CONFLICT");
    keyed(&app, &ada, &format!("{ORDERS}/{other}/payments"), "other", json!({}))
        .await
        .problem(409, "CONFLICT");
}

/// A provider far away: it answers what it is told to, and remembers what it was asked.
#[derive(Debug, Default)]
struct Bank {
    is_away: AtomicBool,
    refuses: AtomicBool,
    /// Each once, whoever asks how often.
    given: Mutex<Vec<Uuid>>,
    asked: Mutex<Vec<Uuid>>,
}

impl Bank {
    fn word(&self, progress: Progress, id: Uuid) -> Result<Word, Away> {
        if self.is_away.load(Ordering::SeqCst) {
            return Err(Away { provider: "bank", why: "it is night".to_owned() });
        }
        Ok(Word { progress, reference: Some(format!("ref-{id}")) })
    }
}

impl Provider for Bank {
    fn name(&self) -> &'static str {
        "bank"
    }

    fn instructions(&self) -> Option<&str> {
        None
    }

    fn authorise<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, Result<Word, Away>> {
        self.asked.lock().unwrap().push(charge.id);
        std::future::ready(self.word(Progress::Waiting, charge.id)).boxed()
    }

    fn capture<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, Result<Word, Away>> {
        assert_eq!(charge.reference, Some(format!("ref-{}", charge.id)), "it is told its own name for it");
        std::future::ready(self.word(Progress::Done, charge.id)).boxed()
    }

    fn refund<'a>(&'a self, repayment: &'a Repayment) -> BoxFuture<'a, Result<Word, Away>> {
        let word = if self.refuses.load(Ordering::SeqCst) {
            self.word(Progress::Failed("the card is closed".to_owned()), repayment.id)
        } else {
            self.word(Progress::Done, repayment.id)
        };
        if word.as_ref().is_ok_and(|word| word.progress == Progress::Done) {
            let mut given = self.given.lock().unwrap();
            assert!(repayment.charge.is_some() && !given.contains(&repayment.id));
            given.push(repayment.id);
        }
        std::future::ready(word).boxed()
    }
}

/// How the bank tells of what happened: a route of the shop's own making, as whoever builds on it adds one.
fn webhook(config: &mut web::ServiceConfig) {
    config.route(
        "/bank/{charge}/{news}",
        web::post().to(async |path: web::Path<(Uuid, String)>, state: web::Data<AppState>| {
            let (charge, news) = path.into_inner();
            let progress = match news.as_str() {
                "authorised" => Progress::Authorised,
                "done" => Progress::Done,
                _ => Progress::Failed("no funds".to_owned()),
            };
            let word = Word { progress, reference: Some(format!("ref-{charge}")) };
            match hear(&state, charge, &word).await {
                Ok(()) => HttpResponse::NoContent().finish(),
                Err(error) => HttpResponse::Conflict().body(error.to_string()),
            }
        }),
    );
}

async fn with_bank() -> (TestApp, Arc<Bank>) {
    let bank = Arc::new(Bank::default());
    (TestApp::builder().paid_through(bank.clone()).routes(webhook).start().await, bank)
}

async fn tell(app: &TestApp, charge: Uuid, news: &str) {
    assert_eq!(app.post(&format!("/bank/{charge}/{news}"), json!({})).await.status.as_u16(), 204);
}

#[tokio::test]
async fn a_provider_tells_how_a_payment_goes() {
    let (app, _) = with_bank().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin) = (app.customer().await, app.admin().await);
    let id = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    let path = format!("{ORDERS}/{id}/payments");
    let read = async || detail(&app.by(&ada, Method::GET, &format!("{ORDERS}/{id}"), None).await);

    let first = begun(&keyed(&app, &ada, &path, "first", json!({})).await).id;
    tell(&app, first, "failed").await;
    let now = read().await;
    assert_eq!((now.order.status, now.order.payment_status), (OrderStatus::Pending, PaymentStatus::Failed));
    assert_eq!(now.timeline.last().unwrap().note.as_deref(), Some("Failed: no funds"));

    let second = begun(&keyed(&app, &ada, &path, "second", json!({})).await).id;
    assert_ne!(first, second);
    tell(&app, second, "authorised").await;
    assert_eq!(read().await.order.payment_status, PaymentStatus::Authorised);
    for _ in 0..2 {
        tell(&app, second, "done").await;
    }
    let paid = read().await;
    assert_eq!((paid.order.status, paid.order.payment_status), (OrderStatus::Confirmed, PaymentStatus::Paid));
    assert_eq!(paid.timeline.len(), 5, "told twice it is noted once: {:?}", paid.timeline);
    tell(&app, first, "done").await;
    assert_eq!(read().await.order, paid.order, "what has failed stays so");

    // Money that was promised is taken when an administrator says so.
    let id = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    let charge = begun(&keyed(&app, &ada, &format!("{ORDERS}/{id}/payments"), "third", json!({})).await).id;
    tell(&app, charge, "authorised").await;
    assert_eq!(detail(&pay(&app, &admin, id).await).order.payment_status, PaymentStatus::Paid);
}

#[tokio::test]
async fn money_that_comes_too_late_goes_back() {
    let (app, bank) = with_bank().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, books) = (app.customer().await, Books::open(&app).await);
    let id = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    let charge = begun(&keyed(&app, &ada, &format!("{ORDERS}/{id}/payments"), "pay", json!({})).await).id;
    detail(&cancel(&app, &ada, id).await);
    tell(&app, charge, "done").await;
    let now = detail(&app.by(&ada, Method::GET, &format!("{ORDERS}/{id}"), None).await);
    assert_eq!(
        (now.order.status, now.order.payment_status),
        (OrderStatus::Cancelled, PaymentStatus::Refunded)
    );
    assert_eq!(stock(&app, lamp).await, 10);
    assert_eq!(bank.given.lock().unwrap().len(), 1);
    books.balance(&app).await;
}

#[tokio::test]
async fn a_provider_that_is_away_keeps_nobody_from_calling_off() {
    let (mut app, bank) = with_bank().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let id = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    let charge = begun(&keyed(&app, &ada, &format!("{ORDERS}/{id}/payments"), "pay", json!({})).await).id;
    tell(&app, charge, "done").await;

    bank.is_away.store(true, Ordering::SeqCst);
    let path = format!("/api/admin/orders/{id}/refunds");
    let answer = keyed(&app, &admin, &path, "refund", json!({})).await;
    answer.problem(503, "SERVICE_UNAVAILABLE");
    assert_eq!(answer.header("retry-after"), "5");
    // What was asked for is under way: asked for again, it is not asked for twice.
    keyed(&app, &admin, &path, "refund", json!({})).await.problem(503, "SERVICE_UNAVAILABLE");
    let owed = refund::Entity::find().all(app.db.reader()).await.unwrap();
    assert_eq!(owed.iter().map(|refund| refund.status).collect::<Vec<_>>(), [RefundStatus::Pending]);
    give_back(&app, &admin, id, json!({})).await.problem(409, "CONFLICT");
    let called_off = detail(&cancel(&app, &ada, id).await);
    assert_eq!(
        (called_off.order.status, called_off.refunds[0].status),
        (OrderStatus::Cancelled, RefundState::Pending)
    );
    assert_eq!(stock(&app, lamp).await, 10);

    // Another server brings it to its end.
    bank.is_away.store(false, Ordering::SeqCst);
    app.stop().await;
    app.clock.advance(std::time::Duration::from_mins(2));
    let next = app.another().paid_through(bank.clone()).start().await;
    let is_back = async || {
        let pending = refund::Entity::find()
            .filter(refund::Column::Status.eq(RefundStatus::Pending))
            .count(next.db.reader())
            .await
            .unwrap();
        (pending == 0).then_some(())
    };
    within(PATIENCE, "the money is given back", is_back).await;
    assert_eq!(bank.given.lock().unwrap().len(), 1);
    let admin = next.sign_in(&admin.email).await;
    let again = keyed(&next, &admin, &path, "refund", json!({})).await;
    assert_eq!(again.status.as_u16(), 201, "{}", again.text());
    assert_eq!(again.json()["data"]["id"], json!(owed[0].id));
    assert_eq!(bank.given.lock().unwrap().len(), 1);
    books.balance(&next).await;
}

#[tokio::test]
async fn what_a_provider_refuses_to_give_back_is_still_owed() {
    let (app, bank) = with_bank().await;
    let lamp = product(&app, "Lamp", 1_000, 10).await;
    let (ada, admin, books) = (app.customer().await, app.admin().await, Books::open(&app).await);
    let id = placed(&order(&app, &ada, &[(lamp, 1)]).await).order.id;
    let charge = begun(&keyed(&app, &ada, &format!("{ORDERS}/{id}/payments"), "pay", json!({})).await).id;
    tell(&app, charge, "done").await;
    bank.refuses.store(true, Ordering::SeqCst);
    let refused = give_back(&app, &admin, id, json!({"restock": true})).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["data"]["status"]), (201, &json!("FAILED")));
    assert_eq!(stock(&app, lamp).await, 9);
    bank.refuses.store(false, Ordering::SeqCst);
    let given = give_back(&app, &admin, id, json!({})).await;
    assert_eq!(given.json()["data"]["status"], json!("SUCCEEDED"));
    step(&app, &admin, id, "REFUNDED").await.problem(409, "ILLEGAL_TRANSITION");
    books.balance(&app).await;
    let story: Value = app.by(&admin, Method::GET, &format!("/api/admin/orders/{id}"), None).await.ok();
    assert!(story["data"]["timeline"].to_string().contains("the card is closed"));
}
