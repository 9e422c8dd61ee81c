use yew::prelude::*;

use super::{Glyph, icon};
use crate::{
    hooks::{Menu, use_language, use_menu},
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

/// A button that unfolds the themes.
#[component]
pub(crate) fn ThemeSwitch() -> Html {
    let t = use_language();
    let Menu { is_open, whole, button, onclick, onkeydown, onfocusout } = use_menu();
    let Some(preferences) = use_context::<Preferences>() else {
        return Html::default();
    };
    let current = t.theme_name(preferences.theme);
    html! {
        <div class="menu" ref={whole} {onkeydown} {onfocusout}>
            <button ref={button} type="button" class="icon-button" aria-expanded={is_open.to_string()}
                aria-controls={PANEL} aria-label={format!("{}: {current}", t.theme())} {onclick}>
                { icon(glyph(preferences.theme)) }
            </button>
            <fieldset id={PANEL} class="menu__panel" hidden={!is_open}>
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
