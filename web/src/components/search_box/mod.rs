//! The search field and what it suggests: a combobox as WAI-ARIA describes it. The focus stays in the field; the
//! suggestion that is looked at is named by `aria-activedescendant`.

mod options;
mod use_suggestions;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::{Glyph, icon};
use crate::{
    browser,
    domain::{
        listing::{Listing, words},
        suggesting::{Suggestion, step},
    },
    hooks::{use_language, use_location, use_navigator},
    routes::Route,
    state::Location,
};

use options::{option_id, options};
use use_suggestions::use_suggestions;

/// The form, for the button that unfolds it.
pub(super) const FORM: &str = "search";
const FIELD: &str = "search-field";
const OPTIONS: &str = "search-options";

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// On small screens: whether the field is to be seen.
    pub is_unfolded: bool,
    /// Nobody wants to search any more.
    pub onfold: Callback<()>,
}

/// The field on every page.
#[component]
pub(super) fn SearchBox(props: &Props) -> Html {
    let t = use_language();
    let navigator = use_navigator();
    let address = use_location();
    let typed = use_state_eq(String::new);
    let is_open = use_state_eq(|| false);
    let active = use_state_eq(|| None::<usize>);
    let field = use_node_ref();
    let groups = use_suggestions(&typed, *is_open);
    let count = groups.iter().map(|group| group.options.len()).sum::<usize>();
    let is_expanded = *is_open && count > 0;
    let chosen = active.filter(|_| is_expanded);

    // Wherever somebody goes, the field says what that page was searched by, and the suggestions are done with.
    {
        let (typed, is_open, active) = (typed.clone(), is_open.clone(), active.clone());
        use_effect_with(address, move |Location { path, query }| {
            let is_list = **path == Route::Products.href("");
            typed.set(Listing::from_query(query).words.filter(|_| is_list).unwrap_or_default());
            is_open.set(false);
            active.set(None);
        });
    }
    {
        let field = field.clone();
        use_effect_with(props.is_unfolded, move |is_unfolded| {
            if let Some(field) = field.cast::<HtmlElement>().filter(|_| *is_unfolded) {
                browser::focus(&field);
            }
        });
    }
    use_effect_with(chosen, |chosen| {
        if let Some(index) = chosen {
            browser::bring_into_view(&format!("#{}", option_id(*index)));
        }
    });

    let go = {
        let (is_open, onfold) = (is_open.clone(), props.onfold.clone());
        Callback::from(move |suggestion: Suggestion| {
            is_open.set(false);
            onfold.emit(());
            let (route, query) = destination(&suggestion);
            route.visit(&navigator, &query);
            browser::scroll_to_top();
        })
    };
    let oninput = {
        let (typed, is_open, active) = (typed.clone(), is_open.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
            is_open.set(true);
            active.set(None);
        })
    };
    let onkeydown = {
        let (typed, is_open, active) = (typed.clone(), is_open.clone(), active.clone());
        let (go, onfold) = (go.clone(), props.onfold.clone());
        let chosen =
            chosen.and_then(|index| groups.iter().flat_map(|group| &group.options).nth(index).cloned());
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            match (event.key().as_str(), &chosen) {
                (arrow @ ("ArrowDown" | "ArrowUp"), _) => {
                    event.prevent_default();
                    is_open.set(true);
                    active.set(step(*active, count, arrow == "ArrowDown"));
                }
                ("Enter", Some(suggestion)) => {
                    event.prevent_default();
                    go.emit(suggestion.clone());
                }
                // Those move the cursor in the field.
                ("Home" | "End" | "ArrowLeft" | "ArrowRight", _) => active.set(None),
                ("Escape", _) if is_expanded => {
                    event.prevent_default();
                    is_open.set(false);
                    active.set(None);
                }
                ("Escape", _) if typed.is_empty() => onfold.emit(()),
                ("Escape", _) => typed.set(String::new()),
                _ => {}
            }
        })
    };
    let onsubmit = {
        let (typed, go) = (typed.clone(), go.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(words) = words(&typed) {
                go.emit(Suggestion::Words(words));
            }
        })
    };
    let open = |is_wanted: bool| {
        let is_open = is_open.clone();
        move || is_open.set(is_wanted)
    };
    let (onfocus, onclick, onblur) = (open(true), open(true), open(false));
    let onclear = {
        let (typed, field) = (typed.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            typed.set(String::new());
            if let Some(field) = field.cast::<HtmlElement>() {
                browser::focus(&field);
            }
        })
    };
    html! {
        <form id={FORM} class={classes!("search", props.is_unfolded.then_some("is-unfolded"))} role="search" {onsubmit}>
            <label class="sr-only" for={FIELD}>{ t.search_for() }</label>
            <span class="search__icon">{ icon(Glyph::Search) }</span>
            <input ref={field} id={FIELD} class="input search__field" name="q" type="text" inputmode="search"
                enterkeyhint="search" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="200"
                placeholder={t.search_hint()} value={(*typed).clone()} role="combobox" aria-autocomplete="list"
                aria-haspopup="listbox" aria-expanded={is_expanded.to_string()} aria-controls={OPTIONS}
                aria-activedescendant={chosen.map(option_id)} {oninput} {onkeydown}
                onfocus={move |_| onfocus()} onclick={move |_| onclick()} onblur={move |_| onblur()} />
            if !typed.is_empty() {
                <button type="button" class="icon-button search__clear" aria-label={t.clear_search()} onclick={onclear}>
                    { icon(Glyph::Close) }
                </button>
            }
            // The mouse must not take the focus out of the field.
            <div id={OPTIONS} class="search__options" role="listbox" aria-label={t.suggestions()} hidden={!is_expanded}
                onmousedown={|event: MouseEvent| event.prevent_default()}>
                { options(t, &groups, chosen, &go) }
            </div>
        </form>
    }
}

fn destination(suggestion: &Suggestion) -> (Route, String) {
    match suggestion {
        Suggestion::Product(product) => (Route::product(&product.slug), String::new()),
        Suggestion::Category { slug, .. } => (Route::category(slug), String::new()),
        Suggestion::Words(words) => (Route::Products, Listing::searching(words).to_query()),
    }
}
