//! A guest's cart.

use thirtyfour::error::WebDriverResult;

use crate::{
    browser::{Browser, Screen},
    shop::{few_are_left_of, visit},
};

const TEE: &str = "Classic Cotton T-Shirt";

/// What the cart's link in the header is called.
const CART: &str = "return document.querySelector('.cart-link').ariaLabel;";

/// The quantities in the cart, one below the other.
const QUANTITIES: &str =
    "return [...document.querySelectorAll('main .stepper input')].map((input) => input.value);";

/// What has to be paid, once it is known.
const TOTAL: &str = "return document.querySelector('.sums--changing') === null
    ? document.querySelector('.sums__row--total dd')?.textContent : null;";

#[tokio::test]
async fn a_guests_cart_survives_a_reload_and_is_changed() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/cart").await;
        browser.heading_is("Cart").await;
        assert!(browser.words().await.unwrap().contains("Your cart is empty"));
        browser.assert_usable().await;

        browser.open("/products/mens-classic-cotton-tshirt").await;
        browser.heading_is(TEE).await;
        is_called(browser, "Cart, empty").await;
        browser.press(&format!("One more: {TEE}")).await;
        browser.press("Add to cart").await;
        browser.tells(&format!("{TEE} is in your cart.")).await;
        is_called(browser, "Cart, 2 items").await;

        browser.open("/cart").await;
        browser.heading_is("Cart").await;
        holds(browser, &["2"]).await;
        costs(browser, "$65.98").await;
        browser.assert_usable().await;
        browser.press(&format!("One more: {TEE}")).await;
        holds(browser, &["3"]).await;
        is_called(browser, "Cart, 3 items").await;
        costs(browser, "$98.97").await;
        type_quantity(browser, "1").await;
        holds(browser, &["1"]).await;
        costs(browser, "$42.98").await;
        let words = browser.words().await.unwrap();
        assert!(words.contains("$20.01 more, and shipping is free."), "{words}");
        // What is no number is not wanted.
        type_quantity(browser, "some").await;
        holds(browser, &["1"]).await;

        browser.reload().await;
        holds(browser, &["1"]).await;
        is_called(browser, "Cart, 1 item").await;
        browser.press(&format!("Remove: {TEE}")).await;
        browser.tells(&format!("{TEE} is no longer in your cart.")).await;
        is_called(browser, "Cart, empty").await;
        let focused = "return document.activeElement.tagName;";
        browser.shows("where the focus is", "H1".to_owned(), || browser.script(focused)).await;
        browser.reload().await;
        assert!(browser.words().await.unwrap().contains("Your cart is empty"));
    })
    .await;
}

#[tokio::test]
async fn what_the_shop_refuses_is_taken_back_with_the_reason() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.expect_refusal(409);
        browser.open("/products/mens-classic-cotton-tshirt").await;
        browser.heading_is(TEE).await;
        browser.press("Add to cart").await;
        is_called(browser, "Cart, 1 item").await;
        browser.open("/cart").await;
        holds(browser, &["1"]).await;

        few_are_left_of(shop, "MENS-CLASSIC-TEE", 3).await;
        type_quantity(browser, "9").await;
        browser.tells(&format!("{TEE}: there can only be 3, and so many are in your cart.")).await;
        holds(browser, &["3"]).await;
        let stays =
            "return document.querySelector('.stepper button:last-child').getAttribute('aria-disabled');";
        browser.shows("whether more can be had", Some("true".to_owned()), || browser.script(stays)).await;

        few_are_left_of(shop, "MENS-CLASSIC-TEE", 0).await;
        browser.press(&format!("One less: {TEE}")).await;
        browser.tells(&format!("{TEE} is sold out. Nothing was changed.")).await;
        let sold_out = async || Ok(browser.words().await?.contains("Sold out at present."));
        browser.shows("that it is sold out", true, sold_out).await;
        is_called(browser, "Cart, empty").await;
        let blocked = "return document.querySelector('main button[disabled]')?.textContent ?? null;";
        browser.shows("the way on", Some("Go to checkout".to_owned()), || browser.script(blocked)).await;
        browser.assert_usable().await;
        browser.press(&format!("Remove: {TEE}")).await;
        browser
            .shows("an empty cart", true, async || Ok(browser.words().await?.contains("Your cart is empty")))
            .await;
    })
    .await;
}

async fn is_called(browser: &Browser, name: &str) {
    browser.shows("what the cart is called", name.to_owned(), || browser.script(CART)).await;
}

async fn holds(browser: &Browser, quantities: &[&str]) {
    let expected: Vec<String> = quantities.iter().map(ToString::to_string).collect();
    browser.shows("the quantities", expected, || browser.script(QUANTITIES)).await;
}

async fn costs(browser: &Browser, total: &str) {
    let shown = async || -> WebDriverResult<Option<String>> { browser.script(TOTAL).await };
    browser.shows("the total", Some(total.to_owned()), shown).await;
}

async fn type_quantity(browser: &Browser, text: &str) {
    browser.click(&format!("//main//input[@aria-label='Quantity: {TEE}']")).await;
    // All of it is marked, replaced, and left.
    browser.keys(&format!("\u{e009}a\u{e000}{text}\u{e004}")).await;
}
