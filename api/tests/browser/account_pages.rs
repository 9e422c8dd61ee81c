//! What a customer does in their account.

use crate::{
    browser::Screen,
    customer::{self, PASSWORD},
    shop::visit,
};

const ADA: &str = "ada@example.com";

/// The titles of the address book, and what else they say.
const ADDRESSES: &str = "return [...document.querySelectorAll('main li h2')].map((title) => title.innerText.replace(/\\s+/g, ' '));";

#[tokio::test]
async fn an_address_book_is_kept() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.expect_refusal(422);
        let token = customer::register(shop, ADA).await;
        customer::add_address(shop, &token, "Home").await;
        customer::sign_in(browser, "/account/addresses", ADA).await;
        let are = async |addresses: &[&str]| {
            let expected: Vec<String> = addresses.iter().map(|&address| address.to_owned()).collect();
            browser.shows("the addresses", expected, || browser.script(ADDRESSES)).await;
        };
        are(&["Home Default"]).await;

        browser.press("Add an address").await;
        browser.enter("What you call it", "Work").await;
        browser.enter("Street and number", "12 St James’s Square").await;
        browser.enter("Postal code", "00184").await;
        browser.enter("City", "London").await;
        browser.enter("State or province", "London").await;
        browser.pick("Country", "United Kingdom").await;
        browser.press("Save the address").await;
        let written = "Postal codes of this country are written differently.";
        browser.complains(&[("Postal code", written)]).await;
        browser.assert_usable().await;
        browser.enter("Postal code", "SW1Y 4JH").await;
        browser.press("Save the address").await;
        browser.tells("The address is saved.").await;
        browser.settle().await;
        browser.assert_usable().await;
        let both: Vec<String> = browser.script(ADDRESSES).await.unwrap();
        assert_eq!(both.len(), 2, "{both:?}");

        browser.press("Edit: Work").await;
        browser.enter("What you call it", "Library").await;
        browser.press("Save the address").await;
        browser.press("Make it the default: Library").await;
        browser
            .shows("the default", vec!["Library Default".to_owned()], async || {
                let all: Vec<String> = browser.script(ADDRESSES).await?;
                Ok(all.into_iter().filter(|title| title.ends_with("Default")).collect())
            })
            .await;

        browser.press("Delete: Home").await;
        browser.press("Keep it: Home").await;
        browser.press("Delete: Home").await;
        browser.press("Delete: Home").await;
        browser.tells("The address is deleted.").await;
        are(&["Library Default"]).await;
        browser.reload().await;
        are(&["Library Default"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_customer_changes_their_profile_takes_their_data_along_and_leaves() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.expect_refusal(422);
        customer::register(shop, ADA).await;
        customer::sign_in(browser, "/account", ADA).await;
        browser.assert_usable().await;
        browser.enter("First name", "Augusta").await;
        browser.enter("E-mail address", "augusta@example.com").await;
        browser.enter("Current password", "not this one").await;
        browser.press("Save").await;
        browser.complains(&[("Current password", "This is not your password.")]).await;
        browser.enter("Current password", PASSWORD).await;
        browser.press("Save").await;
        browser.tells("Your profile is saved.").await;
        browser.reload().await;
        let words = browser.words().await.unwrap();
        assert!(
            words.contains("Augusta Lovelace") && words.contains("Please confirm augusta@example.com"),
            "{words}"
        );

        browser.follow("Security").await;
        browser.heading_is("Security").await;
        browser.assert_usable().await;
        browser.follow("Your data").await;
        browser.heading_is("Your data").await;
        browser.assert_usable().await;
        browser.press("Download my data").await;
        browser.tells("Your data is downloaded.").await;
        browser.press("Erase my account").await;
        browser
            .complains(&[
                ("Password", "Please fill this in."),
                ("I understand that this cannot be undone.", "Tick this to go on."),
            ])
            .await;
        browser.enter("Password", PASSWORD).await;
        browser.click("//main//label[normalize-space()='I understand that this cannot be undone.']").await;
        browser.press("Erase my account").await;
        browser.heading_is("Well-made things for everyday life").await;
        browser.tells("Your account is erased. Farewell!").await;
        browser.open("/account").await;
        browser.heading_is("Sign in").await;
    })
    .await;
}
