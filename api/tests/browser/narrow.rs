//! The storefront on the narrowest phone.

use crate::{browser::Screen, shop::visit};

#[tokio::test]
async fn no_page_has_to_be_scrolled_sideways() {
    visit(Screen::Phone, async |shop| {
        let browser = &shop.browser;
        for path in [
            "/",
            "/products",
            "/products?page=2&limit=24",
            "/products/mens-classic-cotton-tshirt",
            "/nowhere",
        ] {
            browser.open(path).await;
            browser.settle().await;
            browser.assert_fits(320).await;
        }
    })
    .await;
}
