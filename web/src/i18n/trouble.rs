//! When something is missing or broken.

use super::Language;

impl Language {
    pub(crate) const fn page_not_found(self) -> &'static str {
        self.pick("This page doesn’t exist", "Questa pagina non esiste")
    }
    pub(crate) const fn page_not_found_help(self) -> &'static str {
        self.pick(
            "The address may be mistyped, or the page may have moved. These places are here:",
            "L’indirizzo potrebbe essere sbagliato, o la pagina spostata. Questi posti invece ci sono:",
        )
    }
    pub(crate) const fn product_not_found(self) -> &'static str {
        self.pick("We don’t have this product", "Non abbiamo questo prodotto")
    }
    pub(crate) const fn product_not_found_help(self) -> &'static str {
        self.pick(
            "It may have sold its last piece and left the shop. Perhaps you’ll like one of these:",
            "Forse l’ultimo pezzo è stato venduto. Magari trovi qualcosa qui:",
        )
    }
    pub(crate) const fn category_not_found(self) -> &'static str {
        self.pick("We don’t have this category", "Non abbiamo questa categoria")
    }
    pub(crate) const fn category_not_found_help(self) -> &'static str {
        self.pick(
            "The shelf may have been renamed or emptied. These are here:",
            "Lo scaffale forse ha cambiato nome o è stato svuotato. Questi invece ci sono:",
        )
    }
    pub(crate) const fn helpful_links(self) -> &'static str {
        self.pick("Where to go next", "Dove andare adesso")
    }
    pub(crate) const fn unreachable(self) -> &'static str {
        self.pick("We can’t reach the shop", "Il negozio non è raggiungibile")
    }
    pub(crate) const fn unreachable_help(self) -> &'static str {
        self.pick("Check your connection, then try again.", "Controlla la connessione, poi riprova.")
    }
    pub(crate) const fn too_many_requests(self) -> &'static str {
        self.pick("One moment, please", "Un momento, per favore")
    }
    pub(crate) const fn too_many_requests_help(self) -> &'static str {
        self.pick(
            "There were too many requests from here. Wait a minute, then try again.",
            "Da qui sono arrivate troppe richieste. Aspetta un minuto, poi riprova.",
        )
    }
    pub(crate) const fn something_went_wrong(self) -> &'static str {
        self.pick("Something went wrong on our side", "Qualcosa è andato storto da parte nostra")
    }
    pub(crate) const fn something_went_wrong_help(self) -> &'static str {
        self.pick(
            "It is not your fault. Try again; if it keeps happening, tell us the number below.",
            "Non è colpa tua. Riprova; se continua, comunicaci il numero qui sotto.",
        )
    }
    pub(crate) const fn something_went_wrong_help_without_number(self) -> &'static str {
        self.pick(
            "It is not your fault. Wait a moment, then try again.",
            "Non è colpa tua. Aspetta un momento, poi riprova.",
        )
    }
    pub(crate) const fn request_id(self) -> &'static str {
        self.pick("Request number", "Numero della richiesta")
    }
    pub(crate) const fn try_again(self) -> &'static str {
        self.pick("Try again", "Riprova")
    }
}
