//! Placing an order. Fifteen statements at most, however much is bought, and up to five more where something sells out. What others may
//! wait for, the stock, is touched last.

use entity::{
    order, order_event,
    order_event::{ActorKind, OrderEventKind},
    order_line,
    stock_movement::StockReason,
    user,
};
use openapi::{
    Locale, Money, country,
    orders::{Actor, NewOrderItem, OrderAddress, OrderDetail, PlaceOrder, PostalAddress},
    rules::{MAX_LINE, MAX_NOTES},
    text::{clean_line, clean_paragraphs},
};
use sea_orm::{DatabaseTransaction, DbErr};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    OrderError, OrderMail,
    basket::{Basket, Bought},
    present, queries,
};
use crate::{
    access::Identity,
    audit::Caller,
    broken::BrokenRules,
    cart,
    db::{self, insert},
    idempotency::{Answer, Once},
    mail,
    pricing::{LineSums, Sums},
    state::AppState,
    stock::{self, Cause, Shift},
};

/// The order that somebody asks for, as it will be kept.
#[derive(Debug)]
struct Wish {
    items: Option<Vec<NewOrderItem>>,
    shipping_address: Value,
    billing_address: Value,
    notes: Option<String>,
    expected: Option<Money>,
}

/// Places an order, once.
pub(super) async fn place(
    state: &AppState,
    caller: &Caller,
    customer: &Identity,
    wanted: PlaceOrder,
    once: &Once<OrderDetail>,
) -> Result<Answer, OrderError> {
    let wish = Wish::read(state, wanted)?;
    let answer = db::again(|| attempt(state, caller, customer.user, &wish, once)).await?;
    state.mailroom.wake();
    Ok(answer)
}

async fn attempt(
    state: &AppState,
    caller: &Caller,
    customer: Uuid,
    wish: &Wish,
    once: &Once<OrderDetail>,
) -> Result<Answer, OrderError> {
    let (transaction, now) = (state.db.begin().await?, state.clock.now());
    if let Some(answer) = once.begin(&transaction, now).await? {
        return Ok(answer);
    }
    let buyer = queries::buyer(&transaction, customer).await?.ok_or(OrderError::NotSignedIn)?;
    let basket = match &wish.items {
        Some(items) => Basket::of_items(&transaction, items).await?,
        None => Basket::of_cart(state, &transaction, customer).await?,
    };
    let sums = basket.sums(&state.config.shop, wish.expected)?;
    let order = write(state, &transaction, &buyer, wish, &basket, &sums).await?;
    if let Some(cart) = basket.cart {
        cart::delete_lines(&transaction, cart).await?;
    }
    let id = order.order.id;
    let locale = buyer.locale.as_deref().and_then(Locale::of_tag).or(caller.locale).unwrap_or_default();
    let letter = OrderMail::Placed { order_id: id }.to(&buyer.email, locale);
    mail::enqueue(&transaction, &state.clock, &state.ids, letter).await?;
    let answer = once.keep(&transaction, now, &order).await?;
    let outdated = sell(state, &transaction, id, customer, &basket.bought).await?;
    state.commit(transaction, outdated).await?;
    Ok(answer)
}

/// Takes what is bought out of stock, at the price it is sold for, or nothing at all.
async fn sell(
    state: &AppState,
    transaction: &DatabaseTransaction,
    order: Uuid,
    customer: Uuid,
    bought: &[Bought],
) -> Result<Vec<String>, OrderError> {
    let shifts: Vec<Shift> = bought
        .iter()
        .map(|bought| Shift {
            variant: bought.article.variant_id,
            delta: -i32::try_from(bought.quantity).unwrap_or(i32::MAX),
            price: Some(bought.article.price),
        })
        .collect();
    let cause = Cause { reason: StockReason::Sale, order, actor: Some(customer) };
    let outdated = stock::shift(transaction, &state.ids, state.clock.now(), &shifts, cause).await?;
    outdated.ok_or(OrderError::Overtaken)
}

/// Writes the order, what it is made of, and that it was placed.
async fn write(
    state: &AppState,
    transaction: &DatabaseTransaction,
    buyer: &user::Model,
    wish: &Wish,
    basket: &Basket,
    sums: &Sums,
) -> Result<OrderDetail, DbErr> {
    let mut order = order_row(state, buyer, wish, sums);
    let lines: Vec<_> = (0..)
        .zip(basket.bought.iter().zip(&sums.lines))
        .map(|(position, (bought, sums))| line_row(state, order.id, position, bought, *sums))
        .collect();
    let placed = order_event::Model {
        id: state.ids.next(),
        order_id: order.id,
        kind: OrderEventKind::Placed,
        from_status: None,
        to_status: Some(order.status),
        actor_id: Some(buyer.id),
        actor_kind: ActorKind::Customer,
        note: None,
        created_at: order.created_at,
    };
    let prefix = format!("ORD-{}-", order.created_at.format("%Y"));
    let number = db::numbered(transaction, &prefix, "order_number_seq").await?;
    order.number =
        insert::working_out::<order::Entity>(transaction, order.clone(), order::Column::Number, number)
            .await?;
    insert::all::<order_line::Entity>(transaction, lines.clone()).await?;
    insert::all::<order_event::Entity>(transaction, vec![placed.clone()]).await?;
    Ok(present::fresh(order, lines, vec![placed], Actor::Customer))
}

