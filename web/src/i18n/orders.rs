//! The checkout, and what becomes of orders.

use openapi::{
    Money,
    orders::{OrderEvent, OrderEventKind, OrderStatus, PaymentStatus, RefundState},
};

use super::{Language, format};

impl Language {
    pub(crate) const fn checkout(self) -> &'static str {
        self.pick("Checkout", "Cassa")
    }
    pub(crate) const fn shipping_address(self) -> &'static str {
        self.pick("Shipping address", "Indirizzo di spedizione")
    }
    pub(crate) const fn billing_address(self) -> &'static str {
        self.pick("Billing address", "Indirizzo di fatturazione")
    }
    pub(crate) const fn billing_same(self) -> &'static str {
        self.pick("The same as the shipping address", "Uguale all’indirizzo di spedizione")
    }
    pub(crate) const fn another_address(self) -> &'static str {
        self.pick("Another address", "Un altro indirizzo")
    }
    pub(crate) const fn notes(self) -> &'static str {
        self.pick("Notes", "Note")
    }
    pub(crate) const fn notes_label(self) -> &'static str {
        self.pick("Anything we should know?", "C’è qualcosa da sapere?")
    }
    pub(crate) const fn notes_hint(self) -> &'static str {
        self.pick("For whoever packs or delivers it.", "Per chi prepara o consegna il pacco.")
    }
    pub(crate) const fn change_cart(self) -> &'static str {
        self.pick("Change the cart", "Modifica il carrello")
    }
    pub(crate) const fn payment_note(self) -> &'static str {
        self.pick(
            "You pay after ordering: the e-mail that confirms it says how.",
            "Si paga dopo l’ordine: l’e-mail di conferma spiega come.",
        )
    }
    pub(crate) fn place_order(self, total: &str) -> String {
        match self {
            Self::English => format!("Place order for {total}"),
            Self::Italian => format!("Ordina per {total}"),
        }
    }
    pub(crate) const fn placing_order(self) -> &'static str {
        self.pick("Your order is being placed…", "L’ordine è in corso…")
    }
    pub(crate) const fn order_unclear(self) -> &'static str {
        self.pick(
            "We don’t know yet whether your order arrived",
            "Non sappiamo ancora se l’ordine è arrivato",
        )
    }
    pub(crate) const fn order_unclear_help(self) -> &'static str {
        self.pick(
            "The shop does not answer. Trying again is safe: nothing will be ordered twice.",
            "Il negozio non risponde. Riprova senza timore: nulla sarà ordinato due volte.",
        )
    }
    pub(crate) fn total_changed(self, total: Money, currency: &str) -> String {
        let total = format::price(self, total, currency);
        match self {
            Self::English => {
                format!("The total has changed: it is {total} now. Nothing was ordered. Please look again.")
            }
            Self::Italian => {
                format!("Il totale è cambiato: ora è {total}. Nulla è stato ordinato. Controlla di nuovo.")
            }
        }
    }
    pub(crate) const fn sold_out_meanwhile(self) -> &'static str {
        self.pick(
            "Something in your cart was sold meanwhile. Nothing was ordered.",
            "Qualcosa nel carrello nel frattempo è stato venduto. Nulla è stato ordinato.",
        )
    }

    pub(crate) const fn thank_you(self) -> &'static str {
        self.pick("Thank you for your order", "Grazie per il tuo ordine")
    }
    pub(crate) fn thank_you_lead(self, number: &str, email: &str) -> String {
        match self {
            Self::English => format!("It is called {number}. What becomes of it, we write to {email}."),
            Self::Italian => format!("Il suo numero è {number}. Gli aggiornamenti arrivano a {email}."),
        }
    }
    pub(crate) const fn orders(self) -> &'static str {
        self.pick("Orders", "Ordini")
    }
    pub(crate) const fn your_orders(self) -> &'static str {
        self.pick("Your orders", "I tuoi ordini")
    }
    pub(crate) const fn all_orders(self) -> &'static str {
        self.pick("All orders", "Tutti gli ordini")
    }
    pub(crate) fn order_called(self, number: &str) -> String {
        match self {
            Self::English => format!("Order {number}"),
            Self::Italian => format!("Ordine {number}"),
        }
    }
    pub(crate) const fn no_orders(self) -> &'static str {
        self.pick("No orders yet", "Ancora nessun ordine")
    }
    pub(crate) const fn no_orders_help(self) -> &'static str {
        self.pick("What you order will be listed here.", "Ciò che ordini comparirà qui.")
    }
    pub(crate) const fn no_such_orders(self) -> &'static str {
        self.pick("No orders here", "Nessun ordine qui")
    }
    pub(crate) const fn no_such_orders_help(self) -> &'static str {
        self.pick(
            "There are none of this status, or the page is past the end.",
            "Non ce ne sono in questo stato, o la pagina è oltre la fine.",
        )
    }
    pub(crate) const fn no_such_order(self) -> &'static str {
        self.pick("You have no order of this number.", "Non hai nessun ordine con questo numero.")
    }
    pub(crate) fn and_more(self, count: usize) -> String {
        match self {
            Self::English => format!("and {count} more"),
            Self::Italian if count == 1 => "e un altro".into(),
            Self::Italian => format!("e altri {count}"),
        }
    }
    pub(crate) const fn goods(self) -> &'static str {
        self.pick("What you ordered", "Cosa hai ordinato")
    }
    pub(crate) const fn placed_on(self) -> &'static str {
        self.pick("Placed", "Ordinato il")
    }
    pub(crate) const fn payment(self) -> &'static str {
        self.pick("Payment", "Pagamento")
    }
    pub(crate) fn pay_until(self, moment: &str) -> String {
        match self {
            Self::English => format!("If nothing arrives by {moment}, the order is called off."),
            Self::Italian => format!("Se nulla arriva entro il {moment}, l’ordine viene annullato."),
        }
    }
    pub(crate) const fn tracking_number(self) -> &'static str {
        self.pick("Tracking number", "Numero di spedizione")
    }
    pub(crate) const fn refunds(self) -> &'static str {
        self.pick("Refunds", "Rimborsi")
    }
    pub(crate) const fn timeline(self) -> &'static str {
        self.pick("What happened", "Cosa è successo")
    }
    pub(crate) const fn order_progress(self) -> &'static str {
        self.pick("How far it has come", "A che punto è")
    }
    pub(crate) const fn status(self) -> &'static str {
        self.pick("Status", "Stato")
    }
    pub(crate) const fn all_statuses(self) -> &'static str {
        self.pick("All", "Tutti")
    }
    pub(crate) const fn cancel_order(self) -> &'static str {
        self.pick("Cancel this order", "Annulla l’ordine")
    }
    pub(crate) const fn really_cancel(self) -> &'static str {
        self.pick("Cancel the whole order?", "Annullare tutto l’ordine?")
    }
    pub(crate) const fn cancel_it(self) -> &'static str {
        self.pick("Yes, cancel it", "Sì, annullalo")
    }
    pub(crate) const fn keep_order(self) -> &'static str {
        self.pick("Keep the order", "Tieni l’ordine")
    }
    pub(crate) const fn order_cancelled(self) -> &'static str {
        self.pick("The order is cancelled.", "L’ordine è annullato.")
    }
    pub(crate) const fn too_late_to_cancel(self) -> &'static str {
        self.pick("The order can’t be cancelled any more.", "L’ordine non si può più annullare.")
    }

    pub(crate) const fn order_status(self, status: OrderStatus) -> &'static str {
        match status {
            OrderStatus::Pending => self.pick("Pending", "In attesa"),
            OrderStatus::Confirmed => self.pick("Confirmed", "Confermato"),
            OrderStatus::Processing => self.pick("Being packed", "In preparazione"),
            OrderStatus::Shipped => self.pick("Shipped", "Spedito"),
            OrderStatus::Delivered => self.pick("Delivered", "Consegnato"),
            OrderStatus::Cancelled => self.pick("Cancelled", "Annullato"),
            OrderStatus::Refunded => self.pick("Refunded", "Rimborsato"),
        }
    }
    pub(crate) const fn payment_status(self, status: PaymentStatus) -> &'static str {
        match status {
            PaymentStatus::Unpaid => self.pick("Not paid yet", "Non ancora pagato"),
            PaymentStatus::Authorised => self.pick("Authorised", "Autorizzato"),
            PaymentStatus::Paid => self.pick("Paid", "Pagato"),
            PaymentStatus::PartiallyRefunded => self.pick("Partly refunded", "Rimborsato in parte"),
            PaymentStatus::Refunded => self.pick("Refunded", "Rimborsato"),
            PaymentStatus::Failed => self.pick("Failed", "Non riuscito"),
            PaymentStatus::Expired => self.pick("Not paid in time", "Non pagato in tempo"),
        }
    }
    pub(crate) const fn refund_state(self, state: RefundState) -> &'static str {
        match state {
            RefundState::Pending => self.pick("On its way", "In arrivo"),
            RefundState::Succeeded => self.pick("Given back", "Restituito"),
            RefundState::Failed => self.pick("Failed", "Non riuscito"),
        }
    }
    /// An entry of an order's timeline.
    pub(crate) const fn order_event(self, event: &OrderEvent) -> &'static str {
        match (event.kind, event.to) {
            (OrderEventKind::Placed, _) => self.pick("Order placed", "Ordine effettuato"),
            (OrderEventKind::StatusChanged, Some(status)) => self.order_status(status),
            (OrderEventKind::StatusChanged, None) => self.status(),
            (OrderEventKind::Payment, _) => self.payment(),
            (OrderEventKind::Refund, _) => self.pick("Refund", "Rimborso"),
            (OrderEventKind::Note, _) => self.pick("Note", "Nota"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_is_singular() {
        assert_eq!([1, 2].map(|count| Language::Italian.and_more(count)), ["e un altro", "e altri 2"]);
        assert_eq!([1, 2].map(|count| Language::English.and_more(count)), ["and 1 more", "and 2 more"]);
    }
}
