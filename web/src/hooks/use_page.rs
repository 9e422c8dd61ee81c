use yew::prelude::*;

use super::use_language;
use crate::{browser, state::Announcer};

/// What the tab, the history and search engines are told about a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageInfo {
    /// What sets this page apart; empty for the home page.
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// Whether search engines should know it: the server cannot say 404 for a page it does not know.
    pub(crate) is_indexed: bool,
}

impl PageInfo {
    pub(crate) fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), description: None, is_indexed: true }
    }

    /// A page that is nobody's business but the visitor's.
    pub(crate) fn private(title: impl Into<String>) -> Self {
        Self { is_indexed: false, ..Self::titled(title) }
    }
}

/// Names the page, and says its name after a navigation. Does nothing while the name is not known.
#[hook]
pub(crate) fn use_page(info: Option<PageInfo>) {
    let t = use_language();
    let announcer = use_context::<Announcer>();
    use_effect_with((info, t), move |(info, t)| {
        let Some(info) = info else { return };
        let title = if info.title.is_empty() {
            format!("Bottega – {}", t.tagline())
        } else {
            format!("{} – Bottega", info.title)
        };
        browser::set_title(&title);
        let description = info.description.as_deref().unwrap_or_else(|| t.hero_lead());
        browser::set_attribute("meta[name=description]", "content", description);
        let robots = if info.is_indexed { "all" } else { "noindex" };
        browser::set_attribute("meta[name=robots]", "content", robots);
        if let Some(announcer) = announcer {
            announcer.say(title);
        }
    });
}
