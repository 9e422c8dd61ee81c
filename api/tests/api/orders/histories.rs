//! Random histories of orders, beside a model that only counts. `HISTORIES=10000` makes more of them.

use futures_util::{StreamExt, stream};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Books, cancel, order, pay, placed, product, refund, stock};
use crate::support::{Answer, Person, TestApp};

const USUAL: usize = 150;

/// Something that happens; orders are named by how many came before.
#[derive(Debug, Clone)]
enum Event {
    Order { quantity: u32 },
    Pay { order: usize },
    Cancel { order: usize },
    Refund { order: usize, pieces: u32, restock: bool },
    RefundRest { order: usize, restock: bool },
    Adjust { delta: i32 },
}

/// What there is to buy, and what happens.
#[derive(Debug, Clone)]
struct History {
    price: i64,
    stock: i32,
    events: Vec<Event>,
}

fn histories() -> impl Strategy<Value = History> {
    let order = 0..3_usize;
    let event = prop_oneof![
        3 => (1..8_u32).prop_map(|quantity| Event::Order { quantity }),
        2 => order.clone().prop_map(|order| Event::Pay { order }),
        2 => order.clone().prop_map(|order| Event::Cancel { order }),
        2 => (order.clone(), 1..5_u32, any::<bool>())
            .prop_map(|(order, pieces, restock)| Event::Refund { order, pieces, restock }),
        1 => (order, any::<bool>()).prop_map(|(order, restock)| Event::RefundRest { order, restock }),
        1 => prop_oneof![1..6_i32, -6..0_i32].prop_map(|delta| Event::Adjust { delta }),
    ];
    (1..9_999_i64, 0..15_i32, prop::collection::vec(event, 1..9)).prop_map(|(price, stock, events)| History {
        price,
        stock,
        events,
    })
}

/// An order, as far as the model knows it. Amounts are in cents.
#[derive(Debug)]
struct Order {
    id: Uuid,
    item: Uuid,
    quantity: i64,
    goods: i64,
    total: i64,
    is_paid: bool,
    is_cancelled: bool,
    pieces_back: i64,
    restocked: i64,
    refunded: i64,
}

impl Order {
    fn new(answer: &Answer, quantity: u32, price: i64) -> Self {
        let order = placed(answer).order;
        let subtotal = price * i64::from(quantity);
        // A tenth of it, half up.
        let goods = subtotal + (subtotal + 5) / 10;
        let shipping = if subtotal >= 5_000 { 0 } else { 999 };
        let total = order.total_amount.minor();
        assert_eq!(total, goods + shipping);
        Self {
            id: order.id,
            item: order.items[0].id,
            quantity: quantity.into(),
            goods,
            total,
            is_paid: false,
            is_cancelled: false,
            pieces_back: 0,
            restocked: 0,
            refunded: 0,
        }
    }

    /// Of a paid order, that has not been paid back.
    fn is_refundable(&self) -> bool {
        self.is_paid && self.refunded < self.total
    }

    fn give_back(&mut self, pieces: i64, amount: i64, restock: bool) -> i64 {
        self.pieces_back += pieces;
        self.refunded += amount;
        let restocked = if restock { pieces } else { 0 };
        self.restocked += restocked;
        restocked
    }
}

async fn relive(app: &TestApp, customer: &Person, admin: &Person, name: &str, history: History) {
    let thing = product(app, name, history.price, history.stock).await;
    let mut left = i64::from(history.stock);
    let mut orders: Vec<Order> = vec![];
    for event in &history.events {
        let known = match event {
            Event::Pay { order }
            | Event::Cancel { order }
            | Event::Refund { order, .. }
            | Event::RefundRest { order, .. } => orders.get_mut(*order),
            Event::Order { .. } | Event::Adjust { .. } => None,
        };
        let (answer, is_possible) = match (event, known) {
            (Event::Order { quantity }, _) => {
                let answer = order(app, customer, &[(thing, *quantity)]).await;
                let is_possible = i64::from(*quantity) <= left;
                if is_possible {
                    orders.push(Order::new(&answer, *quantity, history.price));
                    left -= i64::from(*quantity);
                }
                (answer, is_possible)
            }
            (Event::Adjust { delta }, _) => {
                let body = json!({"delta": delta, "note": "Counted"});
                let path = format!("/api/admin/products/{thing}/stock");
                let answer = app.by(admin, Method::POST, &path, Some(body)).await;
                let is_possible = left + i64::from(*delta) >= 0;
                left += if is_possible { i64::from(*delta) } else { 0 };
                (answer, is_possible)
            }
            (Event::Pay { .. }, Some(known)) => {
                let answer = pay(app, admin, known.id).await;
                // Said once more it stays true, until money has gone back.
                let is_possible = !known.is_cancelled && known.refunded == 0;
                known.is_paid |= is_possible;
                (answer, is_possible)
            }
            (Event::Cancel { .. }, Some(known)) => {
                let answer = cancel(app, customer, known.id).await;
                let is_possible = !known.is_cancelled && (known.refunded == 0 || known.is_refundable());
                if is_possible {
                    known.is_cancelled = true;
                    left += known.quantity - known.restocked;
                    if known.is_paid {
                        known.refunded = known.total;
                    }
                }
                (answer, is_possible)
            }
            (Event::Refund { pieces, restock, .. }, Some(known)) => {
                let pieces = i64::from(*pieces);
                let body = json!({"items": [{"itemId": known.item, "quantity": pieces}], "restock": restock});
                let answer = refund(app, admin, known.id, body).await;
                let share = |pieces: i64| known.goods * pieces / known.quantity;
                let amount = share(known.pieces_back + pieces) - share(known.pieces_back);
                let is_possible =
                    known.is_refundable() && known.pieces_back + pieces <= known.quantity && amount > 0;
                if is_possible {
                    left += known.give_back(pieces, amount, *restock);
                }
                (answer, is_possible)
            }
            (Event::RefundRest { restock, .. }, Some(known)) => {
                let answer = refund(app, admin, known.id, json!({"restock": restock})).await;
                let is_possible = known.is_refundable();
                if is_possible {
                    let pieces = known.quantity - known.pieces_back;
                    left += known.give_back(pieces, known.total - known.refunded, *restock);
                }
                (answer, is_possible)
            }
            (_, None) => continue,
        };
        assert_eq!(answer.status.is_success(), is_possible, "{event:?} of {history:?}: {}", answer.text());
        assert!(is_possible || answer.status.as_u16() == 409, "{}", answer.text());
        assert_eq!(i64::from(stock(app, thing).await), left, "{event:?} of {history:?}");
    }
    for known in &orders {
        let path = format!("/api/admin/orders/{}", known.id);
        let now: Value = app.by(admin, Method::GET, &path, None).await.ok();
        let refunded = format!("{}.{:02}", known.refunded / 100, known.refunded % 100);
        assert_eq!(now["data"]["refundedAmount"], refunded, "{history:?}");
    }
}

#[tokio::test]
async fn whatever_happens_stock_and_money_are_right() {
    let many = std::env::var("HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    let mut runner = TestRunner::new(Config::default());
    let strategy = histories();
    let all: Vec<History> = (0..many).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect();
    let app = TestApp::start().await;
    let (customer, admin) = (app.customer().await, app.admin().await);
    let lives = all.into_iter().enumerate().map(|(number, history)| {
        let (app, customer, admin) = (&app, &customer, &admin);
        async move { relive(app, customer, admin, &format!("Thing {number}"), history).await }
    });
    stream::iter(lives).buffer_unordered(8).collect::<Vec<_>>().await;
    Books::open(&app).await.balance(&app).await;
}
