use yew::prelude::*;

use crate::{hooks::use_language, i18n::Language, state::Preferences};

/// One button per language, each in its own words.
#[component]
pub(crate) fn LanguageSwitch() -> Html {
    let t = use_language();
    let Some(preferences) = use_context::<Preferences>() else {
        return Html::default();
    };
    html! {
        <fieldset class="segments">
            <legend class="sr-only">{ t.language() }</legend>
            { for Language::ALL.into_iter().map(|language| {
                let onchange = preferences.set_language.reform(move |_: Event| language);
                html! {
                    <label class="segment">
                        <input type="radio" name="language" class="sr-only" value={language.tag()}
                            checked={language == t} {onchange} />
                        <span class="segment__face" aria-hidden="true">{ language.tag() }</span>
                        <span class="sr-only" lang={language.tag()}>{ language.own_name() }</span>
                    </label>
                }
            }) }
        </fieldset>
    }
}
