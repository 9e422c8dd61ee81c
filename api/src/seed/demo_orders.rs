//! From the demo's orders to rows.

use chrono::{DateTime, Utc};
use entity::{
    order,
    order::OrderStatus,
    order_event::{self, ActorKind, OrderEventKind},
    order_line, product, product_variant, user,
};
use openapi::{Currency, Money};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};

use super::{SeedError, demo_data::Order};
use crate::{clock::IdSource, db::insert};

/// Ten percent, in basis points.
const TAX_RATE: u16 = 1_000;

/// What was bought.
pub(super) struct Ordered {
    pub(super) product: product::Model,
    pub(super) variant: product_variant::Model,
    pub(super) quantity: i32,
}

/// The rows of one order.
pub(super) struct OrderRows {
    order: order::Model,
    lines: Vec<order_line::Model>,
    events: Vec<order_event::Model>,
}

impl OrderRows {
    /// Writes them.
    pub(super) async fn insert(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        insert::all::<order::Entity>(db, vec![self.order]).await?;
        insert::all::<order_line::Entity>(db, self.lines).await?;
        insert::all::<order_event::Entity>(db, self.events).await
    }
}

/// The rows of one order of this customer.
pub(super) fn rows(
    ids: &IdSource,
    order: &Order,
    customer: Option<user::Model>,
    bought: Vec<Ordered>,
) -> Result<OrderRows, SeedError> {
    let placed = time(order.placed)?;
    let times = [order.paid, order.shipped, order.delivered].map(|at| at.map(time).transpose());
    let [paid_at, shipped_at, delivered_at] = times;
    let (paid_at, shipped_at, delivered_at) = (paid_at?, shipped_at?, delivered_at?);
    let order_id = ids.at(placed);

    let lines: Vec<order_line::Model> = (0..)
        .zip(bought)
        .map(|(position, sold)| {
            let subtotal = sold.variant.price * i64::from(sold.quantity);
            order_line::Model {
                id: ids.at(placed),
                order_id,
                position,
                product_id: Some(sold.product.id),
                variant_id: Some(sold.variant.id),
                sku: sold.variant.sku,
                name: sold.product.name,
                option_values: sold.variant.option_values,
                image_url: sold.product.image_url,
                quantity: sold.quantity,
                unit_price: sold.variant.price,
                tax_rate_bps: TAX_RATE.into(),
                tax: Money::from_minor(subtotal, Currency::USD).share(TAX_RATE).map_or(0, Money::minor),
                subtotal,
            }
        })
        .collect();

    let steps = [
        (Some(placed), None, OrderStatus::Pending),
        (paid_at, Some(OrderStatus::Pending), OrderStatus::Confirmed),
        (paid_at, Some(OrderStatus::Confirmed), OrderStatus::Processing),
        (shipped_at, Some(OrderStatus::Processing), OrderStatus::Shipped),
        (delivered_at, Some(OrderStatus::Shipped), OrderStatus::Delivered),
    ];
    let events = steps
        .into_iter()
        .filter_map(|(at, from_status, to_status)| {
            let created_at = at?;
            let is_first = from_status.is_none();
            Some(order_event::Model {
                id: ids.at(created_at),
                order_id,
                kind: if is_first { OrderEventKind::Placed } else { OrderEventKind::StatusChanged },
                from_status,
                to_status: Some(to_status),
                actor_id: customer.as_ref().map(|user| user.id).filter(|_| is_first),
                actor_kind: if is_first { ActorKind::Customer } else { ActorKind::System },
                note: None,
                created_at,
            })
        })
        .collect();

    let subtotal: i64 = lines.iter().map(|line| line.subtotal).sum();
    let tax: i64 = lines.iter().map(|line| line.tax).sum();
    let address = address(&order.address);
    let order = order::Model {
        id: order_id,
        number: order.number.to_owned(),
        user_id: customer.map(|user| user.id),
        email: order.account.to_owned(),
        email_folded: order.account.to_owned(),
        status: order.status,
        payment_status: order.payment_status,
        currency: Currency::USD.code().to_owned(),
        subtotal,
        tax,
        tax_rate_bps: TAX_RATE.into(),
        shipping_amount: order.shipping,
        discount_amount: 0,
        total_amount: subtotal + tax + order.shipping,
        refunded_amount: 0,
        shipping_address: address.clone(),
        billing_address: address,
        notes: None,
        tracking_number: None,
        paid_at,
        shipped_at,
        delivered_at,
        cancelled_at: None,
        expires_at: None,
        version: 1,
        created_at: placed,
        updated_at: delivered_at.or(shipped_at).or(paid_at).unwrap_or(placed),
    };
    Ok(OrderRows { order, lines, events })
}

fn address([first_name, last_name, address1, city, state, postal_code, country]: &[&str; 7]) -> Value {
    json!({
        "firstName": first_name,
        "lastName": last_name,
        "address1": address1,
        "address2": null,
        "city": city,
        "state": state,
        "postalCode": postal_code,
        "country": country,
        "phone": null,
    })
}

/// A time of the demo data.
fn time(text: &str) -> Result<DateTime<Utc>, SeedError> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.with_timezone(&Utc))
        .map_err(|error| SeedError::Data(format!("{text} is no time ({error})")))
}
