//! A customer's ways in and out.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::{
    browser::Screen,
    customer::{self, PASSWORD, give_credentials},
    shop::visit,
};

const ADA: &str = "ada@example.com";
const ANOTHER_PASSWORD: &str = "two pelicans in a teapot";

/// How often this page asked for another token.
const RENEWALS: &str = "
    return performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/api/auth/refresh')).length;";

/// What of this visit outlives it, as far as scripts can see. Neither may ever hold a token.
const REMEMBERED: &str =
    "return JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie;";

#[tokio::test]
async fn a_customer_registers_confirms_and_is_signed_out_when_the_password_changes_elsewhere() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/auth/register").await;
        browser.heading_is("Create an account").await;
        browser.assert_usable().await;
        browser.enter("First name", "Ada").await;
        browser.enter("E-mail address", ADA).await;
        browser.enter("Password", PASSWORD).await;
        browser.press("Create an account").await;
        browser.heading_is("Your account").await;
        assert!(browser.words().await.unwrap().contains("Please confirm ada@example.com"));

        let mail = shop.app.mail_to(ADA).await;
        browser.open(&format!("/auth/verify?token={}", mail.token())).await;
        browser.heading_is("Your e-mail address is confirmed").await;
        assert_eq!(browser.address().await, "/auth/verify", "the token leaves the address bar");
        browser.reload().await;
        browser.heading_is("Your e-mail address is confirmed").await;
        browser.follow("To your account").await;
        browser.heading_is("Your account").await;
        assert!(!browser.words().await.unwrap().contains("Please confirm"));
        assert_eq!(browser.script::<String>(REMEMBERED).await.unwrap(), r#"{"bottega.signedIn":"1"}{}"#);

        let elsewhere = customer::sign_in_elsewhere(shop, ADA, PASSWORD).await;
        let body = json!({ "currentPassword": PASSWORD, "newPassword": ANOTHER_PASSWORD });
        let changed = customer::post(shop, &elsewhere, "/api/auth/change-password", &body).await;
        assert_eq!(changed, StatusCode::NO_CONTENT);
        browser.expect_refusal(401);
        browser.follow("Security").await;
        browser.heading_is("Sign in").await;
        assert_eq!(browser.address().await, "/auth/login?return=%2Faccount%2Fsecurity");
        give_credentials(browser, ADA, ANOTHER_PASSWORD).await;
        browser.heading_is("Security").await;
    })
    .await;
}

#[tokio::test]
async fn signing_in_leads_back_and_never_to_another_site() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        customer::register(shop, ADA).await;
        customer::sign_in(browser, "/account/privacy?from=mail", ADA).await;
        browser.heading_is("Your data").await;
        assert_eq!(browser.address().await, "/account/privacy?from=mail");
        browser.open("/auth/login?return=/products").await;
        browser.heading_is("All products").await;

        browser.press("Your account: Ada").await;
        browser.press("Sign out").await;
        browser.heading_is("Well-made things for everyday life").await;
        browser.tells("You are signed out.").await;
        assert_eq!(browser.script::<String>(REMEMBERED).await.unwrap(), "{}{}");
        for foreign in
            ["//evil.example/", "/%5Cevil.example", "https:%2F%2Fevil.example", "/%09/evil.example"]
        {
            customer::sign_in(browser, &format!("/auth/login?return={foreign}"), ADA).await;
            browser.heading_is("Your account").await;
            assert_eq!(browser.address().await, "/account", "{foreign}");
            browser.press("Your account: Ada").await;
            browser.press("Sign out").await;
            browser.heading_is("Well-made things for everyday life").await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        for status in [401, 409, 422] {
            browser.expect_refusal(status);
        }
        customer::register(shop, ADA).await;
        browser.open("/auth/login").await;
        browser.heading_is("Sign in").await;
        browser.press("Sign in").await;
        let missing = "Please fill this in.";
        browser.complains(&[("E-mail address", missing), ("Password", missing)]).await;
        browser.assert_usable().await;
        for _ in 0..2 {
            give_credentials(browser, ADA, "a kettle full of herons").await;
            browser.complains(&[("Password", "The e-mail address or the password is wrong.")]).await;
        }
        browser.press("Show password").await;
        let shown = "return document.querySelector('input[name=password]').type;";
        browser.shows("how the password is shown", "text".to_owned(), || browser.script(shown)).await;

        browser.follow("Create an account").await;
        browser.heading_is("Create an account").await;
        browser.enter("E-mail address", ADA).await;
        browser.enter("Password", "password1").await;
        browser.press("Create an account").await;
        let common = "This password is one of the first that others would try. Choose another one.";
        browser.complains(&[("Password", common)]).await;
        browser.enter("Password", ANOTHER_PASSWORD).await;
        browser.press("Create an account").await;
        let taken = "There is already an account with this address. Sign in, or use another one.";
        browser.complains(&[("E-mail address", taken)]).await;
    })
    .await;
}

