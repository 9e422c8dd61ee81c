use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Glyph, icon};
use crate::{domain::basket::typed_quantity, i18n::Language};

/// How many: one less, one more, or a number that is typed.
pub(crate) fn stepper(t: Language, name: &str, quantity: u32, most: u32, onchange: &Callback<u32>) -> Html {
    let button = |glyph: Glyph, label: String, next: u32, is_possible: bool| {
        let onclick = {
            let onchange = onchange.clone();
            Callback::from(move |_: MouseEvent| {
                if is_possible {
                    onchange.emit(next);
                }
            })
        };
        html! {
            // Not disabled: it may have the focus when it reaches the end.
            <button type="button" class="icon-button" aria-label={label}
                aria-disabled={(!is_possible).then_some("true")} {onclick}>
                { icon(glyph) }
            </button>
        }
    };
    let ontyped = {
        let onchange = onchange.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let next = typed_quantity(&input.value(), most).unwrap_or(quantity);
            input.set_value(&next.to_string());
            if next != quantity {
                onchange.emit(next);
            }
        })
    };
    html! {
        <div class="stepper" role="group" aria-label={format!("{}: {name}", t.quantity())}>
            { button(Glyph::Minus, t.fewer(name), quantity.saturating_sub(1), quantity > 1) }
            <input class="input stepper__number" type="text" inputmode="numeric" autocomplete="off" maxlength="3"
                aria-label={format!("{}: {name}", t.quantity())} value={quantity.to_string()} onchange={ontyped} />
            { button(Glyph::Plus, t.more(name), quantity + 1, quantity < most) }
        </div>
    }
}
