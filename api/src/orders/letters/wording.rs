//! What the mails say, in each language.

use openapi::{Locale, Money, orders::Order};

use crate::mail::{Letter, greeting};

/// What a letter is about.
#[derive(Debug)]
pub(super) struct About {
    pub(super) locale: Locale,
    pub(super) name: Option<String>,
    /// The order's page.
    pub(super) page: String,
    /// How to pay.
    pub(super) instructions: Option<String>,
    pub(super) order: Order,
}

impl About {
    fn letter(&self, subject: &str) -> Letter {
        Letter::new(self.locale, subject, greeting(self.locale, self.name.as_deref()))
    }

    fn number(&self) -> &str {
        &self.order.order_number
    }

    fn amount(&self, amount: Money) -> String {
        format!("{amount} {}", self.order.currency)
    }

    /// What was bought, and what it all comes to.
    fn bought(&self) -> Vec<[String; 2]> {
        let [shipping, tax, total] = match self.locale {
            Locale::En => ["Shipping", "Tax", "Total"],
            Locale::It => ["Spedizione", "IVA", "Totale"],
        };
        let order = &self.order;
        let items = order.items.iter().map(|item| {
            let options: Vec<_> = item.options.values().map(String::as_str).collect();
            let chosen =
                if options.is_empty() { String::new() } else { format!(" ({})", options.join(", ")) };
            [format!("{} × {}{chosen}", item.quantity, item.name), self.amount(item.subtotal)]
        });
        let sums = [(shipping, order.shipping_amount), (tax, order.tax), (total, order.total_amount)];
        items.chain(sums.map(|(what, sum)| [what.to_owned(), self.amount(sum)])).collect()
    }

    /// With a way to the order.
    fn with_page(&self, letter: Letter) -> Letter {
        let label = match self.locale {
            Locale::En => "See my order",
            Locale::It => "Vedi il mio ordine",
        };
        letter.ask(label, self.page.clone())
    }
}

pub(super) fn placed(about: &About) -> Letter {
    let number = about.number();
    let letter = match about.locale {
        Locale::En => about
            .letter(&format!("Your order {number}"))
            .say(format!("Thank you! We have received your order {number}.")),
        Locale::It => about
            .letter(&format!("Il tuo ordine {number}"))
            .say(format!("Grazie! Abbiamo ricevuto il tuo ordine {number}.")),
    };
    let letter = about.with_page(letter.list(about.bought()));
    match &about.instructions {
        Some(how) if about.order.paid_at.is_none() => letter.say(how.clone()),
        _ => letter,
    }
}

pub(super) fn shipped(about: &About) -> Letter {
    let number = about.number();
    let tracking = about.order.tracking_number.as_deref();
    let (letter, tracking) = match about.locale {
        Locale::En => (
            about
                .letter(&format!("Your order {number} is on its way"))
                .say(format!("Good news: we have just shipped your order {number}.")),
            tracking.map(|tracking| format!("You can follow it by its tracking number: {tracking}")),
        ),
        Locale::It => (
            about
                .letter(&format!("Il tuo ordine {number} è in viaggio"))
                .say(format!("Buone notizie: abbiamo appena spedito il tuo ordine {number}.")),
            tracking.map(|tracking| format!("Puoi seguirlo con il codice di spedizione: {tracking}")),
        ),
    };
    about.with_page(match tracking {
        Some(tracking) => letter.say(tracking),
        None => letter,
    })
}

pub(super) fn cancelled(about: &About) -> Letter {
    let number = about.number();
    let was_paid = about.order.paid_at.is_some();
    let letter = match about.locale {
        Locale::En => about
            .letter(&format!("Your order {number} was cancelled"))
            .say(format!("Your order {number} was cancelled."))
            .say(if was_paid {
                "What you have paid for it goes back to you; we will write to you when it does."
            } else {
                "You have not paid anything for it, and nothing will be charged."
            }),
        Locale::It => about
            .letter(&format!("Il tuo ordine {number} è stato annullato"))
            .say(format!("Il tuo ordine {number} è stato annullato."))
            .say(if was_paid {
                "Quello che hai pagato ti verrà restituito; ti scriveremo quando succederà."
            } else {
                "Non hai pagato nulla e nulla ti verrà addebitato."
            }),
    };
    about.with_page(letter)
}

pub(super) fn refunded(about: &About, amount: Option<Money>) -> Letter {
    let number = about.number();
    let amount = about.amount(amount.unwrap_or(about.order.refunded_amount));
    let letter = match about.locale {
        Locale::En => about
            .letter(&format!("A refund for your order {number}"))
            .say(format!("We have given back {amount} of what you paid for your order {number}."))
            .say("Depending on how you paid it may take a few days to arrive."),
        Locale::It => about
            .letter(&format!("Un rimborso per il tuo ordine {number}"))
            .say(format!("Ti abbiamo restituito {amount} di quanto hai pagato per il tuo ordine {number}."))
            .say("A seconda di come hai pagato potrebbero volerci alcuni giorni."),
    };
    about.with_page(letter)
}
