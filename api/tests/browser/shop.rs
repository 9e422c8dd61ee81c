//! A running shop with the demo in it, and a visitor's browser.

use std::{env, panic::AssertUnwindSafe, path::PathBuf};

use api::{clock::IdSource, seed};
use entity::product_variant;
use futures_util::FutureExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    browser::{Browser, Screen},
    support::TestApp,
};

/// Beside the demo's own, so that there is more than one page of every size.
const SYNTHETIC_PRODUCTS: u32 = 40;

/// A shop and a visitor in front of it.
pub struct Shop {
    pub app: TestApp,
    pub browser: Browser,
}

/// A visit from the first to the last page. Whatever happens on it, the browser is closed; and a visit on which
/// something was asked for elsewhere, or which left errors in the console, is a failed one.
pub async fn visit(screen: Screen, journey: impl AsyncFnOnce(&Shop)) {
    let app = TestApp::builder().with("WEB_ROOT", web_root().display().to_string()).start().await;
    fill(&app).await;
    let browser = Browser::start(format!("http://{}", app.address), screen).await;
    let shop = Shop { app, browser };

    let outcome = AssertUnwindSafe(async {
        journey(&shop).await;
        shop.browser.assert_nothing_foreign().await;
    })
    .catch_unwind()
    .await;
    let errors = shop.browser.console_errors().await;
    let address = shop.browser.address().await;
    shop.browser.quit().await;
    if let Err(panic) = outcome {
        #[expect(clippy::print_stderr, reason = "the panic's own message is out already")]
        {
            eprintln!("it ended at {address}; the console says {errors:#?}");
        }
        std::panic::resume_unwind(panic);
    }
    assert!(errors.is_empty(), "errors in the console: {errors:#?}");
}

async fn fill(app: &TestApp) {
    let clock = app.clock.shared();
    let ids = IdSource::new(clock.clone());
    let seeder = seed::Seeder::new(&app.db, &clock, &ids);
    seed::demo::load(&seeder).await.unwrap();
    seed::synthetic::load(&seeder, SYNTHETIC_PRODUCTS).await.unwrap();
}

/// The built storefront.
fn web_root() -> PathBuf {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../dist");
    let root = PathBuf::from(env::var("TEST_WEB_ROOT").unwrap_or_else(|_| here.to_owned()));
    assert!(
        root.join("index.html").is_file(),
        "The storefront is not built: `cargo xtask test` builds it, or let TEST_WEB_ROOT name the folder."
    );
    root
}

/// Changes what is in stock behind the shop's back, as a sale elsewhere does.
pub async fn few_are_left_of(shop: &Shop, sku: &str, stock: i32) {
    change(shop, sku, product_variant::Column::Stock, Expr::value(stock)).await;
}

/// Changes a price behind the shop's back.
pub async fn now_costs(shop: &Shop, sku: &str, minor: i64) {
    change(shop, sku, product_variant::Column::Price, Expr::value(minor)).await;
}

async fn change(shop: &Shop, sku: &str, column: product_variant::Column, value: Expr) {
    let changed = product_variant::Entity::update_many()
        .col_expr(column, value)
        .filter(product_variant::Column::Sku.eq(sku))
        .exec(shop.app.db.for_migrations())
        .await
        .unwrap();
    assert_eq!(changed.rows_affected, 1);
}
