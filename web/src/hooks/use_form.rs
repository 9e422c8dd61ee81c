use std::{cell::Cell, future::Future, pin::Pin, rc::Rc};

use wasm_bindgen_futures::spawn_local;
use web_sys::{FormData, HtmlFormElement};
use yew::prelude::*;

use super::use_language;
use crate::{
    browser,
    client::ClientError,
    domain::form::{FormTrouble, Rule, check},
    i18n::Language,
};

/// What sending a form does. Boxed, so that forms share one machinery.
pub(crate) type Work = Pin<Box<dyn Future<Output = Result<(), ClientError>>>>;

/// What the visitor entered. Fields are called as in the body that is sent.
pub(crate) struct Values(FormData);

impl Values {
    /// As it was typed; nothing for fields that are not shown and boxes that are not ticked.
    pub(crate) fn raw(&self, field: &str) -> Option<String> {
        self.0.get(field).as_string()
    }

    /// As it was typed: for passwords.
    pub(crate) fn exact(&self, field: &str) -> String {
        self.raw(field).unwrap_or_default()
    }

    /// Without the blanks around it.
    pub(crate) fn text(&self, field: &str) -> String {
        self.exact(field).trim().to_owned()
    }

    /// Without the blanks around it, if anything is left.
    pub(crate) fn optional(&self, field: &str) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }
}

/// The outcome of sending, each time another one: the same mistake twice is told twice.
#[derive(Debug, Clone, PartialEq, Default)]
struct Outcome {
    number: u32,
    trouble: FormTrouble,
}

/// A form: what is wrong with it, whether it is being sent, and its fields in `components::form`.
#[derive(Clone)]
pub(crate) struct Form {
    pub(crate) t: Language,
    /// Sets its fields apart from those of other forms on the page.
    pub(crate) name: &'static str,
    pub(crate) node: NodeRef,
    pub(crate) is_sending: bool,
    /// Whether passwords are shown.
    pub(crate) is_revealed: UseStateHandle<bool>,
    fields: &'static [(&'static str, Rule)],
    outcome: UseStateHandle<Outcome>,
    set_sending: UseStateSetter<bool>,
    progress: Rc<Progress>,
}

/// What callbacks must know at once, not after the next rendering.
#[derive(Debug, Default)]
struct Progress {
    is_sending: Cell<bool>,
    outcomes: Cell<u32>,
}

/// A form with these fields. The focus moves to the first field that has to be corrected.
#[hook]
pub(crate) fn use_form(name: &'static str, fields: &'static [(&'static str, Rule)]) -> Form {
    let t = use_language();
    let node = use_node_ref();
    let outcome = use_state(Outcome::default);
    let is_sending = use_state(|| false);
    let is_revealed = use_state(|| false);
    let progress = use_memo((), |()| Progress::default());
    use_effect_with((*outcome).clone(), move |outcome| {
        if !outcome.trouble.fields.is_empty() {
            browser::focus_on(&format!("form[name={name}] [aria-invalid=true]"));
        }
    });
    Form {
        t,
        name,
        node,
        is_sending: *is_sending,
        is_revealed,
        fields,
        outcome,
        set_sending: is_sending.setter(),
        progress,
    }
}

impl Form {
    /// What has to be corrected.
    pub(crate) fn trouble(&self) -> &FormTrouble {
        &self.outcome.trouble
    }

    /// Checks what was entered, then does the work, once at a time.
    pub(crate) fn onsubmit(&self, work: impl Fn(&Values) -> Work + 'static) -> Callback<SubmitEvent> {
        let form = self.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(values) = form.values().filter(|_| !form.progress.is_sending.get()) else {
                return;
            };
            let trouble = check(form.fields, |field| values.raw(field));
            let is_fine = trouble.is_empty();
            form.conclude(trouble);
            if is_fine {
                form.send(work(&values));
            }
        })
    }

    /// Empties every field.
    pub(crate) fn clear(&self) {
        if let Some(form) = self.node.cast::<HtmlFormElement>() {
            form.reset();
        }
    }

    fn values(&self) -> Option<Values> {
        browser::form_data(&self.node.cast()?).map(Values)
    }

    fn send(&self, work: Work) {
        self.progress.is_sending.set(true);
        self.set_sending.set(true);
        let form = self.clone();
        spawn_local(async move {
            let result = work.await;
            form.progress.is_sending.set(false);
            form.set_sending.set(false);
            if let Err(error) = result {
                let known: Vec<&str> = form.fields.iter().map(|(field, _)| *field).collect();
                form.conclude(FormTrouble::of(error, &known));
            }
        });
    }

    fn conclude(&self, trouble: FormTrouble) {
        let number = self.progress.outcomes.get() + 1;
        self.progress.outcomes.set(number);
        self.outcome.set(Outcome { number, trouble });
    }
}
