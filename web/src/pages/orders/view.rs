//! An order with all that is known of it.

use openapi::orders::{Order, OrderDetail, OrderStatus, PaymentState};
use uuid::Uuid;
use yew::prelude::*;

use super::{
    status_tag,
    timeline::{progress, timeline},
};
use crate::{
    components::{Line, Sums, address_lines, of_order},
    i18n::{Language, format},
};

/// How far calling an order off has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    Nothing,
    /// Waits for a second word.
    Really,
    Cancelling,
}

pub(super) fn view(
    t: Language,
    detail: &OrderDetail,
    asking: &UseStateHandle<Asking>,
    oncancel: &Callback<Uuid>,
) -> Html {
    let order = &detail.order;
    html! {
        <div class="order">
            <section class="card">
                <h2 class="card__title">
                    { t.order_called(&order.order_number) }
                    { status_tag(t, order.status) }
                </h2>
                { facts(t, order) }
                { progress(t, order.status) }
                { payment(t, detail) }
                if detail.can_become.contains(&OrderStatus::Cancelled) {
                    { cancel(t, order.id, asking, oncancel) }
                }
            </section>
            <section class="card">
                <h2 class="card__title">{ t.goods() }</h2>
                <ul class="lines lines--short" role="list">
                    { for order.items.iter().map(|item| {
                        let count = html! { <p class="line__count">{ format!("× {}", item.quantity) }</p> };
                        Line::of_order(item, &order.currency).show(t, Some(item.subtotal), count)
                    }) }
                </ul>
                { Sums::of_order(order).show(t, false) }
            </section>
            { refunds(t, detail) }
            <div class="order__addresses">
                <section class="card">
                    <h2 class="card__title">{ t.shipping_address() }</h2>
                    { address_lines(t, &of_order(&order.shipping_address)) }
                </section>
                <section class="card">
                    <h2 class="card__title">{ t.billing_address() }</h2>
                    { address_lines(t, &of_order(&order.billing_address)) }
                </section>
            </div>
            if let Some(notes) = &order.notes {
                <section class="card">
                    <h2 class="card__title">{ t.notes() }</h2>
                    <p class="order__notes">{ notes }</p>
                </section>
            }
            <section class="card">
                <h2 class="card__title">{ t.timeline() }</h2>
                { timeline(t, detail) }
            </section>
        </div>
    }
}

fn facts(t: Language, order: &Order) -> Html {
    let fact =
        |name: &str, value: Html| html! { <div class="fact"><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <dl class="facts">
            { fact(t.placed_on(), format::moment(t, order.created_at.timestamp_millis()).into()) }
            { fact(t.payment(), t.payment_status(order.payment_status).into()) }
            if let Some(number) = &order.tracking_number {
                { fact(t.tracking_number(), html! { <code>{ number }</code> }) }
            }
        </dl>
    }
}

/// What is to be done for it to be paid.
fn payment(t: Language, detail: &OrderDetail) -> Html {
    let pending = detail.payments.iter().rev().find(|payment| payment.status == PaymentState::Pending);
    let is_open = matches!(detail.order.status, OrderStatus::Pending);
    let Some(instructions) = pending.filter(|_| is_open).and_then(|payment| payment.instructions.as_ref())
    else {
        return Html::default();
    };
    let until = detail.order.expires_at.map(|time| t.pay_until(&format::moment(t, time.timestamp_millis())));
    html! {
        <div class="banner">
            <p class="banner__text">{ instructions }{ " " }{ until.unwrap_or_default() }</p>
        </div>
    }
}

fn refunds(t: Language, detail: &OrderDetail) -> Html {
    if detail.refunds.is_empty() {
        return Html::default();
    }
    let order = &detail.order;
    html! {
        <section class="card">
            <h2 class="card__title">{ t.refunds() }</h2>
            <ul class="refunds" role="list">
                { for detail.refunds.iter().map(|refund| html! {
                    <li class="sums__row" key={refund.id.to_string()}>
                        <span>
                            { format::day(t, refund.created_at.timestamp_millis()) }{ " · " }{ t.refund_state(refund.status) }
                            if let Some(reason) = &refund.reason {
                                <span class="timeline__note">{ reason }</span>
                            }
                        </span>
                        <span>{ format::price(t, refund.amount, &order.currency) }</span>
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// Asks once more before it is called off.
fn cancel(t: Language, id: Uuid, asking: &UseStateHandle<Asking>, oncancel: &Callback<Uuid>) -> Html {
    let turn_to = |next: Asking| {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(next))
    };
    if **asking == Asking::Nothing {
        return html! {
            <button type="button" class="btn btn--quiet order__cancel" onclick={turn_to(Asking::Really)}>
                { t.cancel_order() }
            </button>
        };
    }
    let is_cancelling = **asking == Asking::Cancelling;
    let onclick = {
        let oncancel = oncancel.clone();
        Callback::from(move |_: MouseEvent| {
            if !is_cancelling {
                oncancel.emit(id);
            }
        })
    };
    html! {
        <div class="address__question order__question" role="group" aria-label={t.really_cancel()}>
            <p>{ t.really_cancel() }</p>
            <div class="actions">
                <button type="button" class="btn btn--danger" aria-disabled={is_cancelling.then_some("true")} {onclick}>
                    { t.cancel_it() }
                </button>
                <button type="button" class="btn" onclick={turn_to(Asking::Nothing)}>{ t.keep_order() }</button>
            </div>
        </div>
    }
}
