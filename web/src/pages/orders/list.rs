use std::rc::Rc;

use openapi::{
    Meta, Page,
    orders::{Order, OrderStatus},
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::status_tag;
use crate::{
    client::orders,
    components::{Glyph, Link, card_skeleton, error_panel, notice, pagination},
    domain::history::{History, status_of},
    hooks::{Loaded, Personal, use_language, use_navigator, use_personal},
    i18n::{Language, format},
    routes::Route,
};

/// How many things an order is described by.
const MOST_NAMES: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Of the address: which orders, and which page of them.
    pub query: AttrValue,
}

/// What somebody has ordered, the newest first.
#[component]
pub(crate) fn Orders(props: &Props) -> Html {
    let t = use_language();
    let navigator = use_navigator();
    let history = History::from_query(&props.query);
    let Personal { loaded, .. } = use_personal(move || orders::list(&history.to_api()));
    let onchange = Callback::from(move |event: Event| {
        let word = event.target_unchecked_into::<HtmlSelectElement>().value();
        Route::AccountOrders.visit(&navigator, &History::of(status_of(&word)).to_query());
    });
    let contents = match &loaded {
        Loaded::Loading => card_skeleton(t),
        Loaded::Failed(failure) => error_panel(t, failure),
        Loaded::Ready(answer) if answer.data.is_empty() => nothing(t, history),
        Loaded::Ready(answer) => orders_of(t, history, answer),
    };
    html! {
        <>
            <label class="field orders__filter">
                <span class="field__label">{ t.status() }</span>
                <select class="select" {onchange}>
                    <option value="" selected={history.status.is_none()}>{ t.all_statuses() }</option>
                    { for OrderStatus::ALL.into_iter().map(|status| html! {
                        <option value={status.as_str()} selected={history.status == Some(status)}>
                            { t.order_status(status) }
                        </option>
                    }) }
                </select>
            </label>
            { contents }
        </>
    }
}

fn nothing(t: Language, history: History) -> Html {
    if history == History::of(None) {
        let actions =
            html! { <Link to={Route::Products} class="btn btn--primary">{ t.show_everything() }</Link> };
        return notice(Glyph::Bag, t.no_orders(), t.no_orders_help(), actions);
    }
    let actions = html! { <Link to={Route::AccountOrders} class="btn">{ t.all_orders() }</Link> };
    notice(Glyph::Bag, t.no_such_orders(), t.no_such_orders_help(), actions)
}

fn orders_of(t: Language, history: History, answer: &Rc<Page<Order>>) -> Html {
    let last = match &answer.meta {
        Meta::Numbered(meta) => u32::try_from(meta.total_pages).unwrap_or(u32::MAX),
        Meta::Cursor(_) => 0,
    };
    html! {
        <>
            <ul class="orders" role="list">{ for answer.data.iter().map(|order| card(t, order)) }</ul>
            { pagination(t, &Route::AccountOrders, history.page, last, &|page| history.at_page(page).to_query()) }
        </>
    }
}

fn card(t: Language, order: &Order) -> Html {
    let names: Vec<String> = order
        .items
        .iter()
        .take(MOST_NAMES)
        .map(|item| format!("{} × {}", item.name, item.quantity))
        .collect();
    let more = order.items.len().saturating_sub(MOST_NAMES);
    html! {
        <li class="card order-card" key={order.order_number.clone()}>
            <h2 class="card__title">
                <Link to={Route::AccountOrder { number: order.order_number.clone() }} class="order-card__link">
                    { &order.order_number }
                </Link>
                { status_tag(t, order.status) }
            </h2>
            <p class="order-card__facts">
                { format::day(t, order.created_at.timestamp_millis()) }{ " · " }
                { format::price(t, order.total_amount, &order.currency) }
            </p>
            <p class="order-card__names">
                { names.join(", ") }
                if more > 0 {
                    { " " }{ t.and_more(more) }
                }
            </p>
        </li>
    }
}
