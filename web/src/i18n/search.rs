//! Searching.

use super::Language;

impl Language {
    pub(crate) fn results_for(self, words: &str) -> String {
        match self {
            Self::English => format!("Results for “{words}”"),
            Self::Italian => format!("Risultati per “{words}”"),
        }
    }
}
