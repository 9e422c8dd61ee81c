//! The few things asked of the browser directly. Nothing here fails: what a browser refuses is simply not done.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Array, JSON, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, FocusOptions, FormData, HtmlAnchorElement, HtmlElement,
    HtmlFormElement, ScrollIntoViewOptions, ScrollLogicalPosition, Storage, Url, Window,
};

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The first element that matches a selector.
pub(crate) fn element(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

/// The `<html>` element.
pub(crate) fn root() -> Option<Element> {
    document()?.document_element()
}

/// Sets an attribute of every element that matches.
pub(crate) fn set_attribute(selector: &str, name: &str, value: &str) {
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok()) else {
        return;
    };
    for index in 0..found.length() {
        if let Some(element) = found.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            // Only malformed attribute names are refused, and ours are literals.
            let _ = element.set_attribute(name, value);
        }
    }
}

/// What the tab and the history call this page.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the keyboard focus without moving the page.
pub(crate) fn focus(element: &Element) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus_with_options(&options);
    }
}

/// Moves the keyboard focus to the first element that matches, and the page so that it is seen.
pub(crate) fn focus_on(selector: &str) {
    if let Some(element) = element(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls whatever has to be scrolled for the first element that matches to be seen, and no further.
pub(crate) fn bring_into_view(selector: &str) {
    if let Some(element) = element(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the focused element went away, so that the keyboard has no place any more.
pub(crate) fn focus_is_lost() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_none_or(|element| element.tag_name() == "BODY")
}

/// Jumps to the top, as a browser does on a new page.
pub(crate) fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Path, and query with its question mark.
pub(crate) fn address() -> (String, String) {
    let location = window().map(|window| window.location());
    location.map_or_else(Default::default, |location| {
        (location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
    })
}

/// Shows another address of this shop, with the one before it in the history.
pub(crate) fn push_address(address: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Shows another address of this shop, and forgets this one.
pub(crate) fn replace_address(address: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Scheme, host and port.
pub(crate) fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Whether the browser believes to have a network.
pub(crate) fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Milliseconds on the browser's clock.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// Remembers a choice across visits, where the browser lets us.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Remembers something for as long as this tab is open, also when its page is loaded anew.
pub(crate) fn keep(key: &str, value: &str) {
    if let Some(storage) = tab_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// What this tab kept under this key.
pub(crate) fn kept(key: &str) -> Option<String> {
    tab_storage()?.get_item(key).ok().flatten()
}

/// Does not keep it any longer.
pub(crate) fn let_go(key: &str) {
    if let Some(storage) = tab_storage() {
        let _ = storage.remove_item(key);
    }
}

fn tab_storage() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

/// A key that nobody else has.
pub(crate) fn new_key() -> String {
    let mut bytes = [0; 16];
    let crypto = window().and_then(|window| window.crypto().ok());
    // Every browser that runs this program has it.
    let _ = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Waits for so many milliseconds.
pub(crate) async fn pause(milliseconds: u32) {
    let wait = Promise::new(&mut |done, _| {
        Timeout::new(milliseconds, move || drop(done.call0(&JsValue::UNDEFINED))).forget();
    });
    let _ = JsFuture::from(wait).await;
}

/// What was remembered under this key.
pub(crate) fn recall(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Forgets a remembered choice.
pub(crate) fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// Listens on the window until the answer is dropped.
pub(crate) fn on_window(
    event: &'static str,
    heard: impl Fn(&web_sys::Event) + 'static,
) -> Option<EventListener> {
    Some(EventListener::new(window()?.as_ref(), event, heard))
}

/// What stands in the fields of a form, by their names.
pub(crate) fn form_data(form: &HtmlFormElement) -> Option<FormData> {
    FormData::new_with_form(form).ok()
}

/// Hands a JSON answer to the visitor as a file. What the envelope holds is what they want, written to be read.
pub(crate) fn download_json(answer: &str, name: &str) -> Option<()> {
    let answer = JSON::parse(answer).ok()?;
    let data = js_sys::Reflect::get(&answer, &"data".into()).ok()?;
    let text = JSON::stringify_with_replacer_and_space(&data, &JsValue::NULL, &JsValue::from(2)).ok()?;
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    let _ = Url::revoke_object_url(&url);
    Some(())
}
