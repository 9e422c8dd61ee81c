use uuid::Uuid;
use yew::prelude::*;

use crate::{
    components::{Glyph, icon, stepper},
    domain::basket::{MOST, Wish},
    hooks::{use_basket, use_language},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub variant: Uuid,
    pub stock: i64,
    pub name: AttrValue,
}

/// How many, and into the cart with them.
#[component]
pub(super) fn Purchase(props: &Props) -> Html {
    let t = use_language();
    let keeper = use_basket();
    let quantity = use_state(|| 1_u32);
    let most = u32::try_from(props.stock).unwrap_or_default().min(MOST);
    if most == 0 {
        return html! {
            <div class="purchase">
                <button type="button" class="btn btn--primary btn--large" disabled=true>{ t.sold_out() }</button>
            </div>
        };
    }
    // Of what is left, somebody else may have bought some.
    let chosen = (*quantity).min(most);
    let is_adding = keeper.look().is_adding();
    let onclick = {
        let (variant, name) = (props.variant, props.name.to_string());
        Callback::from(move |_: MouseEvent| {
            if !keeper.look().is_adding() {
                keeper.want(Wish::Add { variant, quantity: chosen, name: name.clone() });
            }
        })
    };
    let onchange = Callback::from(move |next| quantity.set(next));
    html! {
        <div class="purchase">
            { stepper(t, &props.name, chosen, most, &onchange) }
            <button type="button" class="btn btn--primary btn--large" aria-disabled={is_adding.then_some("true")} {onclick}>
                { icon(Glyph::Bag) }{ t.add_to_cart() }
            </button>
        </div>
    }
}
