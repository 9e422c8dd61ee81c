use std::rc::Rc;

use openapi::{
    Data,
    catalog::{ProductDetail, Variant},
};
use yew::prelude::*;

use super::purchase::Purchase;
use crate::{
    components::{option_picker, price_tag},
    domain::{price::saving, return_path::parameter, variants},
    hooks::{use_language, use_location, use_navigator},
    i18n::{Language, format},
    routes::Route,
};

/// From this many on, a visitor need not hurry.
const PLENTY: i64 = 6;
/// What the chosen variant is called in the address.
const VARIANT: &str = "variant";

#[derive(Properties)]
pub(super) struct Props {
    pub answer: Rc<Data<ProductDetail>>,
}

/// The same answer, not an equal one.
impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.answer, &other.answer)
    }
}

/// What a visitor chooses, and what it costs. Which variant that is stands in the address, by its SKU.
/// A component of its own: choosing renders nothing else.
#[component]
pub(super) fn Choice(props: &Props) -> Html {
    let t = use_language();
    let navigator = use_navigator();
    let query = use_location().query;
    let product = &props.answer.data;
    let summary = &product.summary;
    let wanted = parameter(&query, VARIANT);
    let is_wanted = |variant: &&Variant| {
        wanted.as_deref().is_some_and(|wanted| wanted.eq_ignore_ascii_case(&variant.sku))
    };
    let chosen = product.variants.iter().find(is_wanted).or_else(|| variants::first(&product.variants));
    let Some(variant) = chosen else {
        return Html::default();
    };
    let onchoose = {
        let page = Route::product(&summary.slug);
        Callback::from(move |sku: String| {
            let query = serde_urlencoded::to_string([(VARIANT, sku)]).unwrap_or_default();
            // The way back leads to where the visitor came from, not through everything they looked at.
            page.replace(&navigator, &query);
        })
    };
    html! {
        <>
            { offer(t, variant, &summary.currency) }
            if !summary.options.is_empty() {
                { option_picker(t, product, variant, &onchoose) }
            }
            { availability(t, variant) }
            <Purchase key={variant.sku.clone()} variant={variant.id} stock={variant.stock} name={summary.name.clone()} />
        </>
    }
}

/// The price and what is saved; said aloud when another variant is chosen.
fn offer(t: Language, variant: &Variant, currency: &str) -> Html {
    html! {
        <div class="product__offer" role="status">
            { price_tag(t, currency, variant.price, variant.compare_at, false) }
            if let Some(saving) = saving(variant.price, variant.compare_at) {
                <p class="badge badge--sale">
                    { t.you_save(&format::price(t, saving.amount, currency), saving.percent) }
                </p>
            }
        </div>
    }
}

/// Whether it can be had, and what to call it.
fn availability(t: Language, variant: &Variant) -> Html {
    let (class, text) = match variant.stock {
        ..=0 => ("stock stock--none", t.sold_out().to_owned()),
        1..PLENTY => ("stock stock--low", t.only_left(variant.stock.unsigned_abs())),
        _ => ("stock", t.in_stock_now().to_owned()),
    };
    html! {
        <div class="product__availability" role="status">
            <p {class}>{ text }</p>
            <p class="product__sku">{ t.sku() }{ " " }<code>{ &variant.sku }</code></p>
        </div>
    }
}
