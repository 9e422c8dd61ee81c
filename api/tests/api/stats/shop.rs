//! A shop that has sold something.

use chrono::{DateTime, Utc};
use entity::{
    order::{self, OrderPaymentStatus, OrderStatus},
    order_line,
};
use openapi::{Data, stats::Stats};
use reqwest::Method;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Answer, Person, TestApp, requests::address};

/// A shop, and who asks how it is doing.
pub struct Shop {
    pub app: TestApp,
    pub admin: Person,
    pub lamps: Uuid,
}

/// An order to be written straight into the database: of one lamp, delivered, placed now, unless told otherwise.
pub struct NewOrder {
    pub status: OrderStatus,
    pub placed: DateTime<Utc>,
    pub refunded: i64,
    pub currency: &'static str,
    /// Products, what they were called, and how many pieces.
    pub lines: Vec<(Option<Uuid>, &'static str, i32)>,
}

impl Shop {
    pub async fn open() -> Self {
        let app = TestApp::start().await;
        let (admin, lamps) = (app.admin().await, app.category("Lamps", None).await);
        Self { app, admin, lamps }
    }

    pub async fn ask(&self) -> Answer {
        self.app.by(&self.admin, Method::GET, "/api/admin/stats", None).await
    }

    pub async fn stats(&self) -> Stats {
        self.ask().await.ok::<Data<Stats>>().data
    }

    pub fn order(&self) -> NewOrder {
        let placed = self.app.clock.now();
        NewOrder {
            status: OrderStatus::Delivered,
            placed,
            refunded: 0,
            currency: "USD",
            lines: vec![(None, "Lamp", 1)],
        }
    }

    /// Places orders. A piece costs 20.00 and 2.00 of tax, shipping 5.00.
    pub async fn place(&self, orders: Vec<NewOrder>) {
        let (mut rows, mut lines) = (vec![], vec![]);
        for order in orders {
            let row = row(&order);
            let positions = (0..).zip(order.lines);
            lines.extend(positions.map(|(position, (product, name, quantity))| order_line::Model {
                id: Uuid::now_v7(),
                order_id: row.id,
                position,
                product_id: product,
                variant_id: None,
                sku: "LAMP".to_owned(),
                name: name.to_owned(),
                option_values: json!({}),
                image_url: None,
                quantity,
                unit_price: 2_000,
                tax_rate_bps: 1_000,
                tax: i64::from(quantity) * 200,
                subtotal: i64::from(quantity) * 2_000,
            }));
            rows.push(row);
        }
        let db = self.app.db.for_migrations();
        for some in rows.chunks(500) {
            let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
            order::Entity::insert_many(some).exec_without_returning(db).await.unwrap();
        }
        for some in lines.chunks(500) {
            let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
            order_line::Entity::insert_many(some).exec_without_returning(db).await.unwrap();
        }
    }
}

fn row(order: &NewOrder) -> order::Model {
    let pieces: i32 = order.lines.iter().map(|(_, _, quantity)| quantity).sum();
    let (subtotal, tax) = (i64::from(pieces) * 2_000, i64::from(pieces) * 200);
    let id = Uuid::now_v7();
    order::Model {
        id,
        number: id.to_string(),
        user_id: None,
        email: "ada@example.com".to_owned(),
        email_folded: "ada@example.com".to_owned(),
        status: order.status,
        payment_status: OrderPaymentStatus::Paid,
        currency: order.currency.to_owned(),
        subtotal,
        tax,
        tax_rate_bps: 1_000,
        shipping_amount: 500,
        discount_amount: 0,
        total_amount: subtotal + tax + 500,
        refunded_amount: order.refunded,
        shipping_address: address(),
        billing_address: address(),
        notes: None,
        tracking_number: None,
        paid_at: None,
        shipped_at: None,
        delivered_at: None,
        cancelled_at: None,
        expires_at: None,
        version: 1,
        created_at: order.placed,
        updated_at: order.placed,
    }
}
