//! Finding things by words: by keyboard alone, on a small screen, and with typing errors.

use thirtyfour::error::WebDriverResult;

use crate::{
    browser::{Browser, Screen},
    shop::visit,
};

/// How far somebody gets with the Tab key who looks for the search field.
const STEPS_TO_THE_FIELD: usize = 5;

/// What is suggested, in order; nothing while the list is closed.
const OPTIONS: &str = "
    const list = document.querySelector('#search-field[aria-expanded=true]') && document.querySelector('[role=listbox]');
    return [...list?.querySelectorAll('[role=option]') ?? []].map((option) => option.innerText.split('\\n')[0]);";

/// The suggestion the field points to, when that is also the one that says to be chosen.
const ACTIVE: &str = "
    const id = document.querySelector('#search-field').getAttribute('aria-activedescendant');
    const option = id && document.getElementById(id);
    return option?.ariaSelected === 'true' ? option.innerText.split('\\n')[0] : null;";

const FOCUSED: &str = "return document.activeElement.id || document.activeElement.tagName;";

const SAID: &str = "return document.querySelector('#app > p[role=status]').textContent;";

const PRODUCTS: &str = "
    if (document.querySelector('main [aria-busy=true]')) return [];
    return [...document.querySelectorAll('main .product-card h2 a')].map((a) => a.textContent);";

/// From now on the answer to the first word arrives long after those to all others.
const HOLD_BACK_LAPTOPS: &str = "
    const ask = window.fetch;
    window.fetch = async (request) => {
        const answer = await ask(request);
        if (request.url.includes('q=laptop')) {
            await new Promise((wake) => { window.letLaptopsGo = wake; });
            setTimeout(() => { window.laptopsHaveArrived = true; }, 300);
        }
        return answer;
    };";

#[tokio::test]
async fn searching_needs_nothing_but_the_keyboard() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/").await;
        browser.settle().await;
        tab_to_the_field(browser).await;
        browser
            .shows("that something popular is offered", false, async || {
                Ok(options(browser).await?.is_empty())
            })
            .await;

        browser.keys("iphone").await;
        suggests(browser, "iPhone 15 Pro").await;
        browser.shows("what is said", "1 suggestion".to_owned(), || browser.script(SAID)).await;
        browser.keys(DOWN).await;
        is_active(browser, Some("iPhone 15 Pro")).await;
        browser.keys(DOWN).await;
        is_active(browser, Some("See all results for “iphone”")).await;
        browser.keys(DOWN).await;
        is_active(browser, None).await;
        browser.keys(UP).await;
        is_active(browser, Some("See all results for “iphone”")).await;
        browser.keys(HOME).await;
        is_active(browser, None).await;

        browser.keys(ESCAPE).await;
        browser.shows("the suggestions", Vec::<String>::new(), || options(browser)).await;
        is_focused(browser, "search-field").await;
        browser.keys(ENTER).await;
        browser.heading_is("Results for “iphone”").await;
        assert_eq!(browser.address().await, "/products?q=iphone");
        is_focused(browser, "H1").await;
        assert!(names(browser).await.unwrap().contains(&"iPhone 15 Pro".to_owned()));

        browser.open("/products").await;
        browser.settle().await;
        tab_to_the_field(browser).await;
        browser.keys("iphone").await;
        suggests(browser, "iPhone 15 Pro").await;
        browser.keys(DOWN).await;
        browser.keys(ENTER).await;
        browser.heading_is("iPhone 15 Pro").await;
    })
    .await;
}

#[tokio::test]
async fn a_typing_error_finds_what_was_meant() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/products?q=iphnoe").await;
        browser.heading_is("Results for “iphnoe”").await;
        assert!(names(browser).await.unwrap().contains(&"iPhone 15 Pro".to_owned()));
        let words = browser.words().await.unwrap();
        assert!(words.contains("Showing results for “iphone” instead of “iphnoe”."), "{words}");
    })
    .await;
}

