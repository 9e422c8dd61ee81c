//! The product list and the product page.

use openapi::search::SearchSort;

use super::{Language, format};

impl Language {
    pub(crate) fn product_count(self, count: u64) -> String {
        match self {
            Self::English => self.counted(count, "product", "products"),
            Self::Italian => self.counted(count, "prodotto", "prodotti"),
        }
    }
    pub(crate) fn page_of(self, page: u32, pages: u64) -> String {
        let (page, pages) = (format::integer(self, page.into()), format::integer(self, pages));
        match self {
            Self::English => format!("page {page} of {pages}"),
            Self::Italian => format!("pagina {page} di {pages}"),
        }
    }
    pub(crate) fn go_to_page(self, page: u32) -> String {
        let page = format::integer(self, page.into());
        match self {
            Self::English => format!("Page {page}"),
            Self::Italian => format!("Pagina {page}"),
        }
    }
    pub(crate) const fn pages(self) -> &'static str {
        self.pick("Pages", "Pagine")
    }
    pub(crate) const fn previous_page(self) -> &'static str {
        self.pick("Previous", "Precedente")
    }
    pub(crate) const fn next_page(self) -> &'static str {
        self.pick("Next", "Successiva")
    }
    pub(crate) const fn sort_by(self) -> &'static str {
        self.pick("Sort by", "Ordina per")
    }
    pub(crate) const fn sort_name(self, sort: SearchSort) -> &'static str {
        match sort {
            SearchSort::Relevance => self.pick("Best match", "Pertinenza"),
            SearchSort::Newest => self.pick("Newest first", "Più recenti"),
            SearchSort::Oldest => self.pick("Oldest first", "Meno recenti"),
            SearchSort::PriceAscending => self.pick("Price: low to high", "Prezzo crescente"),
            SearchSort::PriceDescending => self.pick("Price: high to low", "Prezzo decrescente"),
            SearchSort::NameAscending => self.pick("Name: A to Z", "Nome: A–Z"),
            SearchSort::NameDescending => self.pick("Name: Z to A", "Nome: Z–A"),
        }
    }
    pub(crate) const fn per_page(self) -> &'static str {
        self.pick("Per page", "Per pagina")
    }
    pub(crate) const fn filters(self) -> &'static str {
        self.pick("Filters", "Filtri")
    }
    pub(crate) const fn show_only(self) -> &'static str {
        self.pick("Show only", "Mostra solo")
    }
    pub(crate) const fn in_stock(self) -> &'static str {
        self.pick("In stock", "Disponibili")
    }
    pub(crate) const fn price(self) -> &'static str {
        self.pick("Price", "Prezzo")
    }
    pub(crate) const fn price_at_least(self) -> &'static str {
        self.pick("From", "Da")
    }
    pub(crate) const fn price_at_most(self) -> &'static str {
        self.pick("Up to", "Fino a")
    }
    pub(crate) const fn apply_price(self) -> &'static str {
        self.pick("Apply these prices", "Applica questi prezzi")
    }
    pub(crate) const fn not_an_amount(self) -> &'static str {
        self.pick("Enter an amount like 10 or 9.99", "Inserisci un importo come 10 o 9,99")
    }
    /// What costs at least this, at most that, or between both.
    pub(crate) fn price_range(self, min: Option<String>, max: Option<String>) -> String {
        match (min, max) {
            (Some(min), Some(max)) => format!("{min} – {max}"),
            (Some(min), None) => self.price_from(&min),
            (None, max) => {
                let max = max.unwrap_or_default();
                match self {
                    Self::English => format!("up to {max}"),
                    Self::Italian => format!("fino a {max}"),
                }
            }
        }
    }
    pub(crate) const fn all_categories(self) -> &'static str {
        self.pick("All categories", "Tutte le categorie")
    }
    pub(crate) const fn related(self) -> &'static str {
        self.pick("You may also like", "Potrebbe piacerti anche")
    }
    pub(crate) const fn active_filters(self) -> &'static str {
        self.pick("Active filters", "Filtri attivi")
    }
    pub(crate) fn remove_filter(self, name: &str) -> String {
        match self {
            Self::English => format!("Remove filter: {name}"),
            Self::Italian => format!("Rimuovi il filtro: {name}"),
        }
    }
    pub(crate) const fn clear_filters(self) -> &'static str {
        self.pick("Clear all", "Rimuovi tutti")
    }
    pub(crate) const fn nothing_found(self) -> &'static str {
        self.pick("Nothing matches these filters", "Nessun prodotto con questi filtri")
    }
    pub(crate) const fn nothing_found_help(self) -> &'static str {
        self.pick("Take a filter away to see more.", "Togli un filtro per vedere di più.")
    }
    pub(crate) const fn without_filters(self) -> &'static str {
        self.pick("Take all filters away", "Togli tutti i filtri")
    }
    pub(crate) const fn show_everything(self) -> &'static str {
        self.pick("Show everything", "Mostra tutto")
    }
    pub(crate) const fn empty_category(self) -> &'static str {
        self.pick("This shelf is empty at the moment", "Questo scaffale al momento è vuoto")
    }
    pub(crate) const fn empty_category_help(self) -> &'static str {
        self.pick(
            "Come back soon, or look at everything we have.",
            "Torna presto, oppure guarda tutto ciò che abbiamo.",
        )
    }
    pub(crate) const fn categories_lead(self) -> &'static str {
        self.pick(
            "Every shelf of the shop, and what stands on it.",
            "Tutti gli scaffali del negozio, e cosa c’è sopra.",
        )
    }
    pub(crate) const fn empty_shop(self) -> &'static str {
        self.pick("The shelves are still empty", "Gli scaffali sono ancora vuoti")
    }
    pub(crate) const fn empty_shop_help(self) -> &'static str {
        self.pick(
            "There is nothing for sale yet. Come back soon.",
            "Non c’è ancora nulla in vendita. Torna presto.",
        )
    }
    pub(crate) const fn beyond_last_page(self) -> &'static str {
        self.pick("This page is past the end", "Questa pagina è oltre la fine")
    }
    pub(crate) const fn to_first_page(self) -> &'static str {
        self.pick("Go to the first page", "Vai alla prima pagina")
    }

    pub(crate) fn price_from(self, price: &str) -> String {
        match self {
            Self::English => format!("from {price}"),
            Self::Italian => format!("da {price}"),
        }
    }
    pub(crate) const fn price_before(self) -> &'static str {
        self.pick("Before:", "Prima:")
    }
    pub(crate) const fn price_now(self) -> &'static str {
        self.pick("Now:", "Ora:")
    }
    pub(crate) fn you_save(self, amount: &str, percent: i64) -> String {
        let percent = if percent > 0 { format!(" ({percent}%)") } else { String::new() };
        match self {
            Self::English => format!("You save {amount}{percent}"),
            Self::Italian => format!("Risparmi {amount}{percent}"),
        }
    }
    pub(crate) const fn sold_out(self) -> &'static str {
        self.pick("Sold out", "Esaurito")
    }
    pub(crate) const fn in_stock_now(self) -> &'static str {
        self.pick("In stock", "Disponibile")
    }
    pub(crate) fn only_left(self, stock: u64) -> String {
        let shown = format::integer(self, stock);
        match self {
            Self::English => format!("Only {shown} left"),
            Self::Italian if stock == 1 => "Ne resta solo 1".into(),
            Self::Italian => format!("Ne restano solo {shown}"),
        }
    }
    pub(crate) const fn sku(self) -> &'static str {
        self.pick("SKU", "Codice")
    }
    pub(crate) const fn description(self) -> &'static str {
        self.pick("Description", "Descrizione")
    }
    pub(crate) fn picture_of(self, number: usize, total: usize) -> String {
        match self {
            Self::English => format!("Show picture {number} of {total}"),
            Self::Italian => format!("Mostra l’immagine {number} di {total}"),
        }
    }
    /// Options are named by the shop; the usual ones are known in every language.
    pub(crate) fn option_name(self, name: &str) -> String {
        let known = match name.to_lowercase().as_str() {
            "size" => self.pick("Size", "Taglia"),
            "color" | "colour" => self.pick("Colour", "Colore"),
            "storage" => self.pick("Storage", "Memoria"),
            "memory" => self.pick("Memory", "Memoria"),
            "material" => self.pick("Material", "Materiale"),
            "format" => self.pick("Format", "Formato"),
            _ => {
                let mut letters = name.chars();
                return letters
                    .next()
                    .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
            }
        };
        known.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saving_below_one_percent_names_no_percentage() {
        assert_eq!(Language::English.you_save("$0.20", 0), "You save $0.20");
        assert_eq!(Language::Italian.you_save("100,00 $", 9), "Risparmi 100,00 $ (9%)");
    }

    #[test]
    fn a_range_of_prices_may_be_open_on_one_side() {
        let range = |language: Language, min: Option<&str>, max: Option<&str>| {
            language.price_range(min.map(Into::into), max.map(Into::into))
        };
        assert_eq!(range(Language::English, Some("$10"), Some("$50")), "$10 – $50");
        assert_eq!(range(Language::English, Some("$10"), None), "from $10");
        assert_eq!(range(Language::Italian, None, Some("50 $")), "fino a 50 $");
    }

    #[test]
    fn the_last_one_is_singular() {
        assert_eq!(Language::Italian.only_left(1), "Ne resta solo 1");
        assert_eq!(Language::Italian.only_left(3), "Ne restano solo 3");
        assert_eq!(Language::English.only_left(1), "Only 1 left");
    }

    #[test]
    fn unknown_options_keep_the_shops_name() {
        assert_eq!(Language::Italian.option_name("size"), "Taglia");
        assert_eq!(Language::Italian.option_name("épaisseur"), "Épaisseur");
        assert_eq!(Language::English.option_name(""), "");
    }
}
