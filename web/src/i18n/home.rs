//! The home page.

use super::Language;

impl Language {
    pub(crate) const fn hero_lead(self) -> &'static str {
        self.pick(
            "A small shop with a good eye: things to wear, to read, to work with and to live with. Chosen with care, priced fairly.",
            "Un piccolo negozio con buon occhio: cose da indossare, da leggere, per il lavoro e per la casa. Scelte con cura, al prezzo giusto.",
        )
    }
    pub(crate) const fn browse_products(self) -> &'static str {
        self.pick("Browse all products", "Scopri i prodotti")
    }
    pub(crate) const fn see_offers(self) -> &'static str {
        self.pick("See what’s on sale", "Guarda le offerte")
    }
    pub(crate) const fn featured_products(self) -> &'static str {
        self.pick("Featured products", "Prodotti in evidenza")
    }
    pub(crate) const fn see_all_featured(self) -> &'static str {
        self.pick("See all featured products", "Vedi tutti i prodotti in evidenza")
    }
    pub(crate) const fn shop_by_category(self) -> &'static str {
        self.pick("Shop by category", "Acquista per categoria")
    }
    pub(crate) const fn on_sale_now(self) -> &'static str {
        self.pick("On sale now", "Ora in offerta")
    }
    pub(crate) const fn see_all_offers(self) -> &'static str {
        self.pick("See all offers", "Vedi tutte le offerte")
    }
}
