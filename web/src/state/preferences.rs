//! The visitor's language and theme.

use yew::prelude::*;

use super::Theme;
use crate::{browser, i18n::Language};

/// boot.js reads this before the first paint.
const LANGUAGE_KEY: &str = "bottega.language";

/// What the visitor prefers, and how to change it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Preferences {
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) set_language: Callback<Language>,
    pub(crate) set_theme: Callback<Theme>,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub children: Html,
}

/// Holds the preferences; starts from what boot.js put on the `<html>` element.
#[component]
pub(crate) fn PreferencesProvider(props: &Props) -> Html {
    let language = use_state(|| {
        let tag = browser::root().and_then(|root| root.get_attribute("lang"));
        Language::from_tag(&tag.unwrap_or_default())
    });
    let theme = use_state(Theme::current);
    let set_language = use_callback((), {
        let language = language.clone();
        move |chosen: Language, ()| {
            browser::set_attribute("html", "lang", chosen.tag());
            browser::remember(LANGUAGE_KEY, chosen.tag());
            language.set(chosen);
        }
    });
    let set_theme = use_callback((), {
        let theme = theme.clone();
        move |chosen: Theme, ()| {
            chosen.apply();
            theme.set(chosen);
        }
    });
    let preferences = Preferences { language: *language, theme: *theme, set_language, set_theme };
    html! {
        <ContextProvider<Preferences> context={preferences}>{ props.children.clone() }</ContextProvider<Preferences>>
    }
}
