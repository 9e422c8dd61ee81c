//! The storefront in windows of every width, down to the narrowest phone.

use crate::{browser::Screen, customer, shop::visit};

#[tokio::test]
async fn no_page_has_to_be_scrolled_sideways() {
    visit(Screen::Phone, async |shop| {
        let browser = &shop.browser;
        for path in [
            "/",
            "/products",
            "/products?page=2&limit=24",
            "/products?minPrice=10&maxPrice=999999&inStock=true&onSale=true",
            "/categories",
            "/categories/electronics",
            "/categories/unheard-of",
            "/products/mens-classic-cotton-tshirt",
            "/cart",
            "/nowhere",
            "/auth/login",
            "/auth/register",
            "/auth/forgot",
            "/auth/reset?token=unknown",
        ] {
            browser.open(path).await;
            browser.settle().await;
            browser.assert_fits(320).await;
            browser.assert_usable().await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_account_fits_as_well_with_the_longest_of_names() {
    visit(Screen::Phone, async |shop| {
        let browser = &shop.browser;
        let email = "maria.antonietta.della.francesca.montefeltro@post.accademia-delle-belle-arti.example";
        let token = customer::register(shop, email).await;
        customer::add_address(shop, &token, "Donaudampfschifffahrtsgesellschaftskapitänswohnung 1").await;
        let tee = customer::put_into_cart(shop, &token, "MENS-CLASSIC-TEE").await;
        customer::order(shop, &token).await;
        customer::put(shop, &token, tee).await;
        customer::sign_in(browser, "/account", email).await;
        for path in [
            "/account",
            "/account/orders",
            "/account/orders/ORD-2026-000001",
            "/account/addresses",
            "/account/security",
            "/account/privacy",
            "/orders/ORD-2026-000001",
            "/checkout",
            "/cart",
        ] {
            browser.open(path).await;
            browser.settle().await;
            browser.assert_fits(320).await;
            browser.assert_usable().await;
        }
        browser.press("Your account: Ada").await;
        let beyond = "return document.getElementById('account-panel').getBoundingClientRect().left < 0;";
        browser
            .shows("whether the menu reaches beyond the left edge", false, || browser.script(beyond))
            .await;
        browser.open("/account/addresses").await;
        browser.press("Add an address").await;
        browser.press("Save the address").await;
        browser.assert_fits(320).await;
        browser.assert_usable().await;
    })
    .await;
}

#[tokio::test]
async fn the_header_fits_into_every_window_whoever_is_signed_in() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        let email = "maria@example.com";
        customer::register_called(shop, email, "Maria Antonietta della Francesca").await;
        customer::sign_in(browser, "/account", email).await;
        for language in ["English", "Italiano"] {
            browser.click(&format!("//label[normalize-space(.//span[@lang])={language:?}]")).await;
            for width in [360, 480, 767, 768, 991, 992, 1100, 1200, 1215, 1216, 1217, 1280, 1440] {
                browser.resize(width).await;
                browser.assert_fits(width).await;
            }
        }
    })
    .await;
}
