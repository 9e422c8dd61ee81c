use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Glyph, icon};
use crate::{
    domain::listing::{Amount, Listing},
    hooks::{use_language, use_show_list},
};

const IDS: [&str; 2] = ["price-min", "price-max"];
const ERROR: &str = "price-error";

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub listing: Listing,
    /// Of the prices, once that is known.
    pub currency: Option<AttrValue>,
}

/// What is typed into both fields, and whether it can be read.
#[derive(Clone, PartialEq, Default)]
struct Typed {
    texts: [String; 2],
    is_wrong: [bool; 2],
}

impl Typed {
    fn of(listing: &Listing) -> Self {
        let text = |amount: &Option<Amount>| amount.as_ref().map_or("", Amount::as_str).to_owned();
        Self { texts: [text(&listing.min_price), text(&listing.max_price)], is_wrong: [false; 2] }
    }

    /// With what now stands in the field an event comes from.
    fn with(&self, index: usize, event: &Event) -> Self {
        let mut next = self.clone();
        next.texts[index] = event.target_unchecked_into::<HtmlInputElement>().value();
        next
    }

    fn amount(&self, index: usize) -> Option<Amount> {
        Amount::parse(&self.texts[index])
    }

    /// With everything said to be wrong that cannot be read.
    fn checked(mut self) -> Self {
        self.is_wrong =
            [0, 1].map(|index| self.amount(index).is_none() && !self.texts[index].trim().is_empty());
        self
    }
}

/// From how much to how much, to be typed. Applied by Enter and by leaving a field, which the button is there for.
#[component]
pub(crate) fn PriceFilter(props: &Props) -> Html {
    let t = use_language();
    let show = use_show_list();
    let typed = use_state(|| Typed::of(&props.listing));
    {
        let typed = typed.clone();
        use_effect_with(Typed::of(&props.listing), move |current| typed.set(current.clone()));
    }
    // Enter and the button have changed the field before they send the form.
    let onsubmit = Callback::from(|event: SubmitEvent| event.prevent_default());
    let is_wrong = typed.is_wrong != [false; 2];
    let field = |index: usize, label: &'static str| {
        let oninput = {
            let typed = typed.clone();
            Callback::from(move |event: InputEvent| typed.set(typed.with(index, &event)))
        };
        let onchange = {
            let (typed, listing, show) = (typed.clone(), props.listing.clone(), show.clone());
            Callback::from(move |event: Event| {
                let next = typed.with(index, &event).checked();
                if next.is_wrong == [false; 2] {
                    show.emit(listing.between(next.amount(0), next.amount(1)));
                }
                typed.set(next);
            })
        };
        html! {
            <div class="price-filter__field">
                <label class="field__label" for={IDS[index]}>
                    { label }
                    if let Some(currency) = &props.currency {
                        { " (" }{ currency }{ ")" }
                    }
                </label>
                <input id={IDS[index]} class="input" type="text" inputmode="decimal" autocomplete="off"
                    value={typed.texts[index].clone()} aria-invalid={typed.is_wrong[index].then_some("true")}
                    {oninput} {onchange} aria-describedby={is_wrong.then_some(ERROR)} />
            </div>
        }
    };
    html! {
        <form class="price-filter" {onsubmit} novalidate={true}>
            { field(0, t.price_at_least()) }
            { field(1, t.price_at_most()) }
            <button type="submit" class="icon-button" aria-label={t.apply_price()}>{ icon(Glyph::ArrowRight) }</button>
            if is_wrong {
                <p id={ERROR} class="price-filter__error" role="alert">{ t.not_an_amount() }</p>
            }
        </form>
    }
}
