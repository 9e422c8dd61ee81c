//! Accounts as they go over the wire.

use entity::{
    address, order, order_line, session,
    user::{self, UserRole},
};
use openapi::{Currency, Locale, Money, accounts as wire};
use sea_orm::ActiveEnum;
use uuid::Uuid;

pub(super) fn user(user: user::Model) -> wire::User {
    wire::User {
        id: user.id,
        email: user.email,
        email_verified: user.email_verified_at.is_some(),
        first_name: user.first_name,
        last_name: user.last_name,
        role: role(user.role),
        locale: user.locale.as_deref().and_then(Locale::of_tag),
        created_at: user.created_at,
        updated_at: user.updated_at,
    }
}

pub(crate) fn role(role: UserRole) -> wire::UserRole {
    match role {
        UserRole::Customer => wire::UserRole::Customer,
        UserRole::Admin => wire::UserRole::Admin,
    }
}

pub(super) fn session(session: session::Model, current: Uuid) -> wire::Session {
    wire::Session {
        id: session.id,
        current: session.id == current,
        user_agent: session.user_agent,
        ip: session.ip,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        expires_at: session.expires_at,
    }
}

pub(super) fn address(address: address::Model) -> wire::Address {
    wire::Address {
        id: address.id,
        label: address.label,
        first_name: address.first_name,
        last_name: address.last_name,
        address1: address.address1,
        address2: address.address2,
        city: address.city,
        state: address.state,
        postal_code: address.postal_code,
        country: address.country,
        phone: address.phone,
        is_default: address.is_default,
        created_at: address.created_at,
        updated_at: address.updated_at,
    }
}

pub(super) fn order(order: order::Model, lines: Vec<order_line::Model>) -> wire::ExportedOrder {
    // What was sold stays sold in the currency it was sold in.
    let currency = Currency::try_from(order.currency.as_str()).unwrap_or(Currency::USD);
    let money = |minor| Money::from_minor(minor, currency);
    wire::ExportedOrder {
        order_number: order.number,
        status: order.status.to_value(),
        email: order.email,
        subtotal: money(order.subtotal),
        tax: money(order.tax),
        shipping_amount: money(order.shipping_amount),
        discount_amount: money(order.discount_amount),
        total_amount: money(order.total_amount),
        currency: order.currency,
        shipping_address: order.shipping_address,
        billing_address: order.billing_address,
        notes: order.notes,
        items: lines
            .into_iter()
            .map(|line| wire::ExportedLine {
                sku: line.sku,
                name: line.name,
                quantity: line.quantity,
                unit_price: money(line.unit_price),
            })
            .collect(),
        created_at: order.created_at,
    }
}