#[tokio::test]
async fn what_one_tab_does_the_other_follows() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        customer::register(shop, ADA).await;
        customer::sign_in(browser, "/account", ADA).await;
        let first = browser.new_tab().await;
        browser.open("/account/security").await;
        browser.heading_is("Security").await;
        browser.press("Your account: Ada").await;
        browser.press("Sign out").await;
        browser.heading_is("Well-made things for everyday life").await;

        browser.look_at(&first).await;
        browser.heading_is("Sign in").await;
        let second = browser.new_tab().await;
        customer::sign_in(browser, "/account", ADA).await;
        browser.look_at(&second).await;
        browser.heading_is("Your account").await;
        assert_eq!(browser.address().await, "/account");
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_too_old_is_renewed_without_a_word() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/").await;
        browser.heading_is("Well-made things for everyday life").await;
        assert_eq!(browser.script::<u32>(RENEWALS).await.unwrap(), 0, "a stranger is not asked for");

        browser.expect_refusal(401);
        customer::register(shop, ADA).await;
        customer::sign_in(browser, "/account", ADA).await;
        browser.reload().await;
        browser.heading_is("Your account").await;
        assert_eq!(browser.script::<u32>(RENEWALS).await.unwrap(), 1);
        shop.app.clock.advance(Duration::from_mins(16));
        browser.follow("Security").await;
        browser.shows("this device", true, async || Ok(browser.words().await?.contains("This device"))).await;
        assert_eq!(browser.script::<u32>(RENEWALS).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_replaced() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.expect_refusal(422);
        customer::register(shop, ADA).await;
        browser.open("/auth/login").await;
        browser.follow("Forgot your password?").await;
        browser.heading_is("Forgot your password").await;
        browser.enter("E-mail address", ADA).await;
        browser.press("Send the link").await;
        browser.heading_is("Look into your inbox").await;

        let mails = shop.app.mails_to(ADA, 2).await;
        let mail = mails.iter().find(|mail| mail.link().contains("/auth/reset?")).unwrap();
        let link = format!("/auth/reset?token={}", mail.token());
        browser.open(&link).await;
        browser.heading_is("Choose a new password").await;
        assert_eq!(browser.address().await, "/auth/reset");
        browser.assert_usable().await;
        browser.enter("New password", ANOTHER_PASSWORD).await;
        browser.press("Save the password").await;
        browser.heading_is("Sign in").await;
        browser.tells("Your new password is saved. Sign in with it.").await;
        give_credentials(browser, ADA, ANOTHER_PASSWORD).await;
        browser.heading_is("Your account").await;

        browser.open(&link).await;
        browser.heading_is("Choose a new password").await;
        browser.enter("New password", PASSWORD).await;
        browser.press("Save the password").await;
        let spent = "This link is incomplete, too old, or was used already. Ask for another one.";
        browser
            .shows("that the link is spent", true, async || Ok(browser.words().await?.contains(spent)))
            .await;
    })
    .await;
}
