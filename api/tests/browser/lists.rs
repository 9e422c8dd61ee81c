//! A visitor's ways through categories and lists, and what narrows them down.

use thirtyfour::error::WebDriverResult;

use crate::{
    browser::{Browser, Screen},
    shop::visit,
};

/// The names of the products on the page, once they have all arrived.
const PRODUCTS: &str = "
    if (document.querySelector('main [aria-busy=true]')) return [];
    return [...document.querySelectorAll('main .product-card h2 a')].map((a) => a.textContent);";

/// What the list is narrowed down by.
const CHIPS: &str = "
    return [...document.querySelectorAll('ul[aria-label=\"Active filters\"] li')].map((chip) => chip.textContent);";

const WAY: &str = "
    return [...document.querySelectorAll('nav[aria-label=Breadcrumbs] li')].map((step) => step.textContent);";

/// What was said last to those who do not see the page.
const SAID: &str = "return document.querySelector('#app > p[role=status]').textContent;";

const IS_ON_SALE_SET: &str = "
    return [...document.querySelectorAll('main label')].find((label) => label.textContent === 'On sale').control.checked;";

#[tokio::test]
async fn categories_lead_to_a_category_and_on_to_a_product() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/categories").await;
        browser.heading_is("Categories").await;
        browser.follow("Electronics").await;
        browser.heading_is("Electronics").await;
        assert_eq!(browser.address().await, "/categories/electronics");
        browser.follow("Smartphones").await;
        browser.heading_is("Smartphones").await;
        assert_eq!(browser.address().await, "/categories/smartphones");
        let way = ["Home", "Categories", "Electronics", "Smartphones"].map(str::to_owned).to_vec();
        browser.shows("the way here", way, || browser.script(WAY)).await;

        browser.open("/categories/smartphones?sort=name&limit=48").await;
        browser.heading_is("Smartphones").await;
        let phones = names(browser).await.unwrap();
        assert!(phones.contains(&"iPhone 15 Pro".to_owned()), "{phones:?}");
        browser.open("/categories/electronics?sort=name&limit=48").await;
        browser.heading_is("Electronics").await;
        let all = names(browser).await.unwrap();
        assert!(phones.iter().all(|phone| all.contains(phone)) && all.len() > phones.len(), "{all:?}");

        browser.follow("iPhone 15 Pro").await;
        browser.heading_is("iPhone 15 Pro").await;
        browser.follow("Electronics").await;
        browser.heading_is("Electronics").await;
        assert_eq!(browser.address().await, "/categories/electronics");
    })
    .await;
}

#[tokio::test]
async fn a_category_nobody_knows_says_so() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/categories/nothing-like-it").await;
        browser.heading_is("We don’t have this category").await;
        browser.follow("Books").await;
        browser.heading_is("Books").await;
    })
    .await;
}

#[tokio::test]
async fn what_narrows_a_list_down_lives_in_its_address() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/categories/clothing?limit=24").await;
        browser.heading_is("Clothing").await;
        let everything = names(browser).await.unwrap();

        browser.enter("From", "20").await;
        browser.enter("Up to", "90\u{e007}").await;
        is_at(browser, "/categories/clothing?limit=24&minPrice=20&maxPrice=90").await;
        browser.click("//main//label[normalize-space()='On sale']").await;
        let whole = "/categories/clothing?limit=24&minPrice=20&maxPrice=90&onSale=true";
        is_at(browser, whole).await;
        let narrow = names(browser).await.unwrap();
        assert!(!narrow.is_empty() && narrow.len() < everything.len(), "{narrow:?} of {everything:?}");
        let chips = ["$20.00 – $90.00", "On sale", "Clear all"].map(str::to_owned).to_vec();
        browser.shows("the chips", chips.clone(), || browser.script(CHIPS)).await;
        let count = narrow.len();
        let said = format!("Clothing: {count} {}", if count == 1 { "product" } else { "products" });
        browser.shows("what is said", said, || browser.script(SAID)).await;

        browser.reload().await;
        browser.shows("the list", narrow.clone(), || names(browser)).await;
        browser.shows("the chips", chips, || browser.script(CHIPS)).await;
        browser.shows("whether On sale is set", true, || browser.script(IS_ON_SALE_SET)).await;

        browser.back().await;
        is_at(browser, "/categories/clothing?limit=24&minPrice=20&maxPrice=90").await;
        browser.shows("whether On sale is set", false, || browser.script(IS_ON_SALE_SET)).await;

        browser.follow("Remove filter: $20.00 – $90.00").await;
        is_at(browser, "/categories/clothing?limit=24").await;
        browser.shows("the list", everything, || names(browser)).await;
        let from = "return document.querySelector('#price-min').value;";
        browser.shows("what stands in the field", String::new(), || browser.script(from)).await;
    })
    .await;
}

#[tokio::test]
async fn a_price_is_put_right_or_asked_for_again() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/products").await;
        browser.heading_is("All products").await;
        browser.enter("From", "cheap\u{e007}").await;
        browser.complains(&[("From", "Enter an amount like 10 or 9.99")]).await;
        is_at(browser, "/products").await;
        browser.enter("From", "90\u{e007}").await;
        is_at(browser, "/products?minPrice=90").await;
        let is_wrong = "return document.querySelector('main [aria-invalid]') !== null;";
        browser.shows("whether anything is wrong", false, || browser.script(is_wrong)).await;
        browser.enter("Up to", "20,50\u{e007}").await;
        is_at(browser, "/products?minPrice=20.5&maxPrice=90").await;
    })
    .await;
}

/// Waits until the list of this address has arrived.
async fn is_at(browser: &Browser, address: &str) {
    browser.shows("the address", address.to_owned(), async || Ok(browser.address().await)).await;
    browser.settle().await;
}

async fn names(browser: &Browser) -> WebDriverResult<Vec<String>> {
    browser.script(PRODUCTS).await
}
