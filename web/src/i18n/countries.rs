//! What countries are called. The browser knows: shipping the names would cost more than the whole form.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Intl::DisplayNames, JsString, Object};
use openapi::country;

use super::{Language, format};

/// A code and its name.
pub(crate) type Country = (&'static str, String);

thread_local! {
    static LISTED: RefCell<Option<(Language, Rc<[Country]>)>> = RefCell::default();
}

/// Every country by its name, in the order of that language.
pub(crate) fn countries(language: Language) -> Rc<[Country]> {
    LISTED.with_borrow_mut(|listed| match listed {
        Some((known, countries)) if *known == language => Rc::clone(countries),
        _ => {
            let countries = named(language);
            *listed = Some((language, Rc::clone(&countries)));
            countries
        }
    })
}

/// What one country is called.
pub(crate) fn name(language: Language, code: &str) -> String {
    let countries = countries(language);
    let known = countries.iter().find(|(known, _)| *known == code);
    known.map_or_else(|| code.to_owned(), |(_, name)| name.clone())
}

fn named(language: Language) -> Rc<[Country]> {
    let locales = Array::of1(&language.tag().into());
    let names = DisplayNames::new(&locales, &format::options(&[("type", "region")]));
    let mut countries: Vec<Country> = country::codes()
        .map(|code| (code, names.of(code).map_or_else(|| code.to_owned(), String::from)))
        .collect();
    countries.sort_by(|(_, one), (_, other)| {
        let order = JsString::from(one.as_str()).locale_compare(other, &locales, &Object::new());
        order.cmp(&0)
    });
    countries.into()
}
