//! The cart, and what things come to.

use openapi::{
    Money,
    cart::{CartNotice, CartNoticeCode},
};

use super::{Language, format};

impl Language {
    pub(crate) const fn cart(self) -> &'static str {
        self.pick("Cart", "Carrello")
    }
    /// What the link in the header is called.
    pub(crate) fn cart_with(self, count: u32) -> String {
        if count == 0 {
            return self.pick("Cart, empty", "Carrello, vuoto").to_owned();
        }
        format!("{}, {}", self.cart(), self.item_count(count))
    }
    pub(crate) fn item_count(self, count: u32) -> String {
        match self {
            Self::English => self.counted(count.into(), "item", "items"),
            Self::Italian => self.counted(count.into(), "articolo", "articoli"),
        }
    }
    pub(crate) const fn add_to_cart(self) -> &'static str {
        self.pick("Add to cart", "Aggiungi al carrello")
    }
    pub(crate) fn added_to_cart(self, name: &str) -> String {
        match self {
            Self::English => format!("{name} is in your cart."),
            Self::Italian => format!("{name} è nel carrello."),
        }
    }
    pub(crate) fn removed_from_cart(self, name: &str) -> String {
        match self {
            Self::English => format!("{name} is no longer in your cart."),
            Self::Italian => format!("{name} non è più nel carrello."),
        }
    }
    pub(crate) fn only_so_many(self, name: &str, left: u32) -> String {
        match self {
            Self::English => format!("{name}: there can only be {left}, and so many are in your cart."),
            Self::Italian => format!("{name}: se ne possono avere solo {left}, e tanti sono nel carrello."),
        }
    }
    pub(crate) fn cannot_have(self, name: &str) -> String {
        match self {
            Self::English => format!("{name} is sold out, or the cart is full. Nothing was changed."),
            Self::Italian => format!("{name} è esaurito, o il carrello è pieno. Nulla è cambiato."),
        }
    }
    pub(crate) fn is_sold_out(self, name: &str) -> String {
        match self {
            Self::English => format!("{name} is sold out. Nothing was changed."),
            Self::Italian => format!("{name} è esaurito. Nulla è cambiato."),
        }
    }
    pub(crate) fn is_gone(self, name: &str) -> String {
        match self {
            Self::English => format!("{name} is not there any more. Nothing was changed."),
            Self::Italian => format!("{name} non c’è più. Nulla è cambiato."),
        }
    }
    pub(crate) fn total_is(self, total: Money, currency: &str) -> String {
        format!("{}: {}", self.total(), format::price(self, total, currency))
    }
    pub(crate) const fn quantity(self) -> &'static str {
        self.pick("Quantity", "Quantità")
    }
    pub(crate) fn fewer(self, name: &str) -> String {
        match self {
            Self::English => format!("One less: {name}"),
            Self::Italian => format!("Uno in meno: {name}"),
        }
    }
    pub(crate) fn more(self, name: &str) -> String {
        match self {
            Self::English => format!("One more: {name}"),
            Self::Italian => format!("Uno in più: {name}"),
        }
    }
    pub(crate) const fn remove(self) -> &'static str {
        self.pick("Remove", "Rimuovi")
    }
    pub(crate) fn each(self, price: &str) -> String {
        match self {
            Self::English => format!("{price} each"),
            Self::Italian => format!("{price} l’uno"),
        }
    }
    pub(crate) const fn empty_cart(self) -> &'static str {
        self.pick("Your cart is empty", "Il carrello è vuoto")
    }
    pub(crate) const fn empty_cart_help(self) -> &'static str {
        self.pick(
            "What you put in stays here, also after you close this page.",
            "Ciò che aggiungi resta qui, anche dopo aver chiuso questa pagina.",
        )
    }
    pub(crate) const fn summary(self) -> &'static str {
        self.pick("Summary", "Riepilogo")
    }
    pub(crate) const fn subtotal(self) -> &'static str {
        self.pick("Goods", "Merce")
    }
    pub(crate) const fn discount(self) -> &'static str {
        self.pick("Discount", "Sconto")
    }
    pub(crate) const fn shipping(self) -> &'static str {
        self.pick("Shipping", "Spedizione")
    }
    pub(crate) const fn free(self) -> &'static str {
        self.pick("Free", "Gratis")
    }
    pub(crate) const fn tax(self) -> &'static str {
        self.pick("Tax", "Imposte")
    }
    pub(crate) const fn total(self) -> &'static str {
        self.pick("Total", "Totale")
    }
    pub(crate) const fn ships_free(self) -> &'static str {
        self.pick("Shipping is free.", "La spedizione è gratuita.")
    }
    pub(crate) fn missing_for_free_shipping(self, amount: &str) -> String {
        match self {
            Self::English => format!("{amount} more, and shipping is free."),
            Self::Italian => format!("Ancora {amount} e la spedizione è gratuita."),
        }
    }
    pub(crate) const fn to_checkout(self) -> &'static str {
        self.pick("Go to checkout", "Vai alla cassa")
    }
    pub(crate) const fn keep_shopping(self) -> &'static str {
        self.pick("Keep shopping", "Continua gli acquisti")
    }
    pub(crate) const fn checkout_blocked(self) -> &'static str {
        self.pick(
            "Something in your cart can’t be bought now. Remove it to go on.",
            "Qualcosa nel carrello ora non si può acquistare. Rimuovilo per proseguire.",
        )
    }

    /// Why something in the cart is not as it was left.
    pub(crate) fn cart_notice(self, notice: &CartNotice, currency: &str) -> String {
        match (notice.code, notice.previous_price, notice.wanted) {
            (CartNoticeCode::PriceChanged, Some(before), _) => {
                let before = format::price(self, before, currency);
                match self {
                    Self::English => format!("The price has changed: it was {before}."),
                    Self::Italian => format!("Il prezzo è cambiato: era {before}."),
                }
            }
            (CartNoticeCode::QuantityReduced, _, Some(wanted)) => match self {
                Self::English => format!("You wanted {wanted}, and there are not so many."),
                Self::Italian => format!("Ne volevi {wanted}, ma non ce ne sono così tanti."),
            },
            (CartNoticeCode::PriceChanged, ..) => {
                self.pick("The price has changed.", "Il prezzo è cambiato.").to_owned()
            }
            (CartNoticeCode::QuantityReduced, ..) => {
                self.pick("There are not so many.", "Non ce ne sono così tanti.").to_owned()
            }
            (CartNoticeCode::SoldOut, ..) => {
                self.pick("Sold out at present.", "Al momento esaurito.").to_owned()
            }
            (CartNoticeCode::NoLongerSold, ..) => {
                self.pick("Not sold any more.", "Non è più in vendita.").to_owned()
            }
        }
    }

    /// The same for several of them at once, each with its name.
    pub(crate) fn cart_news(self, notices: &[CartNotice], currency: &str) -> String {
        let told =
            notices.iter().map(|notice| format!("{}: {}", notice.name, self.cart_notice(notice, currency)));
        told.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cart_is_called_by_what_is_in_it() {
        let names = |language: Language| [0, 1, 3].map(|count| language.cart_with(count));
        assert_eq!(names(Language::English), ["Cart, empty", "Cart, 1 item", "Cart, 3 items"]);
        assert_eq!(
            names(Language::Italian),
            ["Carrello, vuoto", "Carrello, 1 articolo", "Carrello, 3 articoli"]
        );
    }

    #[test]
    fn news_name_what_they_are_about() {
        let notice = |code, wanted| CartNotice {
            code,
            item_id: uuid::Uuid::nil(),
            name: "Mug".into(),
            previous_price: None,
            wanted,
        };
        let notices =
            [notice(CartNoticeCode::QuantityReduced, Some(5)), notice(CartNoticeCode::SoldOut, None)];
        assert_eq!(
            Language::English.cart_news(&notices, "USD"),
            "Mug: You wanted 5, and there are not so many. Mug: Sold out at present."
        );
    }
}
