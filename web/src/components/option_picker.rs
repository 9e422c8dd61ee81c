use openapi::catalog::{ProductDetail, Variant};
use uuid::Uuid;
use yew::prelude::*;

use crate::{domain::variants::choose, i18n::Language};

/// One group of radio buttons per option. What is out of stock cannot be chosen, and says so.
pub(crate) fn option_picker(
    t: Language,
    product: &ProductDetail,
    current: &Variant,
    onchoose: &Callback<Uuid>,
) -> Html {
    let options = &product.summary.options;
    let value = |index: usize, name: &str, value: &String| {
        let leads_to = choose(options, &product.variants, current, index, value).map(|variant| variant.id);
        let is_chosen = current.options.get(name) == Some(value);
        let onchange = {
            let onchoose = onchoose.clone();
            Callback::from(move |_: Event| {
                if let Some(variant) = leads_to {
                    onchoose.emit(variant);
                }
            })
        };
        html! {
            <label class="option__value" key={value.clone()}>
                <input type="radio" class="sr-only" name={format!("option-{index}")} value={value.clone()}
                    checked={is_chosen} disabled={leads_to.is_none()} {onchange} />
                <span class="option__face">
                    { value }
                    if leads_to.is_none() {
                        <span class="sr-only">{ format!(" ({})", t.sold_out()) }</span>
                    }
                </span>
            </label>
        }
    };
    html! {
        <div class="options">
            { for options.iter().enumerate().map(|(index, option)| html! {
                <fieldset class="option" key={option.name.clone()}>
                    <legend class="option__name">{ t.option_name(&option.name) }</legend>
                    <div class="option__values">
                        { for option.values.iter().map(|choice| value(index, &option.name, choice)) }
                    </div>
                </fieldset>
            }) }
        </div>
    }
}
