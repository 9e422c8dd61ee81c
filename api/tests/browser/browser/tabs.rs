//! More than one tab of one browser.

use thirtyfour::WindowHandle;

use super::Browser;

impl Browser {
    /// Opens another tab and looks at it. The answer leads back.
    pub async fn new_tab(&self) -> WindowHandle {
        let here = self.driver.window().await.unwrap();
        let other = self.driver.new_tab().await.unwrap();
        self.look_at(&other).await;
        here
    }

    /// Looks at a tab.
    pub async fn look_at(&self, tab: &WindowHandle) {
        self.driver.switch_to_window(tab.clone()).await.unwrap();
    }
}
