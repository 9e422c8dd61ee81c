//! The pieces every form is made of. What is wrong stands right below its field and is tied to it.

use yew::prelude::*;

use super::{Glyph, icon};
use crate::hooks::Form;

/// A line of text to be entered.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextField<'a> {
    /// As in the body that is sent.
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    /// What the browser may fill in.
    pub(crate) autocomplete: &'static str,
    /// `text` unless told otherwise.
    pub(crate) kind: &'static str,
    /// What stands in it at first.
    pub(crate) value: &'a str,
    pub(crate) hint: &'static str,
    pub(crate) is_optional: bool,
    pub(crate) max_length: usize,
}

impl Form {
    /// The form with its fields.
    pub(crate) fn show(&self, onsubmit: Callback<SubmitEvent>, contents: Html) -> Html {
        html! {
            // Checked by us: the browser's own bubbles vanish, and are not in the visitor's language.
            <form ref={self.node.clone()} name={self.name} class="form" novalidate=true {onsubmit}
                aria-busy={self.is_sending.then_some("true")}>
                { self.summary() }
                { contents }
            </form>
        }
    }

    /// What is wrong with the whole of it.
    fn summary(&self) -> Html {
        let trouble = self.trouble();
        let text = match (&trouble.whole, trouble.fields.len()) {
            (Some(error), _) => Some(self.t.form_trouble(error)),
            (None, 0) => None,
            (None, count) => Some(self.t.check_fields(count)),
        };
        html! {
            <div role="alert">
                if let Some(text) = text {
                    <p class="form__trouble">{ icon(Glyph::Warning) }<span>{ text }</span></p>
                }
            </div>
        }
    }

    pub(crate) fn text(&self, field: &TextField) -> Html {
        let kind = if field.kind.is_empty() { "text" } else { field.kind };
        let max_length = if field.max_length == 0 { 254 } else { field.max_length };
        let input = html! {
            <input id={self.id(field.name)} class="input" type={kind} name={field.name} ~defaultValue={field.value.to_owned()}
                autocomplete={field.autocomplete} maxlength={max_length.to_string()}
                required={!field.is_optional} aria-invalid={self.invalid(field.name)}
                aria-describedby={self.described(field.name, field.hint)} />
        };
        self.frame(field.name, field.label, field.hint, field.is_optional, input)
    }

    /// A password, which can be shown while it is typed. `autocomplete` tells a present one from a new one.
    pub(crate) fn password(
        &self,
        name: &'static str,
        label: &'static str,
        autocomplete: &'static str,
        hint: &'static str,
    ) -> Html {
        let t = self.t;
        let is_shown = *self.is_revealed;
        let onclick = {
            let is_revealed = self.is_revealed.clone();
            Callback::from(move |_: MouseEvent| is_revealed.set(!*is_revealed))
        };
        let input = html! {
            <div class="password">
                <input id={self.id(name)} class="input" type={if is_shown { "text" } else { "password" }} {name}
                    {autocomplete} required=true autocapitalize="none" spellcheck="false"
                    aria-invalid={self.invalid(name)} aria-describedby={self.described(name, hint)} />
                <button type="button" class="icon-button password__toggle" aria-pressed={is_shown.to_string()}
                    aria-label={t.show_password()} title={t.show_password()} {onclick}>
                    { icon(if is_shown { Glyph::EyeOff } else { Glyph::Eye }) }
                </button>
            </div>
        };
        self.frame(name, label, hint, false, input)
    }

    /// Several lines of text that may be left out.
    pub(crate) fn area(
        &self,
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        max_length: usize,
    ) -> Html {
        let area = html! {
            <textarea id={self.id(name)} class="input" {name} rows="3" maxlength={max_length.to_string()}
                aria-invalid={self.invalid(name)} aria-describedby={self.described(name, hint)} />
        };
        self.frame(name, label, hint, true, area)
    }

    /// One of several. Each option is a value and what it is called.
    pub(crate) fn select<'a>(
        &self,
        name: &'static str,
        label: &'static str,
        autocomplete: &'static str,
        chosen: &str,
        options: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Html {
        let select = html! {
            <select id={self.id(name)} class="select" {name} {autocomplete} aria-invalid={self.invalid(name)}
                aria-describedby={self.described(name, "")}>
                { for options.map(|(value, words)| html! {
                    <option value={value.to_owned()} selected={value == chosen}>{ words }</option>
                }) }
            </select>
        };
        self.frame(name, label, "", false, select)
    }

    /// Something to be ticked.
    pub(crate) fn tick(&self, name: &'static str, label: &'static str, is_ticked: bool) -> Html {
        html! {
            <div class="form__field">
                <label class="check">
                    <input type="checkbox" {name} value="true" ~defaultChecked={is_ticked} aria-invalid={self.invalid(name)}
                        aria-describedby={self.described(name, "")} />
                    <span>{ label }</span>
                </label>
                { self.error(name) }
            </div>
        }
    }

    /// Sends the form. While it does, it says so, and pressing it again does nothing; it keeps the focus.
    pub(crate) fn button(&self, words: &str, class: &'static str) -> Html {
        html! {
            <button type="submit" class={classes!("btn", class)} aria-disabled={self.is_sending.then_some("true")}>
                if self.is_sending {
                    <span class="spinner"></span>{ self.t.one_moment() }
                } else {
                    { words }
                }
            </button>
        }
    }

    fn frame(&self, name: &str, label: &str, hint: &str, is_optional: bool, control: Html) -> Html {
        html! {
            <div class="form__field" key={name.to_owned()}>
                <label class="form__label" for={self.id(name)}>
                    { label }
                    if is_optional {
                        <span class="form__optional">{ self.t.optional() }</span>
                    }
                </label>
                { control }
                if !hint.is_empty() {
                    <p id={format!("{}-hint", self.id(name))} class="form__hint">{ hint }</p>
                }
                { self.error(name) }
            </div>
        }
    }

    fn error(&self, name: &str) -> Html {
        self.trouble().code_of(name).map_or_else(Html::default, |code| {
            html! {
                <p id={format!("{}-error", self.id(name))} class="form__error">
                    { icon(Glyph::Warning) }<span>{ self.t.field_trouble(name, code) }</span>
                </p>
            }
        })
    }

    fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.name)
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        self.trouble().code_of(name).map(|_| "true")
    }

    /// What belongs to a field besides its label.
    fn described(&self, name: &str, hint: &str) -> Option<String> {
        let id = self.id(name);
        match (self.trouble().code_of(name), hint.is_empty()) {
            (None, true) => None,
            (None, false) => Some(format!("{id}-hint")),
            (Some(_), true) => Some(format!("{id}-error")),
            (Some(_), false) => Some(format!("{id}-error {id}-hint")),
        }
    }
}
