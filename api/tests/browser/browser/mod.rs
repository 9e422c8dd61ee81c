//! Chromium, driven through WebDriver: one of its own for each test, gone with it.

mod chromedriver;
mod form;
mod page;
mod tabs;

use std::{
    env,
    sync::{Arc, Mutex},
    time::Duration,
};

use nix::unistd::geteuid;
use serde_json::json;
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver,
    extensions::query::ElementPollerWithTimeout,
};

use chromedriver::Chromedriver;

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(30);

/// What the browser pretends to be shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Desktop,
    /// The narrowest phone there is: 320 pixels wide.
    Phone,
}

/// A browser at one origin. Fields are dropped in this order: the session ends before its driver.
pub struct Browser {
    driver: WebDriver,
    origin: String,
    /// Statuses with which the API may refuse something on this visit.
    refusals: Mutex<Vec<u16>>,
    _chromedriver: Chromedriver,
}

impl Browser {
    /// A fresh browser that can reach this machine and nothing else.
    pub async fn start(origin: String, screen: Screen) -> Self {
        let chromedriver = Chromedriver::start();
        let driver = WebDriver::builder(chromedriver.url(), capabilities(&chromedriver, screen))
            .poller(Arc::new(ElementPollerWithTimeout::new(PATIENCE, PAUSE)))
            .await
            .unwrap();
        Self { driver, origin, refusals: Mutex::default(), _chromedriver: chromedriver }
    }

    /// From now on the API may answer with this status: Chromium logs it as an error even when the page expects it.
    pub fn expect_refusal(&self, status: u16) {
        self.refusals.lock().unwrap().push(status);
    }

    /// Ends the session, and the browser with it.
    pub async fn quit(self) {
        self.driver.quit().await.unwrap();
    }
}

fn capabilities(chromedriver: &Chromedriver, screen: Screen) -> ChromeCapabilities {
    let mut capabilities = ChromeCapabilities::new();
    let profile = format!("--user-data-dir={}", chromedriver.folder().join("profile").display());
    let chromium = env::var("TEST_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    capabilities.set_binary(&chromium).unwrap();
    for argument in [
        "--headless=new",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-breakpad",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-proxy-server",
        // A pipe to chromedriver instead of a port: when chromedriver ends, however it does, so does the browser.
        "--remote-debugging-pipe",
        // Whatever asks for another machine fails, and is seen in the console.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--lang=en-US",
        "--window-size=1280,900",
        &profile,
    ] {
        capabilities.add_arg(argument).unwrap();
    }
    if geteuid().is_root() {
        // Chromium's sandbox refuses to work for root.
        capabilities.set_no_sandbox().unwrap();
    }
    if screen == Screen::Phone {
        let metrics =
            json!({ "width": 320, "height": 640, "pixelRatio": 2.0, "mobile": true, "touch": true });
        let emulation = json!({ "deviceMetrics": metrics });
        capabilities.add_experimental_option("mobileEmulation", emulation).unwrap();
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
    capabilities
}
