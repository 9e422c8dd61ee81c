//! Numbers and prices as a language writes them, by the browser's own `Intl`.

use std::{cell::RefCell, collections::HashMap};

use js_sys::{Array, Function, Intl::NumberFormat, Object, Reflect};
use openapi::Money;
use wasm_bindgen::JsValue;

use super::Language;

thread_local! {
    // A formatter takes long to make and a grid of products needs dozens of prices.
    static FORMATTERS: RefCell<HashMap<(Language, String), Function>> = RefCell::default();
}

/// A price, like "$1,099.99" or "1099,99 $". The exact decimal string goes to the browser, never a float.
pub(crate) fn price(language: Language, amount: Money, currency: &str) -> String {
    let exact = amount.to_string();
    formatted(language, currency, &exact).unwrap_or_else(|| format!("{exact} {currency}"))
}

/// A whole number, like "12,345" or "12.345".
pub(crate) fn integer(language: Language, number: u64) -> String {
    let digits = number.to_string();
    // Short numbers look the same everywhere, also where there is no browser.
    if number < 1_000 {
        return digits;
    }
    formatted(language, "", &digits).unwrap_or(digits)
}

fn formatted(language: Language, currency: &str, exact: &str) -> Option<String> {
    FORMATTERS.with_borrow_mut(|formatters| {
        let format = formatters
            .entry((language, currency.to_owned()))
            .or_insert_with(|| formatter(language, currency));
        format.call1(&JsValue::UNDEFINED, &JsValue::from_str(exact)).ok()?.as_string()
    })
}

fn formatter(language: Language, currency: &str) -> Function {
    let options = Object::new();
    if !currency.is_empty() {
        for (name, value) in
            [("style", "currency"), ("currency", currency), ("currencyDisplay", "narrowSymbol")]
        {
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&options, &name.into(), &value.into());
        }
    }
    NumberFormat::new(&Array::of1(&language.tag().into()), &options).format()
}
