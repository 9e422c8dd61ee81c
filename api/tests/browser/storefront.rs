//! A visitor's ways through the storefront.

use serde_json::json;
use thirtyfour::error::WebDriverResult;

use crate::{
    browser::{Browser, Screen},
    shop::{Shop, few_are_left_of, visit},
    support::{NewProduct, NewVariant},
};

/// The names of the products on the page, once they have all arrived.
const PRODUCTS: &str = "
    if (document.querySelector('main [aria-busy=true]')) return [];
    return [...document.querySelectorAll('main article :is(h2, h3) a[href^=\"/products/\"]')].map((a) => a.textContent);";

/// The names under a section's heading.
const FEATURED: &str = "
    const section = [...document.querySelectorAll('main section')]
        .find((section) => section.querySelector('h2')?.textContent === 'Featured products');
    return [...section?.querySelectorAll('article h3 a') ?? []].map((a) => a.textContent);";

const RELATED: &str = "
    const section = [...document.querySelectorAll('main section')]
        .find((section) => section.querySelector('h2')?.textContent === 'You may also like');
    return [...section?.querySelectorAll('article h3 a') ?? []].map((a) => a.textContent);";

const CURRENT_PAGE: &str =
    "return document.querySelector('nav[aria-label=Pages] [aria-current=page]')?.textContent ?? null;";

/// What the page says about the chosen variant: the parts that are read aloud when they change.
const OFFER: &str = "
    return [...document.querySelectorAll('main [role=status]')].map((part) => part.innerText).join(' ').replace(/\\s+/g, ' ');";

const T_SHIRT: &str = "Classic Cotton T-Shirt";

#[tokio::test]
async fn the_shop_window_shows_what_is_featured_and_leads_to_everything() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/").await;
        browser.heading_is("Well-made things for everyday life").await;
        browser.shows("how many are featured", 8, async || Ok(names(browser, FEATURED).await?.len())).await;
        let featured = names(browser, FEATURED).await.unwrap();
        assert!(featured.contains(&"iPhone 15 Pro".to_owned()), "{featured:?}");

        browser.follow("Browse all products").await;
        browser.heading_is("All products").await;
        assert_eq!(browser.address().await, "/products");
        browser.shows("how many are on a page", 12, async || Ok(names(browser, PRODUCTS).await?.len())).await;
    })
    .await;
}

#[tokio::test]
async fn a_visitor_chooses_a_variant_and_comes_back_to_the_list_as_it_was() {
    visit(Screen::Desktop, async |shop| {
        few_are_left_of(shop, "MENS-CLASSIC-TEE-XL-NAVY", 3).await;
        let browser = &shop.browser;
        browser.open("/products?limit=24&inStock=true").await;
        browser.heading_is("All products").await;
        let list = names(browser, PRODUCTS).await.unwrap();
        assert_eq!(list.len(), 24);

        let height = browser.follow(T_SHIRT).await;
        assert!(height > 0, "the product should not be on the first screen, or nothing is shown below");
        browser.heading_is(T_SHIRT).await;
        assert_eq!(browser.address().await, "/products/mens-classic-cotton-tshirt");
        let default = "Now: $29.99 Before: $39.99 You save $10.00 (25%) In stock SKU MENS-CLASSIC-TEE";
        browser.shows("the offer", default.to_owned(), || browser.script(OFFER)).await;

        choose(browser, "Size", "XL").await;
        let larger =
            "Now: $31.99 Before: $41.99 You save $10.00 (24%) Only 3 left SKU MENS-CLASSIC-TEE-XL-NAVY";
        browser.shows("the offer", larger.to_owned(), || browser.script(OFFER)).await;
        let address = "/products/mens-classic-cotton-tshirt?variant=MENS-CLASSIC-TEE-XL-NAVY";
        assert_eq!(browser.address().await, address);
        let white = "return document.querySelector('input[type=radio][value=White]').disabled;";
        browser.shows("that none is left in white", true, || browser.script(white)).await;

        browser.back().await;
        browser.heading_is("All products").await;
        assert_eq!(browser.address().await, "/products?limit=24&inStock=true");
        browser.shows("the list", list.clone(), || names(browser, PRODUCTS)).await;
        browser.is_scrolled_to(height).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_to_a_variant_shows_it_and_one_of_thousands_is_found() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/products/mens-classic-cotton-tshirt?variant=mens-classic-tee-xl-navy").await;
        browser.heading_is(T_SHIRT).await;
        let shared: String = browser.script(OFFER).await.unwrap();
        assert!(shared.ends_with("SKU MENS-CLASSIC-TEE-XL-NAVY"), "{shared}");

        thread(shop).await;
        browser.open("/products/thread").await;
        browser.heading_is("Thread").await;
        browser.click("//main//label[span='Shade']//option[normalize-space()='shade 1234']").await;
        let chosen = "$3.00 In stock SKU THREAD-1234";
        browser.shows("the offer", chosen.to_owned(), || browser.script(OFFER)).await;
        assert_eq!(browser.address().await, "/products/thread?variant=THREAD-1234");
        let sold_out = "return [...document.querySelectorAll('main option:disabled')].map((option) => option.textContent);";
        let sold_out: Vec<String> = browser.script(sold_out).await.unwrap();
        assert_eq!(sold_out, ["shade 7 (Sold out)"]);
        // Told to search engines as one offer, so that they are told at all.
        let told = "return JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)['@graph'][0].offers.offerCount;";
        assert_eq!(browser.script::<u32>(told).await.unwrap(), SHADES);
    })
    .await;
}

