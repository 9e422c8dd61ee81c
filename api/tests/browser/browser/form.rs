//! What tests do with a form, in the words its visitor reads.

use thirtyfour::error::WebDriverResult;

use super::{Browser, page::quoted};

/// What a field is called, without what else its label says.
const NAME: &str = "
    const name = (field) => {
        const label = field?.labels?.[0];
        return label ? (label.firstChild.data ?? label.textContent) : null;
    };";

/// What the field with the focus is called, if it is one.
const FOCUSED: &str = "return name(document.activeElement);";

/// What is said to be wrong, field by field.
const ERRORS: &str = "
    return [...document.querySelectorAll('main [aria-invalid=true]')].map((field) => {
        const error = field.getAttribute('aria-describedby').split(' ')[0];
        return [name(field), document.getElementById(error).textContent];
    });";

/// What is shown for a few seconds.
const TOAST: &str = "return document.querySelector('.toast')?.textContent ?? null;";

/// What keeps some visitors from using the page: no heading or several, controls without a name, references to
/// nothing, ids given twice, targets too small to be hit.
const OBSTACLES: &str = "
    const found = [];
    const all = (selector) => [...document.querySelectorAll(selector)];
    const shown = (e) => e.checkVisibility() && !e.closest('.sr-only, .skip-link');
    if (all('h1').length !== 1) found.push(`${all('h1').length} main headings`);
    const ids = all('[id]').map((e) => e.id);
    found.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`));
    for (const e of all('button, a[href], input, select').filter(shown)) {
        const name = e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent;
        if (!name.trim()) found.push(`no name: ${e.outerHTML.slice(0, 120)}`);
    }
    for (const e of all('[aria-describedby], [aria-controls]')) {
        const of = `${e.getAttribute('aria-describedby') ?? ''} ${e.getAttribute('aria-controls') ?? ''}`.trim();
        found.push(...of.split(/ +/).filter((id) => !ids.includes(id)).map((id) => `nothing is called ${id}`));
    }
    // Some links reach beyond their words: over the whole card they stand on.
    const target = (e) => getComputedStyle(e, '::after').position === 'absolute' ? e.offsetParent : e;
    for (const e of all('main :is(button, a[href], select, .input, .check), header button').filter(shown)) {
        const { width, height } = target(e).getBoundingClientRect();
        if (width < 43.5 || height < 43.5) found.push(`${width}×${height}: ${e.outerHTML.slice(0, 120)}`);
    }
    return found;";

impl Browser {
    /// Enters a text into the field with this label, instead of what stood there.
    pub async fn enter(&self, label: &str, text: &str) {
        let field = self.bring(&field(label)).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses these keys, one after the other, wherever the focus is.
    pub async fn keys(&self, keys: &str) {
        let focused = self.driver.active_element().await.unwrap();
        focused.send_keys(keys).await.unwrap();
    }

    /// Picks one of several by the words a visitor reads.
    pub async fn pick(&self, label: &str, option: &str) {
        let option = quoted(option);
        self.click(&format!("{}/option[normalize-space()={option}]", field(label))).await;
    }

    /// Presses a button of the page by its words or its label.
    pub async fn press(&self, name: &str) {
        let name = quoted(name);
        self.click(&format!(
            "//button[not(ancestor::*[@hidden]) and (normalize-space()={name} or @aria-label={name})]"
        ))
        .await;
    }

    /// Waits until these are the errors, field by field, and the focus is in the first of those fields.
    pub async fn complains(&self, errors: &[(&str, &str)]) {
        let owned = |(label, error): &(&str, &str)| ((*label).to_owned(), (*error).to_owned());
        let expected: Vec<(String, String)> = errors.iter().map(owned).collect();
        self.shows("what is wrong", expected, async || self.script(&format!("{NAME}{ERRORS}")).await).await;
        let first = errors.first().map(|(label, _)| (*label).to_owned());
        self.shows("the field with the focus", first, async || {
            self.script(&format!("{NAME}{FOCUSED}")).await
        })
        .await;
    }

    /// Waits until this is said for a few seconds.
    pub async fn tells(&self, text: &str) {
        self.shows("the news", Some(text.to_owned()), || self.script(TOAST)).await;
    }

    /// What the page says in its main part.
    pub async fn words(&self) -> WebDriverResult<String> {
        self.script("return document.querySelector('main').innerText.replace(/\\s+/g, ' ');").await
    }

    /// Nothing on the page keeps anybody from using it, as far as a script can tell.
    pub async fn assert_usable(&self) {
        let obstacles: Vec<String> = self.script(OBSTACLES).await.unwrap();
        assert!(obstacles.is_empty(), "{}: {obstacles:#?}", self.address().await);
    }
}

fn field(label: &str) -> String {
    format!("//main//*[@id=//main//label[normalize-space(text()[1])={}]/@for]", quoted(label))
}
