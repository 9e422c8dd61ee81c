//! Numbers and prices as a language writes them, by the browser's own `Intl`.

use std::{cell::RefCell, collections::HashMap};

use js_sys::{Array, Date, Function, Intl::NumberFormat, Object, Reflect};
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

/// An amount as somebody typed it, like a price where it is known of which currency.
pub(crate) fn amount(language: Language, exact: &str, currency: Option<&str>) -> String {
    let formatted = currency.and_then(|currency| formatted(language, currency, exact));
    formatted.unwrap_or_else(|| exact.to_owned())
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

/// A day, like "31 January 2026", in the visitor's time zone.
pub(crate) fn day(language: Language, milliseconds: i64) -> String {
    written(language, milliseconds, &[("dateStyle", "long")])
}

/// A moment, like "31 Jan 2026, 12:00", in the visitor's time zone.
pub(crate) fn moment(language: Language, milliseconds: i64) -> String {
    written(language, milliseconds, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

fn written(language: Language, milliseconds: i64, style: &[(&str, &str)]) -> String {
    #[expect(clippy::cast_precision_loss, reason = "exact for the next 280 000 years")]
    let date = Date::new(&JsValue::from_f64(milliseconds as f64));
    date.to_locale_string(language.tag(), &options(style)).into()
}

/// An object for `Intl`.
pub(super) fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
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
    let options = if currency.is_empty() {
        Object::new()
    } else {
        options(&[("style", "currency"), ("currency", currency), ("currencyDisplay", "narrowSymbol")])
    };
    NumberFormat::new(&Array::of1(&language.tag().into()), &options).format()
}
