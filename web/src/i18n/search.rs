//! Searching.

use super::Language;
use crate::domain::suggesting::Kind;

impl Language {
    pub(crate) const fn search(self) -> &'static str {
        self.pick("Search", "Cerca")
    }
    pub(crate) const fn search_for(self) -> &'static str {
        self.pick("Search the shop", "Cerca nel negozio")
    }
    pub(crate) const fn search_hint(self) -> &'static str {
        self.pick("What are you looking for?", "Che cosa cerchi?")
    }
    pub(crate) const fn clear_search(self) -> &'static str {
        self.pick("Clear the search field", "Svuota il campo di ricerca")
    }
    pub(crate) const fn suggestions(self) -> &'static str {
        self.pick("Suggestions", "Suggerimenti")
    }
    pub(crate) fn suggestion_count(self, count: u64) -> String {
        match (self, count) {
            (Self::English, 0) => "No suggestions".into(),
            (Self::Italian, 0) => "Nessun suggerimento".into(),
            (Self::English, _) => self.counted(count, "suggestion", "suggestions"),
            (Self::Italian, _) => self.counted(count, "suggerimento", "suggerimenti"),
        }
    }
    pub(crate) fn suggestion_group(self, kind: &Kind) -> String {
        match kind {
            Kind::Products { instead: Some(words) } => format!("{} – “{words}”", self.products()),
            Kind::Products { instead: None } => self.products().into(),
            Kind::Categories => self.categories().into(),
            Kind::PopularSearches => self.popular_searches().into(),
            Kind::Everything => self.search().into(),
        }
    }
    pub(crate) const fn popular_searches(self) -> &'static str {
        self.pick("Popular searches", "Ricerche frequenti")
    }
    pub(crate) fn see_all_results(self, words: &str) -> String {
        match self {
            Self::English => format!("See all results for “{words}”"),
            Self::Italian => format!("Vedi tutti i risultati per “{words}”"),
        }
    }
    pub(crate) fn results_for(self, words: &str) -> String {
        match self {
            Self::English => format!("Results for “{words}”"),
            Self::Italian => format!("Risultati per “{words}”"),
        }
    }
    pub(crate) fn results_instead(self, found: &str, typed: &str) -> String {
        match self {
            Self::English => format!("Showing results for “{found}” instead of “{typed}”."),
            Self::Italian => format!("Ecco i risultati per “{found}” invece di “{typed}”."),
        }
    }
    pub(crate) const fn matching_categories(self) -> &'static str {
        self.pick("Matching categories", "Categorie trovate")
    }
    pub(crate) fn nothing_for(self, words: &str) -> String {
        match self {
            Self::English => format!("Nothing found for “{words}”"),
            Self::Italian => format!("Nessun risultato per “{words}”"),
        }
    }
    pub(crate) const fn nothing_for_help(self) -> &'static str {
        self.pick(
            "Try fewer or other words, or start from what others look for.",
            "Prova con meno parole o con altre, oppure parti da ciò che cercano gli altri.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_suggestions_is_a_sentence_in_every_case() {
        let said = |language: Language| [0, 1, 5].map(|count| language.suggestion_count(count));
        assert_eq!(said(Language::English), ["No suggestions", "1 suggestion", "5 suggestions"]);
        assert_eq!(said(Language::Italian), ["Nessun suggerimento", "1 suggerimento", "5 suggerimenti"]);
    }
}
