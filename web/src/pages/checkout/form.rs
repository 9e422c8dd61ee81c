use std::rc::Rc;

use openapi::{
    Data,
    accounts::{Address, User},
    orders::PlaceOrder,
};
use uuid::Uuid;
use yew::prelude::*;

use super::{
    place::{Desk, unsettled},
    review,
};
use crate::{
    browser,
    components::{BILLING_ADDRESS, SHIPPING_ADDRESS, address_lines, blank, postal},
    domain::{attempt::Attempt, form::Rule},
    hooks::{Form, Values, Work, use_basket, use_form},
    i18n::{Language, format},
};

const FIELDS: [(&str, Rule); 19] = {
    let [a, b, c, d, e, f, g, h, i] = SHIPPING_ADDRESS.rules();
    let [j, k, l, m, n, o, p, q, r] = BILLING_ADDRESS.rules();
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, ("notes", Rule::Optional)]
};

/// What may be noted for whoever packs it.
const LONGEST_NOTES: usize = 1_000;

#[derive(Properties)]
pub(super) struct Props {
    pub user: Rc<User>,
    pub addresses: Rc<Data<Vec<Address>>>,
    pub desk: Desk,
    pub is_total_changed: bool,
}

/// The desk holds handles, which stay what they are.
impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.user == other.user
            && Rc::ptr_eq(&self.addresses, &other.addresses)
            && self.desk.t == other.desk.t
            && self.is_total_changed == other.is_total_changed
    }
}

/// Addresses, notes, and the button that orders.
#[component]
pub(super) fn CheckoutForm(props: &Props) -> Html {
    let t = props.desk.t;
    let basket = use_basket();
    let addresses = &props.addresses.data;
    let usual = addresses.iter().find(|address| address.is_default).or_else(|| addresses.first());
    // One of the address book, or one that is entered.
    let chosen = use_state(|| usual.map(|address| address.id));
    let is_same = use_state(|| true);
    let form = use_form("checkout", &FIELDS);
    let saved = addresses.iter().find(|address| Some(address.id) == *chosen).map(postal);
    // An address of the book that is refused can be corrected here.
    let corrected = use_state(|| None::<openapi::orders::PostalAddress>);
    {
        let (chosen, corrected, saved) = (chosen.clone(), corrected.clone(), saved.clone());
        let is_refused =
            form.trouble().fields.iter().any(|trouble| trouble.field.starts_with("shippingAddress/"));
        use_effect_with((is_refused, form.trouble().clone()), move |(is_refused, _)| {
            if let Some(saved) = saved.filter(|_| *is_refused) {
                corrected.set(Some(saved));
                chosen.set(None);
            }
        });
    }
    let cart = basket.look().cart().cloned();
    let is_changing = basket.look().is_changing() || basket.look().is_busy();
    let onsubmit = {
        let (desk, saved, is_same, customer) = (props.desk.clone(), saved.clone(), *is_same, props.user.id);
        form.onsubmit(move |values: &Values| -> Work {
            let cart = desk.basket.look().cart().cloned();
            let order = PlaceOrder {
                items: None,
                shipping_address: saved.clone().unwrap_or_else(|| SHIPPING_ADDRESS.entered(values)),
                billing_address: (!is_same).then(|| BILLING_ADDRESS.entered(values)),
                notes: values.optional("notes"),
                expected_total: cart.map(|cart| cart.total_amount.to_string()),
            };
            // A struct of plain fields always has a JSON form.
            let body = serde_json::to_string(&order).unwrap_or_default();
            let attempt = Attempt::at(unsettled(customer), customer, body, browser::new_key);
            Box::pin(desk.clone().place(attempt))
        })
    };
    let Some(cart) = cart else {
        return Html::default();
    };
    let new = corrected.as_ref().cloned().unwrap_or_else(|| blank(t, Some(&props.user)));
    let onsame = {
        let is_same = is_same.clone();
        Callback::from(move |_: Event| is_same.set(!*is_same))
    };
    let fields = html! {
        <div class="basket">
            <div class="checkout__steps">
                <section class="card">
                    <h2 class="card__title">{ t.shipping_address() }</h2>
                    if !addresses.is_empty() {
                        { choice(t, addresses, &chosen) }
                    }
                    if chosen.is_none() {
                        // Anew with what has to be corrected.
                        <div key={corrected.is_some().to_string()} class="form">{ SHIPPING_ADDRESS.fields(t, &form, &new) }</div>
                    }
                </section>
                <section class="card">
                    <h2 class="card__title">{ t.billing_address() }</h2>
                    <label class="check">
                        <input type="checkbox" checked={*is_same} onchange={onsame} />
                        <span>{ t.billing_same() }</span>
                    </label>
                    if !*is_same {
                        <div class="form">
                            { BILLING_ADDRESS.fields(t, &form, &blank(t, Some(&props.user))) }
                        </div>
                    }
                </section>
                <section class="card">
                    <h2 class="card__title">{ t.notes() }</h2>
                    { form.area("notes", t.notes_label(), t.notes_hint(), LONGEST_NOTES) }
                </section>
                { review::goods(t, &cart) }
            </div>
            <section class="card basket__summary">
                <h2 class="card__title">{ t.summary() }</h2>
                { review::sums(t, &cart, is_changing, props.is_total_changed) }
                <p class="card__note">{ t.payment_note() }</p>
                { button(t, &form, is_changing, &format::price(t, cart.total_amount, &cart.currency)) }
            </section>
        </div>
    };
    form.show(onsubmit, fields)
}

/// The addresses of the book, and another one.
fn choice(t: Language, addresses: &[Address], chosen: &UseStateHandle<Option<Uuid>>) -> Html {
    let entry = |id: Option<Uuid>, words: Html| {
        let onchange = {
            let chosen = chosen.clone();
            Callback::from(move |_: Event| chosen.set(id))
        };
        let value = id.map(|id| id.to_string()).unwrap_or_default();
        html! {
            <label class="choice" key={value.clone()}>
                <input type="radio" name="savedAddress" {value} checked={**chosen == id} {onchange} />
                <span class="choice__words">{ words }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choices">
            <legend class="sr-only">{ t.shipping_address() }</legend>
            { for addresses.iter().map(|address| {
                let label = address.label.as_ref().map(|label| html! { <strong>{ label }</strong> });
                entry(Some(address.id), html! { <>{ label }{ address_lines(t, &postal(address)) }</> })
            }) }
            { entry(None, html! { <strong>{ t.another_address() }</strong> }) }
        </fieldset>
    }
}

/// Orders. What it says is what is charged, so it waits for the sums.
fn button(t: Language, form: &Form, is_changing: bool, total: &str) -> Html {
    if is_changing && !form.is_sending {
        return html! {
            <button type="button" class="btn btn--primary btn--large" aria-disabled="true">
                <span class="spinner"></span>{ t.one_moment() }
            </button>
        };
    }
    form.button(&t.place_order(total), "btn--primary btn--large")
}
