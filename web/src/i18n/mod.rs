//! Everything the storefront says, in every language it speaks.
//!
//! A message is a method of [`Language`] with all translations side by side: one that is missing does not compile.
//! What the shop itself wrote (names, descriptions) comes from the API and is not translated here.

mod account;
mod cart;
mod catalog;
pub(crate) mod countries;
pub(crate) mod format;
mod forms;
mod home;
mod orders;
mod search;
mod shell;
mod sign_in;
mod trouble;

/// A language of the storefront.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    English,
    Italian,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub(crate) const ALL: [Self; 2] = [Self::English, Self::Italian];

    /// The language with this BCP 47 tag, whatever its region; English for anything else.
    pub(crate) fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("it") { Self::Italian } else { Self::English }
    }

    /// Its BCP 47 tag.
    pub(crate) const fn tag(self) -> &'static str {
        self.pick("en", "it")
    }

    /// What it calls itself.
    pub(crate) const fn own_name(self) -> &'static str {
        self.pick("English", "Italiano")
    }

    const fn pick(self, english: &'static str, italian: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::Italian => italian,
        }
    }

    /// The number and its noun. Both languages have one form for exactly one thing and another for the rest.
    fn counted(self, count: u64, one: &str, other: &str) -> String {
        let noun = if count == 1 { one } else { other };
        format!("{} {noun}", format::integer(self, count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_matter_and_strangers_read_english() {
        for tag in ["it", "it-IT", "IT-ch", "it_IT"] {
            assert_eq!(Language::from_tag(tag), Language::Italian, "{tag}");
        }
        for tag in ["en", "en-GB", "de", "", "ita", "xx-it"] {
            assert_eq!(Language::from_tag(tag), Language::English, "{tag}");
        }
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), language);
        }
    }

    #[test]
    fn one_is_singular_and_none_is_plural() {
        let counts = |language: Language| [0, 1, 2].map(|count| language.product_count(count));
        assert_eq!(counts(Language::English), ["0 products", "1 product", "2 products"]);
        assert_eq!(counts(Language::Italian), ["0 prodotti", "1 prodotto", "2 prodotti"]);
    }
}
