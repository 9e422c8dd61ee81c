//! What tests ask of a page, in terms of what a visitor sees.

use std::{fmt::Debug, time::Instant};

use serde::de::DeserializeOwned;
use serde_json::json;
use thirtyfour::{By, WebElement, error::WebDriverResult, extensions::query::ElementQueryable};

use super::{Browser, PATIENCE, PAUSE};

/// What comes from elsewhere: every request of this document whose origin is not its own.
const FOREIGN: &str = "
    const entries = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type));
    return entries.map((entry) => entry.name).filter((url) => new URL(url).origin !== location.origin);";

/// Whether the program has taken over from the first screen of index.html, and nothing is on its way any more.
const IS_READY: &str = "return document.querySelector('#main h1') !== null
    && document.querySelector('#main :is([aria-busy=true], .skeleton)') === null;";

/// How far down the window is.
const SCROLLED: &str = "return Math.round(scrollY);";

/// How much wider the page is than its window, and who is to blame.
const OVERFLOW: &str = "
    const width = document.documentElement.clientWidth;
    const beyond = document.documentElement.scrollWidth - width;
    const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > width + 1);
    return [innerWidth, beyond, beyond > 0 ? wide.map((e) => e.outerHTML.slice(0, 120)) : []];";

impl Browser {
    /// Opens a path as if it had been typed.
    pub async fn open(&self, path: &str) {
        self.assert_nothing_foreign().await;
        self.driver.goto(format!("{}{path}", self.origin)).await.unwrap();
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.assert_nothing_foreign().await;
        self.driver.refresh().await.unwrap();
        self.settle().await;
    }

    /// Goes back one page.
    pub async fn back(&self) {
        self.driver.back().await.unwrap();
        self.settle().await;
    }

    /// Waits until the storefront's page has arrived.
    pub async fn settle(&self) {
        self.shows("a page that has arrived", true, || self.script(IS_READY)).await;
    }

    /// Path and query.
    pub async fn address(&self) -> String {
        let url = self.driver.current_url().await.unwrap();
        url.as_str().strip_prefix(&self.origin).unwrap().to_owned()
    }

    /// Waits until the page is called this, by its heading.
    pub async fn heading_is(&self, text: &str) {
        self.settle().await;
        self.shows("the heading", Some(text.to_owned()), || {
            self.script("return document.querySelector('h1')?.textContent.trim() ?? null;")
        })
        .await;
    }

    /// Follows a link of the page's main part by its words or its label, and tells how far down that was.
    pub async fn follow(&self, name: &str) -> i64 {
        let link =
            self.bring(&format!("//main//a[normalize-space()={0} or @aria-label={0}]", quoted(name))).await;
        let height = self.script(SCROLLED).await.unwrap();
        link.click().await.unwrap();
        height
    }

    /// Clicks on what an `XPath` leads to, as soon as it is there.
    pub async fn click(&self, path: &str) {
        self.bring(path).await.click().await.unwrap();
    }

    /// What an `XPath` leads to, as soon as it is there, in the middle of the window.
    pub(super) async fn bring(&self, path: &str) -> WebElement {
        let element = self.driver.query(By::XPath(path)).and_displayed().first().await.unwrap();
        element.scroll_into_view().await.unwrap();
        element
    }

    /// Waits until the page is scrolled down this far.
    pub async fn is_scrolled_to(&self, height: i64) {
        self.shows("how far down it is", height, || self.script(SCROLLED)).await;
    }

    /// Waits until a question about the page is answered as expected.
    pub async fn shows<T: Debug + PartialEq>(
        &self,
        what: &str,
        expected: T,
        question: impl AsyncFn() -> WebDriverResult<T>,
    ) {
        let asked = Instant::now();
        loop {
            // An element may vanish between finding and reading it: that is no answer yet.
            let answer = question().await;
            if answer.as_ref().is_ok_and(|answer| *answer == expected) {
                return;
            }
            assert!(asked.elapsed() < PATIENCE, "{what}: expected {expected:?}, the page shows {answer:?}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// What a script answers.
    pub async fn script<T: DeserializeOwned>(&self, script: &str) -> WebDriverResult<T> {
        self.driver.execute(script, vec![]).await?.convert()
    }

    /// Gives the window another width.
    pub async fn resize(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await.unwrap();
    }

    /// Nothing stands out to the right, in a window of this width.
    pub async fn assert_fits(&self, expected: u32) {
        let (width, beyond, wide): (u32, i32, Vec<String>) = self.script(OVERFLOW).await.unwrap();
        assert_eq!(width, expected, "the window is not as wide as it should be");
        assert!(beyond <= 0, "{} is {beyond} pixels too wide: {wide:#?}", self.address().await);
    }

    /// Everything this document asked for came from the shop.
    pub async fn assert_nothing_foreign(&self) {
        let foreign: Vec<String> = self.script(FOREIGN).await.unwrap();
        let foreign: Vec<_> = foreign.into_iter().filter(|url| !url.starts_with("data:")).collect();
        assert!(foreign.is_empty(), "asked for elsewhere: {foreign:#?}");
    }

    /// The errors in the console since the last look; a breach of the content security policy is one.
    pub async fn console_errors(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.unwrap();
        let is_bad = |level: &str, message: &str| {
            matches!(level, "SEVERE" | "WARNING") || message.contains("Content Security Policy")
        };
        let refusals = self.refusals.lock().unwrap().clone();
        let is_expected = |message: &str| {
            let said = |status: &u16| message.contains(&format!("responded with a status of {status} "));
            message.contains("/api/") && refusals.iter().any(said)
        };
        entries
            .into_iter()
            .filter(|entry| is_bad(&entry.level, &entry.message) && !is_expected(&entry.message))
            .map(|entry| format!("{}: {}", entry.level, entry.message))
            .collect()
    }
}

/// A text as `XPath` writes it. Typographic apostrophes need no care; no test asks for both kinds of straight quotes.
pub(super) fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
