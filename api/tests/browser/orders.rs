//! From a guest's cart to an order, and what becomes of it.

use crate::{
    browser::{Browser, Screen},
    customer,
    shop::{Shop, few_are_left_of, now_costs, visit},
};

const ADA: &str = "ada@example.com";
const TEE: &str = "Classic Cotton T-Shirt";

/// From now on orders are sent, and the first so many answers are lost. What was sent is remembered by its key.
const LOSE_ANSWERS: &str = "
    const real = window.fetch;
    window.sent = [];
    window.fetch = async (...what) => {
        const request = new Request(...what);
        if (request.method !== 'POST' || !request.url.endsWith('/api/orders')) return real(request);
        window.sent.push(request.headers.get('Idempotency-Key'));
        const answer = await real(request);
        if (window.sent.length <= LOST) throw new TypeError('the answer is lost');
        return answer;
    };";

/// The same, and nothing is ever heard of an order.
const NEVER_ANSWER: &str = "
    const real = window.fetch;
    window.answered = 0;
    window.fetch = async (...what) => {
        const request = new Request(...what);
        const answer = await real(request);
        if (request.method !== 'POST' || !request.url.endsWith('/api/orders')) return answer;
        window.answered += 1;
        return new Promise(() => {});
    };";

const TWO_CLICKS: &str = "
    const button = document.querySelector('main button[type=submit].btn--large');
    button.click();
    button.click();";

/// What the button that orders says.
const BUTTON: &str =
    "return document.querySelector('main button[type=submit].btn--large')?.textContent ?? null;";

const KEPT: &str = "return sessionStorage.length;";

#[tokio::test]
async fn a_guests_cart_becomes_one_order_however_often_it_is_sent() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        let token = customer::register(shop, ADA).await;
        customer::add_address(shop, &token, "Home").await;
        customer::put_into_cart(shop, &token, "MENS-CLASSIC-TEE").await;
        put_in_tee(browser).await;
        browser.open("/cart").await;
        browser.heading_is("Cart").await;
        browser.follow("Go to checkout").await;
        browser.heading_is("Sign in").await;
        assert_eq!(browser.address().await, "/auth/login?return=%2Fcheckout");
        customer::give_credentials(browser, ADA, customer::PASSWORD).await;
        browser.heading_is("Checkout").await;
        // The guest's and the customer's are together now.
        offers(browser, "Place order for $65.98").await;
        browser.assert_usable().await;

        lose_answers(browser, 1).await;
        browser.script::<()>(TWO_CLICKS).await.unwrap();
        browser.heading_is("Thank you for your order").await;
        let keys: Vec<String> = browser.script("return window.sent;").await.unwrap();
        assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
        assert_eq!(customer::count_orders(shop, &token).await, 1);
        assert_eq!(browser.script::<u32>(KEPT).await.unwrap(), 0);
        assert_eq!(browser.address().await, "/orders/ORD-2026-000001");
        browser.assert_usable().await;
        let words = browser.words().await.unwrap();
        for part in ["ORD-2026-000001", "Via Appia 1", "$65.98", "× 2", "Order placed", "Not paid yet"] {
            assert!(words.contains(part), "{part}: {words}");
        }
        let cart = "return document.querySelector('.cart-link').ariaLabel;";
        browser.shows("the cart", "Cart, empty".to_owned(), || browser.script(cart)).await;

        browser.open("/orders").await;
        browser.heading_is("Your orders").await;
        assert_eq!(browser.address().await, "/account/orders");
        browser.assert_usable().await;
        browser.click("//main//label[span='Status']//option[normalize-space()='Shipped']").await;
        browser.shows("the list", true, async || Ok(browser.words().await?.contains("No orders here"))).await;
        assert_eq!(browser.address().await, "/account/orders?status=SHIPPED");
        browser.back().await;
        browser.follow("ORD-2026-000001").await;
        browser.heading_is("Order ORD-2026-000001").await;
        browser.press("Cancel this order").await;
        browser.press("Keep the order").await;
        browser.press("Cancel this order").await;
        browser.assert_usable().await;
        browser.press("Yes, cancel it").await;
        browser.tells("The order is cancelled.").await;
        let is_over = async || {
            let words = browser.words().await?;
            Ok(words.contains("Cancelled") && !words.contains("Cancel this order"))
        };
        browser.shows("that it is called off", true, is_over).await;
    })
    .await;
}

