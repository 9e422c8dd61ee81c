use yew::prelude::*;

use crate::{i18n::Language, state::Preferences};

/// The visitor's language, and with it every message.
#[hook]
pub(crate) fn use_language() -> Language {
    use_context::<Preferences>().map_or(Language::English, |preferences| preferences.language)
}
