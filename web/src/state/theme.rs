//! Light, dark, or as the device.

use crate::browser;

/// The page's background in either theme, for the browser's own frame. Must match `--bg` in styles/tokens.css.
const FRAME: [(&str, &str); 2] = [("light", "#ffffff"), ("dark", "#0b1120")];

/// boot.js reads this before the first paint.
const STORAGE_KEY: &str = "bottega.theme";

/// How light the shop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the device wants it.
    System,
    Light,
    Dark,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// How it is written in HTML and storage.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What boot.js found and set.
    pub(crate) fn current() -> Self {
        match browser::root().and_then(|root| root.get_attribute("data-theme")).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Shows it and remembers it.
    pub(crate) fn apply(self) {
        if let Some(root) = browser::root() {
            let _ = match self {
                Self::System => root.remove_attribute("data-theme"),
                chosen => root.set_attribute("data-theme", chosen.code()),
            };
        }
        for (scheme, colour) in FRAME {
            let shown =
                FRAME.iter().find(|(code, _)| *code == self.code()).map_or(colour, |(_, chosen)| chosen);
            let selector = format!("meta[name=theme-color][media*={scheme}]");
            browser::set_attribute(&selector, "content", shown);
        }
        match self {
            Self::System => browser::forget(STORAGE_KEY),
            chosen => browser::remember(STORAGE_KEY, chosen.code()),
        }
    }
}