/// An order without its number. One of nothing but what is free needs no payment, and is confirmed at once.
fn order_row(state: &AppState, buyer: &user::Model, wish: &Wish, sums: &Sums) -> order::Model {
    let (now, shop) = (state.clock.now(), &state.config.shop);
    let is_free = sums.total.minor() == 0;
    order::Model {
        id: state.ids.next(),
        number: String::new(),
        user_id: Some(buyer.id),
        email: buyer.email.clone(),
        email_folded: buyer.email_folded.clone(),
        status: if is_free { order::OrderStatus::Confirmed } else { order::OrderStatus::Pending },
        payment_status: if is_free {
            order::OrderPaymentStatus::Paid
        } else {
            order::OrderPaymentStatus::Unpaid
        },
        currency: shop.currency.code().to_owned(),
        subtotal: sums.subtotal.minor(),
        tax: sums.tax.minor(),
        tax_rate_bps: shop.tax_rate_bps.into(),
        shipping_amount: sums.shipping.minor(),
        discount_amount: sums.discount.minor(),
        total_amount: sums.total.minor(),
        refunded_amount: 0,
        shipping_address: wish.shipping_address.clone(),
        billing_address: wish.billing_address.clone(),
        notes: wish.notes.clone(),
        tracking_number: None,
        paid_at: is_free.then_some(now),
        shipped_at: None,
        delivered_at: None,
        cancelled_at: None,
        expires_at: state.config.payments.unpaid_kept.filter(|_| !is_free).map(|kept| now + kept),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn line_row(
    state: &AppState,
    order: Uuid,
    position: i32,
    bought: &Bought,
    sums: LineSums,
) -> order_line::Model {
    let article = bought.article.clone();
    order_line::Model {
        id: state.ids.next(),
        order_id: order,
        position,
        product_id: Some(article.product_id),
        variant_id: Some(article.variant_id),
        sku: article.sku,
        name: article.name,
        option_values: article.option_values,
        image_url: article.image_url,
        quantity: i32::try_from(bought.quantity).unwrap_or(i32::MAX),
        unit_price: article.price,
        tax_rate_bps: state.config.shop.tax_rate_bps.into(),
        tax: sums.tax.minor(),
        subtotal: sums.subtotal.minor(),
    }
}

impl Wish {
    fn read(state: &AppState, wanted: PlaceOrder) -> Result<Self, OrderError> {
        let mut broken = BrokenRules::default();
        let expected = wanted.expected_total.map(|text| Money::parse(&text, state.config.shop.currency));
        if let Some(Err(error)) = expected {
            broken.add("/expectedTotal", "money", error.to_string());
        }
        let billing = wanted.billing_address.as_ref();
        for (at, address) in
            [Some(("/shippingAddress", &wanted.shipping_address)), billing.map(|it| ("/billingAddress", it))]
                .into_iter()
                .flatten()
        {
            check_postal_code(at, address, &mut broken);
        }
        broken.none_or(OrderError::Broken)?;
        let shipping_address = json!(cleaned(wanted.shipping_address));
        Ok(Self {
            items: wanted.items,
            billing_address: wanted
                .billing_address
                .map_or_else(|| shipping_address.clone(), |it| json!(cleaned(it))),
            shipping_address,
            notes: wanted.notes.and_then(|text| clean_paragraphs(&text, MAX_NOTES).ok()),
            expected: expected.and_then(Result::ok),
        })
    }
}

/// Refuses a postal code that is not written as in its country.
pub(super) fn check_postal_code(at: &str, address: &PostalAddress, broken: &mut BrokenRules) {
    if let Some(expected) = country::expected_postal_code(&address.country, &address.postal_code) {
        let why = format!("is not written as in this country, like {expected}");
        broken.add(format!("{at}/postalCode"), "postalCode", why);
    }
}

/// An address as it is kept.
pub(super) fn cleaned(address: PostalAddress) -> OrderAddress {
    let line = |text: String| clean_line(&text, MAX_LINE).unwrap_or(text);
    OrderAddress {
        first_name: line(address.first_name),
        last_name: line(address.last_name),
        address1: line(address.address1),
        address2: address.address2.map(line),
        city: line(address.city),
        state: line(address.state),
        postal_code: line(address.postal_code),
        country: address.country,
        phone: address.phone.map(line),
    }
}
