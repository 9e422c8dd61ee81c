//! The mails orders cause: what is kept of each in the outbox, and how that becomes a letter.

mod wording;

use entity::{mail_outbox, order, user};
use openapi::{Locale, Money};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{present, queries};
use crate::{
    mail::{self, Addressed, ComposeError, NewMail},
    state::AppState,
};

/// A mail an order causes, as the outbox keeps it: the template's name and what is needed to word it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", content = "payload")]
pub(crate) enum OrderMail {
    /// What was ordered, and how to pay for it.
    #[serde(rename = "order_placed")]
    Placed { order_id: Uuid },
    #[serde(rename = "order_shipped")]
    Shipped { order_id: Uuid },
    #[serde(rename = "order_cancelled")]
    Cancelled { order_id: Uuid },
    #[serde(rename = "order_refunded")]
    Refunded { order_id: Uuid, refund_id: Uuid },
}

impl OrderMail {
    /// Whether a mail of this name is about an order.
    pub(crate) fn is_named(template: &str) -> bool {
        template.starts_with("order_")
    }

    /// The mail as it goes into the outbox.
    pub(crate) fn to(&self, recipient: &str, locale: Locale) -> NewMail {
        NewMail::of(self, recipient, locale)
    }

    fn order(&self) -> Uuid {
        match self {
            Self::Placed { order_id }
            | Self::Shipped { order_id }
            | Self::Cancelled { order_id }
            | Self::Refunded { order_id, .. } => *order_id,
        }
    }
}

/// Writes to whoever placed an order. After the commit the mailroom is to be woken.
pub(super) async fn post(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: &order::Model,
    letter: OrderMail,
) -> Result<(), DbErr> {
    let Some(customer) = customer(transaction, order).await? else {
        return Ok(());
    };
    let locale = customer.locale.as_deref().and_then(Locale::of_tag).unwrap_or_default();
    mail::enqueue(transaction, &state.clock, &state.ids, letter.to(&order.email, locale)).await
}

/// Whoever placed an order, unless their account is erased.
async fn customer(db: &impl ConnectionTrait, order: &order::Model) -> Result<Option<user::Model>, DbErr> {
    let Some(id) = order.user_id else {
        return Ok(None);
    };
    Ok(user::Entity::find_by_id(id).one(db).await?.filter(|user| user.erased_at.is_none()))
}

/// Words a mail in its language; `None` when nobody is to have it any more.
pub(crate) async fn compose(
    state: &AppState,
    row: &mail_outbox::Model,
) -> Result<Option<Addressed>, ComposeError> {
    let mail: OrderMail = mail::kind_of(row)?;
    let (db, locale) = (state.db.reader(), Locale::of_tag(&row.locale).unwrap_or_default());
    let Some(order) = queries::by_id(db, mail.order()).await? else {
        return Ok(None);
    };
    let Some(customer) = customer(db, &order).await? else {
        return Ok(None);
    };
    let refunded = match mail {
        OrderMail::Refunded { refund_id, .. } => queries::refund(db, refund_id).await?,
        _ => None,
    };
    let amount = refunded.map(|(refund, _)| Money::from_minor(refund.amount, present::currency(&order)));
    let lines = queries::lines_of(db, order.id).await?;
    // The one thanks for the order, the other says how it goes on.
    let path = if matches!(mail, OrderMail::Placed { .. }) { "/orders" } else { "/account/orders" };
    let page = state.config.server.public_url.page(&format!("{path}/{}", order.number));
    let about = wording::About {
        locale,
        name: customer.first_name,
        page,
        instructions: state.payments.instructions().map(str::to_owned),
        order: present::order(order, lines),
    };
    let letter = match mail {
        OrderMail::Placed { .. } => wording::placed(&about),
        OrderMail::Shipped { .. } => wording::shipped(&about),
        OrderMail::Cancelled { .. } => wording::cancelled(&about),
        OrderMail::Refunded { .. } => wording::refunded(&about, amount),
    };
    Ok(Some(Addressed { to: row.recipient.clone(), letter }))
}
