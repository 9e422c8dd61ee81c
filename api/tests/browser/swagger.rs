//! The API's description, as those see it who write a client.

use thirtyfour::error::WebDriverResult;

use crate::{
    browser::{Browser, Screen},
    shop::{Shop, visit},
};

/// Swagger UI names its parts by class and id only.
const OPERATIONS: &str = "return document.querySelectorAll('.opblock').length;";
const LIST_PRODUCTS: &str = "//*[contains(@class, 'opblock') and contains(@id, '-listProducts')]";
const STATUS: &str = "return document.querySelector('.live-responses-table tbody .response-col_status')?.textContent.trim() ?? null;";
const BODY: &str =
    "return document.querySelector('.live-responses-table .highlight-code code')?.textContent ?? '';";

#[tokio::test]
async fn every_operation_is_listed_and_one_can_be_tried() {
    visit(Screen::Desktop, async |shop| {
        let browser = &shop.browser;
        browser.open("/api/docs/").await;
        every_operation_is_listed(shop).await;

        browser.click(&format!("{LIST_PRODUCTS}//button[contains(@class, 'summary-control')]")).await;
        browser.click(&format!("{LIST_PRODUCTS}//button[normalize-space()='Execute']")).await;
        browser.shows("the answer's status", Some("200".to_owned()), || browser.script(STATUS)).await;
        browser.shows("products in the answer", true, async || is_list(browser).await).await;
    })
    .await;
}

#[tokio::test]
async fn the_address_without_its_last_slash_leads_there_too() {
    visit(Screen::Desktop, async |shop| {
        shop.browser.open("/api/docs").await;
        every_operation_is_listed(shop).await;
        assert_eq!(shop.browser.address().await, "/api/docs/");
    })
    .await;
}

async fn every_operation_is_listed(shop: &Shop) {
    let document = shop.app.get("/api/docs/openapi.json").await.json();
    let operations: usize =
        document["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
    shop.browser.shows("how many operations there are", operations, || shop.browser.script(OPERATIONS)).await;
}

async fn is_list(browser: &Browser) -> WebDriverResult<bool> {
    let body: String = browser.script(BODY).await?;
    Ok(body.contains("\"iPhone 15 Pro\""))
}
