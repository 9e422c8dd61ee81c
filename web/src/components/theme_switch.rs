use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use super::{Glyph, icon};
use crate::{
    browser,
    hooks::use_language,
    state::{Preferences, Theme},
};

const PANEL: &str = "theme-panel";

const fn glyph(theme: Theme) -> Glyph {
    match theme {
        Theme::System => Glyph::Device,
        Theme::Light => Glyph::Sun,
        Theme::Dark => Glyph::Moon,
    }
}

/// A button that unfolds the themes. Escape, or looking elsewhere, folds them up again.
#[component]
pub(crate) fn ThemeSwitch() -> Html {
    let t = use_language();
    let is_open = use_state(|| false);
    let button = use_node_ref();
    let whole = use_node_ref();
    {
        let (is_open, whole) = (is_open.clone(), whole.clone());
        use_effect_with(*is_open, move |open| {
            // Not every browser focuses what is clicked, so losing the focus is not enough.
            let listener = open
                .then(|| {
                    browser::on_window("pointerdown", move |event| {
                        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                        let is_inside = whole.get().is_some_and(|whole| whole.contains(target.as_ref()));
                        if !is_inside {
                            is_open.set(false);
                        }
                    })
                })
                .flatten();
            move || drop(listener)
        });
    }
    let Some(preferences) = use_context::<Preferences>() else {
        return Html::default();
    };

    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_| is_open.set(!*is_open))
    };
    let onkeydown = {
        let (is_open, button) = (is_open.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && *is_open {
                is_open.set(false);
                if let Some(button) = button.cast::<HtmlElement>() {
                    browser::focus(&button);
                }
            }
        })
    };
    let onfocusout = {
        let (is_open, whole) = (is_open.clone(), whole.clone());
        Callback::from(move |event: FocusEvent| {
            let next = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            if let Some(next) = next
                && !whole.get().is_some_and(|whole| whole.contains(Some(&next)))
            {
                is_open.set(false);
            }
        })
    };
    let current = t.theme_name(preferences.theme);
    html! {
        <div class="menu" ref={whole} {onkeydown} {onfocusout}>
            <button ref={button} type="button" class="icon-button" aria-expanded={is_open.to_string()}
                aria-controls={PANEL} aria-label={format!("{}: {current}", t.theme())} {onclick}>
                { icon(glyph(preferences.theme)) }
            </button>
            <fieldset id={PANEL} class="menu__panel" hidden={!*is_open}>
                <legend class="sr-only">{ t.theme() }</legend>
                { for Theme::ALL.into_iter().map(|theme| {
                    let onchange = preferences.set_theme.reform(move |_: Event| theme);
                    html! {
                        <label class="menu__item">
                            <input type="radio" name="theme" class="sr-only" value={theme.code()}
                                checked={theme == preferences.theme} {onchange} />
                            { icon(glyph(theme)) }
                            <span>{ t.theme_name(theme) }</span>
                            <span class="menu__mark">{ icon(Glyph::Check) }</span>
                        </label>
                    }
                }) }
            </fieldset>
        </div>
    }
}