const SHADES: u32 = 2_000;

/// Adds a product with more variants than anybody can look at, of which one is sold out.
async fn thread(shop: &Shop) {
    let shade = |number: u32| format!("shade {number}");
    let variant = |number: u32| NewVariant {
        sku: Some(format!("THREAD-{number}")),
        price: 300,
        stock: if number == 7 { 0 } else { 10 },
        values: json!({ "shade": shade(number) }),
        ..NewVariant::default()
    };
    let category = shop.app.category("Sewing", None).await;
    let product = NewProduct {
        slug: Some("thread".into()),
        options: vec![("shade", (0..SHADES).map(|number| &*shade(number).leak()).collect())],
        variants: (0..SHADES).map(variant).collect(),
        ..NewProduct::new("Thread", category)
    };
    shop.app.product(product).await;
}

#[tokio::test]
async fn a_product_leads_to_its_neighbours() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/products/mens-classic-cotton-tshirt").await;
        browser.heading_is(T_SHIRT).await;
        let neighbours = names(browser, RELATED).await.unwrap();
        assert!(
            (1..=4).contains(&neighbours.len()) && !neighbours.contains(&T_SHIRT.to_owned()),
            "{neighbours:?}"
        );
        browser.follow(&neighbours[0]).await;
        browser.heading_is(&neighbours[0]).await;
        browser.is_scrolled_to(0).await;
        let next = names(browser, RELATED).await.unwrap();
        assert!(!next.contains(&neighbours[0]), "{next:?}");
    })
    .await;
}

#[tokio::test]
async fn a_page_of_the_list_lives_in_its_address() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/products?limit=24").await;
        browser.shows("how many are on a page", 24, async || Ok(names(browser, PRODUCTS).await?.len())).await;
        let first = names(browser, PRODUCTS).await.unwrap();

        browser.follow("Page 2").await;
        browser.shows("the page's number", Some("2".to_owned()), || browser.script(CURRENT_PAGE)).await;
        browser.settle().await;
        assert_eq!(browser.address().await, "/products?page=2&limit=24");
        let second = names(browser, PRODUCTS).await.unwrap();
        assert_eq!(second.len(), 24);
        assert!(second.iter().all(|name| !first.contains(name)), "{second:?}");

        browser.reload().await;
        browser.shows("the list", second.clone(), || names(browser, PRODUCTS)).await;
        browser.shows("the page's number", Some("2".to_owned()), || browser.script(CURRENT_PAGE)).await;

        browser.back().await;
        browser.shows("the list", first.clone(), || names(browser, PRODUCTS)).await;
        assert_eq!(browser.address().await, "/products?limit=24");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_address_says_so_and_leads_home() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/no/such/place").await;
        browser.heading_is("This page doesn’t exist").await;
        browser.follow("Home").await;
        browser.heading_is("Well-made things for everyday life").await;
        assert_eq!(browser.address().await, "/");
    })
    .await;
}

async fn names(browser: &Browser, script: &str) -> WebDriverResult<Vec<String>> {
    browser.script(script).await
}

/// Picks a value of an option by the words a visitor reads.
async fn choose(browser: &Browser, option: &str, value: &str) {
    browser
        .click(&format!(
            "//fieldset[legend[normalize-space()='{option}']]//label[normalize-space()='{value}']"
        ))
        .await;
}
