use yew::prelude::*;

use crate::{
    components::{Glyph, Picture, icon},
    domain::suggesting::{Group, Kind, Suggestion},
    i18n::{Language, format},
};

/// What the option with this number is called in the document.
pub(super) fn option_id(index: usize) -> String {
    format!("search-option-{index}")
}

/// Every suggestion in its group. One of them may be looked at.
pub(super) fn options(
    t: Language,
    groups: &[Group],
    active: Option<usize>,
    onchoose: &Callback<Suggestion>,
) -> Html {
    let mut next = 0;
    let groups = groups.iter().enumerate().map(|(number, group)| {
        let first = next;
        next += group.options.len();
        let option = |(suggestion, index): (&Suggestion, usize)| {
            let onclick = {
                let suggestion = suggestion.clone();
                onchoose.reform(move |_: MouseEvent| suggestion.clone())
            };
            let is_active = active == Some(index);
            html! {
                <div id={option_id(index)} class="search__option" role="option" aria-selected={is_active.to_string()}
                    {onclick}>
                    { face(t, suggestion, &group.kind) }
                </div>
            }
        };
        let heading = format!("search-group-{number}");
        html! {
            <div class="search__group" role="group" aria-labelledby={heading.clone()}>
                <p id={heading} class={classes!("search__heading", (group.kind == Kind::Everything).then_some("sr-only"))}
                    role="presentation">
                    { t.suggestion_group(&group.kind) }
                </p>
                { for group.options.iter().zip(first..).map(option) }
            </div>
        }
    });
    groups.collect()
}

fn face(t: Language, suggestion: &Suggestion, kind: &Kind) -> Html {
    match suggestion {
        Suggestion::Product(product) => html! {
            <>
                <span class="search__picture"><Picture src={product.image_url.clone().map(AttrValue::from)} /></span>
                <span class="search__name">{ &product.name }</span>
                <span class="search__price">{ format::price(t, product.price, &product.currency) }</span>
            </>
        },
        Suggestion::Category { name, .. } => html! { <>{ icon(Glyph::Shelf) }<span>{ name }</span></> },
        Suggestion::Words(words) => {
            let text = if *kind == Kind::Everything { t.see_all_results(words) } else { words.clone() };
            html! { <>{ icon(Glyph::Search) }<span>{ text }</span></> }
        }
    }
}
