//! A running shop with the demo in it, and a visitor's browser.

use std::{env, panic::AssertUnwindSafe, path::PathBuf};

use api::{clock::IdSource, seed};
use futures_util::FutureExt;

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