#[tokio::test]
async fn what_was_found_is_narrowed_down_by_where_it_was_found() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/products?q=pro").await;
        browser.heading_is("Results for “pro”").await;
        let found = names(browser).await.unwrap();
        browser.click("//main//aside//a[span='Smartphones']").await;
        browser
            .shows("the address", "/products?q=pro&category=smartphones".to_owned(), async || {
                Ok(browser.address().await)
            })
            .await;
        browser.settle().await;
        let phones = names(browser).await.unwrap();
        assert!(!phones.is_empty() && phones.len() < found.len(), "{phones:?} of {found:?}");
        // The other categories are still on offer.
        browser.click("//main//aside//a[span='All categories']").await;
        browser.shows("the list", found, || names(browser)).await;
    })
    .await;
}

#[tokio::test]
async fn who_finds_nothing_is_helped_on() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/products?q=zzzzqqqq").await;
        browser.heading_is("Results for “zzzzqqqq”").await;
        let words = browser.words().await.unwrap();
        assert!(words.contains("Nothing found for “zzzzqqqq”"), "{words}");
        browser.follow("Show everything").await;
        browser.heading_is("All products").await;
        let field = "return document.querySelector('#search-field').value;";
        browser.shows("what stands in the field", String::new(), || browser.script(field)).await;
    })
    .await;
}

#[tokio::test]
async fn a_late_answer_replaces_no_later_one() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/").await;
        browser.settle().await;
        browser.script::<()>(HOLD_BACK_LAPTOPS).await.unwrap();
        tab_to_the_field(browser).await;
        browser.keys("laptop").await;
        let is_held = "return window.letLaptopsGo !== undefined;";
        browser.shows("that the first answer is held back", true, || browser.script(is_held)).await;
        for _ in "laptop".chars() {
            browser.keys(BACKSPACE).await;
        }
        browser.keys("iphone").await;
        suggests(browser, "iPhone 15 Pro").await;
        let suggested = options(browser).await.unwrap();
        browser.script::<()>("window.letLaptopsGo();").await.unwrap();
        let is_there = "return window.laptopsHaveArrived === true;";
        browser.shows("that the first answer has arrived", true, || browser.script(is_there)).await;
        assert_eq!(options(browser).await.unwrap(), suggested);
    })
    .await;
}

#[tokio::test]
async fn a_phone_unfolds_the_field_and_taps_a_suggestion() {
    visit(Screen::Phone, async |shop| {
        let browser = &shop.browser;
        browser.open("/").await;
        browser.settle().await;
        browser.press("Search").await;
        is_focused(browser, "search-field").await;
        browser.keys("smartph").await;
        suggests(browser, "Smartphones").await;
        browser.assert_fits(320).await;
        browser.assert_usable().await;
        browser.click("//*[@role='option'][normalize-space()='Smartphones']").await;
        browser.heading_is("Smartphones").await;
        assert_eq!(browser.address().await, "/categories/smartphones");
        let is_shown = "return document.querySelector('#search-field').checkVisibility();";
        browser.shows("whether the field is folded away", false, || browser.script(is_shown)).await;
        browser.open("/products?q=pro").await;
        browser.settle().await;
        browser.assert_fits(320).await;
    })
    .await;
}

const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const HOME: &str = "\u{e011}";
const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";
const BACKSPACE: &str = "\u{e003}";
const TAB: &str = "\u{e004}";

async fn tab_to_the_field(browser: &Browser) {
    for _ in 0..STEPS_TO_THE_FIELD {
        if browser.script::<String>(FOCUSED).await.unwrap() == "search-field" {
            return;
        }
        browser.keys(TAB).await;
    }
    is_focused(browser, "search-field").await;
}

async fn is_focused(browser: &Browser, id: &str) {
    browser.shows("what has the focus", id.to_owned(), || browser.script(FOCUSED)).await;
}

async fn is_active(browser: &Browser, option: Option<&str>) {
    browser.shows("the suggestion looked at", option.map(str::to_owned), || browser.script(ACTIVE)).await;
}

/// Waits until this is the first suggestion.
async fn suggests(browser: &Browser, first: &str) {
    let asked = async || Ok(options(browser).await?.into_iter().next());
    browser.shows("the first suggestion", Some(first.to_owned()), asked).await;
}

async fn options(browser: &Browser) -> WebDriverResult<Vec<String>> {
    browser.script(OPTIONS).await
}

async fn names(browser: &Browser) -> WebDriverResult<Vec<String>> {
    browser.script(PRODUCTS).await
}
