//! Header, footer, and what every page shares.

use super::Language;
use crate::state::Theme;

impl Language {
    pub(crate) const fn tagline(self) -> &'static str {
        self.pick("Well-made things for everyday life", "Cose ben fatte, per tutti i giorni")
    }
    pub(crate) const fn skip_to_content(self) -> &'static str {
        self.pick("Skip to content", "Vai al contenuto")
    }
    pub(crate) const fn brand_label(self) -> &'static str {
        self.pick("Bottega, home page", "Bottega, pagina iniziale")
    }
    pub(crate) const fn main_navigation(self) -> &'static str {
        self.pick("Main", "Principale")
    }
    pub(crate) const fn footer_navigation(self) -> &'static str {
        self.pick("More of the shop", "Altro nel negozio")
    }
    pub(crate) const fn home(self) -> &'static str {
        self.pick("Home", "Home")
    }
    pub(crate) const fn products(self) -> &'static str {
        self.pick("Products", "Prodotti")
    }
    pub(crate) const fn all_products(self) -> &'static str {
        self.pick("All products", "Tutti i prodotti")
    }
    pub(crate) const fn categories(self) -> &'static str {
        self.pick("Categories", "Categorie")
    }
    pub(crate) const fn featured(self) -> &'static str {
        self.pick("Featured", "In evidenza")
    }
    pub(crate) const fn on_sale(self) -> &'static str {
        self.pick("On sale", "In offerta")
    }
    pub(crate) const fn language(self) -> &'static str {
        self.pick("Language", "Lingua")
    }
    pub(crate) const fn theme(self) -> &'static str {
        self.pick("Theme", "Tema")
    }
    pub(crate) const fn theme_name(self, theme: Theme) -> &'static str {
        match theme {
            Theme::System => self.pick("As the device", "Come il dispositivo"),
            Theme::Light => self.pick("Light", "Chiaro"),
            Theme::Dark => self.pick("Dark", "Scuro"),
        }
    }
    pub(crate) const fn footer_shop(self) -> &'static str {
        self.pick("Shop", "Negozio")
    }
    pub(crate) const fn footer_developers(self) -> &'static str {
        self.pick("For developers", "Per chi sviluppa")
    }
    pub(crate) const fn api_reference(self) -> &'static str {
        self.pick("API reference", "Documentazione API")
    }
    pub(crate) const fn api_specification(self) -> &'static str {
        self.pick("OpenAPI document", "Documento OpenAPI")
    }
    pub(crate) const fn footer_note(self) -> &'static str {
        self.pick(
            "An open-source shop. Everything you see here comes through its public API.",
            "Un negozio open source. Tutto ciò che vedi passa dalla sua API pubblica.",
        )
    }
    pub(crate) const fn breadcrumbs(self) -> &'static str {
        self.pick("Breadcrumbs", "Percorso")
    }
    pub(crate) const fn loading(self) -> &'static str {
        self.pick("Loading…", "Caricamento…")
    }
    pub(crate) const fn is_offline(self) -> &'static str {
        self.pick(
            "You are offline. What you have already seen still works.",
            "Sei offline. Ciò che hai già visto funziona ancora.",
        )
    }
    pub(crate) const fn is_online_again(self) -> &'static str {
        self.pick("You are back online.", "Sei di nuovo online.")
    }
}