#[tokio::test]
async fn an_order_nobody_answers_goes_on_after_a_reload() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        let token = ready_to_order(shop).await;
        browser.script::<()>(NEVER_ANSWER).await.unwrap();
        browser.script::<()>(TWO_CLICKS).await.unwrap();
        browser.shows("what was sent", 1, || browser.script::<u32>("return window.answered;")).await;
        assert_eq!(customer::count_orders(shop, &token).await, 1);
        browser.reload().await;
        browser.heading_is("Thank you for your order").await;
        assert_eq!(customer::count_orders(shop, &token).await, 1);
        assert_eq!(browser.script::<u32>(KEPT).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn the_amount_that_was_shown_is_the_amount_that_is_charged() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.expect_refusal(409);
        let token = ready_to_order(shop).await;
        now_costs(shop, "MENS-CLASSIC-TEE", 1_999).await;
        browser.press("Place order for $42.98").await;
        let changed = "The total has changed: it is $31.98 now. Nothing was ordered. Please look again.";
        browser.shows("why not", true, async || Ok(browser.words().await?.contains(changed))).await;
        assert_eq!(customer::count_orders(shop, &token).await, 0);
        offers(browser, "Place order for $31.98").await;

        few_are_left_of(shop, "MENS-CLASSIC-TEE", 0).await;
        browser.press("Place order for $31.98").await;
        browser.heading_is("Cart").await;
        browser.tells("Something in your cart was sold meanwhile. Nothing was ordered.").await;
        browser
            .shows("why not", true, async || Ok(browser.words().await?.contains("Sold out at present.")))
            .await;

        few_are_left_of(shop, "MENS-CLASSIC-TEE", 5).await;
        browser.open("/checkout").await;
        browser.heading_is("Checkout").await;
        browser.press("Place order for $31.98").await;
        browser.heading_is("Thank you for your order").await;
        assert!(browser.words().await.unwrap().contains("$31.98"));
        assert_eq!(customer::count_orders(shop, &token).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_entered_and_put_right() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        for status in [404, 422] {
            browser.expect_refusal(status);
        }
        let token = customer::register(shop, ADA).await;
        customer::put_into_cart(shop, &token, "MENS-CLASSIC-TEE").await;
        customer::sign_in(browser, "/checkout", ADA).await;
        browser.press("Place order for $42.98").await;
        let missing = "Please fill this in.";
        let empty = ["Street and number", "Postal code", "City", "State or province"];
        browser.complains(&empty.map(|field| (field, missing))).await;
        browser.assert_usable().await;
        browser.enter("Street and number", "12 St James’s Square").await;
        browser.enter("Postal code", "00184").await;
        browser.enter("City", "London").await;
        browser.enter("State or province", "London").await;
        browser.pick("Country", "United Kingdom").await;
        browser.press("Place order for $42.98").await;
        let written = "Postal codes of this country are written differently.";
        browser.complains(&[("Postal code", written)]).await;
        browser.enter("Postal code", "SW1Y 4JH").await;
        browser.enter("Anything we should know?", "Ring twice").await;
        browser.press("Place order for $42.98").await;
        browser.heading_is("Thank you for your order").await;
        let words = browser.words().await.unwrap();
        assert!(words.contains("SW1Y 4JH London") && words.contains("Ring twice"), "{words}");

        // Nobody is thanked for what they did not order.
        browser.open("/orders/ORD-2026-999999").await;
        browser.heading_is("Order ORD-2026-999999").await;
        browser
            .shows("that there is none", true, async || {
                Ok(browser.words().await?.contains("You have no order of this number."))
            })
            .await;
    })
    .await;
}

/// A customer with an address and something in the cart, who is about to order. The answer is a token of theirs.
async fn ready_to_order(shop: &Shop) -> String {
    let token = customer::register(shop, ADA).await;
    customer::add_address(shop, &token, "Home").await;
    customer::put_into_cart(shop, &token, "MENS-CLASSIC-TEE").await;
    customer::sign_in(&shop.browser, "/checkout", ADA).await;
    offers(&shop.browser, "Place order for $42.98").await;
    token
}

async fn put_in_tee(browser: &Browser) {
    browser.open("/products/mens-classic-cotton-tshirt").await;
    browser.heading_is(TEE).await;
    browser.press("Add to cart").await;
    browser.tells(&format!("{TEE} is in your cart.")).await;
}

async fn offers(browser: &Browser, words: &str) {
    browser.shows("the button", Some(words.to_owned()), || browser.script(BUTTON)).await;
}

async fn lose_answers(browser: &Browser, count: u32) {
    browser.script::<()>(&LOSE_ANSWERS.replace("LOST", &count.to_string())).await.unwrap();
}
