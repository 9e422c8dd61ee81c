//! Whether stock, ledger, orders and money agree.

use std::collections::HashMap;

use entity::{
    order::{self, OrderPaymentStatus},
    order_event, order_line, product_variant,
    refund::{self, RefundStatus},
    stock_movement,
};
use sea_orm::{DatabaseConnection, EntityTrait};
use uuid::Uuid;

use crate::support::TestApp;

/// What there was of each variant before its first line in the ledger.
pub struct Books(HashMap<Uuid, i64>);

impl Books {
    pub async fn open(app: &TestApp) -> Self {
        Self::of(app.db.reader()).await
    }

    /// Fails unless every piece and every cent is accounted for.
    pub async fn balance(&self, app: &TestApp) {
        self.agree(app.db.reader()).await;
    }

    /// The books of a shop on this database.
    pub async fn of(db: &DatabaseConnection) -> Self {
        let moved = moved(db).await;
        let before = |variant: &product_variant::Model| {
            i64::from(variant.stock) - moved.get(&variant.id).copied().unwrap_or_default()
        };
        let variants = product_variant::Entity::find().all(db).await.unwrap();
        Self(variants.iter().map(|variant| (variant.id, before(variant))).collect())
    }

    /// The same for a shop on this database.
    pub async fn agree(&self, db: &DatabaseConnection) {
        let moved = moved(db).await;
        for variant in product_variant::Entity::find().all(db).await.unwrap() {
            let expected = self.0[&variant.id] + moved.get(&variant.id).copied().unwrap_or_default();
            assert_eq!(i64::from(variant.stock), expected, "the ledger of {}", variant.sku);
            assert!(variant.stock >= 0);
        }
        let lines = order_line::Entity::find().all(db).await.unwrap();
        let events = order_event::Entity::find().all(db).await.unwrap();
        let refunds = refund::Entity::find().all(db).await.unwrap();
        for order in order::Entity::find().all(db).await.unwrap() {
            let own: Vec<_> = lines.iter().filter(|line| line.order_id == order.id).collect();
            assert!(!own.is_empty(), "{} has lines", order.number);
            assert_eq!(order.subtotal, own.iter().map(|line| line.subtotal).sum::<i64>());
            assert_eq!(order.tax, own.iter().map(|line| line.tax).sum::<i64>());
            let total = order.subtotal + order.tax + order.shipping_amount - order.discount_amount;
            assert_eq!(order.total_amount, total);
            let given = refunds
                .iter()
                .filter(|refund| refund.order_id == order.id && refund.status == RefundStatus::Succeeded)
                .map(|refund| refund.amount)
                .sum::<i64>();
            assert_eq!(order.refunded_amount, given, "{}", order.number);
            let is_all = given == order.total_amount && given > 0;
            assert_eq!(order.payment_status == OrderPaymentStatus::Refunded, is_all, "{}", order.number);
            let last = events
                .iter()
                .filter(|event| event.order_id == order.id && event.to_status.is_some())
                .max_by_key(|event| (event.created_at, event.id));
            assert_eq!(last.and_then(|event| event.to_status), Some(order.status), "{}", order.number);
        }
        let orders = order::Entity::find().all(db).await.unwrap();
        let is_known = |id: Uuid| orders.iter().any(|order| order.id == id);
        assert!(lines.iter().all(|line| is_known(line.order_id)), "no line without its order");
        let sold: Vec<_> = stock_movement::Entity::find().all(db).await.unwrap();
        assert!(
            sold.iter().filter_map(|line| line.order_id).all(is_known),
            "nothing moved without its order"
        );
    }
}

async fn moved(db: &DatabaseConnection) -> HashMap<Uuid, i64> {
    let mut moved = HashMap::new();
    for line in stock_movement::Entity::find().all(db).await.unwrap() {
        *moved.entry(line.variant_id).or_default() += i64::from(line.delta);
    }
    moved
}
