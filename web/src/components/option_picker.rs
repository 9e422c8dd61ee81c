use std::collections::HashMap;

use openapi::catalog::{ProductDetail, ProductOption, Variant};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::{
    domain::variants::{Choice, choices},
    i18n::Language,
};

/// With more values than these, a list to unfold is easier to look through than a field of buttons.
const MOST_BUTTONS: usize = 24;

/// One group of radio buttons per option, or a list. What is out of stock cannot be chosen, and says so.
/// Whoever listens is told the SKU of what was chosen.
pub(crate) fn option_picker(
    t: Language,
    product: &ProductDetail,
    current: &Variant,
    onchoose: &Callback<String>,
) -> Html {
    let options = &product.summary.options;
    let choices = choices(options, &product.variants, current);
    let groups = options.iter().zip(&choices).enumerate().map(|(number, (option, leads_to))| {
        let group =
            Group { t, number, option, leads_to, chosen: current.options.get(&option.name), onchoose };
        if option.values.len() > MOST_BUTTONS { group.list() } else { group.buttons() }
    });
    html! { <div class="options">{ for groups }</div> }
}

/// One option and its values.
struct Group<'a> {
    t: Language,
    number: usize,
    option: &'a ProductOption,
    /// What each value that can be had leads to.
    leads_to: &'a HashMap<&'a str, Choice<'a>>,
    chosen: Option<&'a String>,
    onchoose: &'a Callback<String>,
}

impl Group<'_> {
    fn name(&self) -> String {
        self.t.option_name(&self.option.name)
    }

    fn sold_out(&self) -> String {
        format!(" ({})", self.t.sold_out())
    }

    fn buttons(&self) -> Html {
        html! {
            <fieldset class="option" key={self.option.name.clone()}>
                <legend class="option__name">{ self.name() }</legend>
                <div class="option__values">{ for self.option.values.iter().map(|value| self.button(value)) }</div>
            </fieldset>
        }
    }

    fn button(&self, value: &String) -> Html {
        let sku = self.leads_to.get(value.as_str()).map(|choice| choice.variant.sku.clone());
        let is_sold_out = sku.is_none();
        let onchange = {
            let onchoose = self.onchoose.clone();
            Callback::from(move |_: Event| {
                if let Some(sku) = &sku {
                    onchoose.emit(sku.clone());
                }
            })
        };
        html! {
            <label class="option__value" key={value.clone()}>
                <input type="radio" class="sr-only" name={format!("option-{}", self.number)} value={value.clone()}
                    checked={self.chosen == Some(value)} disabled={is_sold_out} {onchange} />
                <span class="option__face">
                    { value }
                    if is_sold_out {
                        <span class="sr-only">{ self.sold_out() }</span>
                    }
                </span>
            </label>
        }
    }

    fn list(&self) -> Html {
        // The SKU is the value, so that there is one listener and not thousands.
        let onchange =
            self.onchoose.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
        let entry = |value: &String| {
            let sku = self.leads_to.get(value.as_str()).map(|choice| choice.variant.sku.clone());
            let is_sold_out = sku.is_none();
            html! {
                <option value={sku.unwrap_or_default()} selected={self.chosen == Some(value)} disabled={is_sold_out}>
                    { value }
                    if is_sold_out {
                        { self.sold_out() }
                    }
                </option>
            }
        };
        html! {
            <label class="option option--list" key={self.option.name.clone()}>
                <span class="option__name">{ self.name() }</span>
                <select class="select" {onchange}>{ for self.option.values.iter().map(entry) }</select>
            </label>
        }
    }
}
