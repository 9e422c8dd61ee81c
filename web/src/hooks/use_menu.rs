use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use crate::browser;

/// A button that unfolds something, and what it unfolds.
pub(crate) struct Menu {
    pub(crate) is_open: bool,
    /// The element around button and panel.
    pub(crate) whole: NodeRef,
    pub(crate) button: NodeRef,
    pub(crate) onclick: Callback<MouseEvent>,
    pub(crate) onkeydown: Callback<KeyboardEvent>,
    pub(crate) onfocusout: Callback<FocusEvent>,
}

/// Escape, or looking elsewhere, folds it up again.
#[hook]
pub(crate) fn use_menu() -> Menu {
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
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
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
    Menu { is_open: *is_open, whole, button, onclick, onkeydown, onfocusout }
}
