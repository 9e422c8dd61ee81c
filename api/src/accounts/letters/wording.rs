//! What the mails say, in each language.

use entity::one_time_token::TokenPurpose;
use openapi::Locale;

use crate::{
    accounts::links,
    mail::{Letter, greeting},
};

pub(super) fn verify_email(locale: Locale, name: Option<&str>, link: String) -> Letter {
    let hours = hours(locale, TokenPurpose::VerifyEmail);
    match locale {
        Locale::En => Letter::new(locale, "Confirm your e-mail address", greeting(locale, name))
            .say("Welcome to Bottega! Please confirm that this address is yours, so that we know where to write to you.")
            .ask("Confirm my address", link)
            .say(format!("The link works once, within {hours}."))
            .say("If you have not opened an account with us, simply ignore this mail."),
        Locale::It => Letter::new(locale, "Conferma il tuo indirizzo e-mail", greeting(locale, name))
            .say("Benvenuto da Bottega! Conferma che questo indirizzo è tuo, così sapremo dove scriverti.")
            .ask("Conferma il mio indirizzo", link)
            .say(format!("Il link funziona una volta sola, entro {hours}."))
            .say("Se non hai aperto un account da noi, ignora pure questa e-mail."),
    }
}

pub(super) fn reset_password(locale: Locale, name: Option<&str>, link: String) -> Letter {
    let hours = hours(locale, TokenPurpose::ResetPassword);
    match locale {
        Locale::En => Letter::new(locale, "Choose a new password", greeting(locale, name))
            .say("Somebody, hopefully you, asked for a new password for your Bottega account.")
            .ask("Choose a new password", link)
            .say(format!("The link works once, within {hours}."))
            .say("If it was not you, ignore this mail: your password stays as it is."),
        Locale::It => Letter::new(locale, "Scegli una nuova password", greeting(locale, name))
            .say("Qualcuno, speriamo tu, ha chiesto una nuova password per il tuo account Bottega.")
            .ask("Scegli una nuova password", link)
            .say(format!("Il link funziona una volta sola, entro {hours}."))
            .say("Se non sei stato tu, ignora questa e-mail: la tua password resta quella di prima."),
    }
}

pub(super) fn password_changed(locale: Locale, name: Option<&str>, forgot_page: String) -> Letter {
    match locale {
        Locale::En => Letter::new(locale, "Your password was changed", greeting(locale, name))
            .say("The password of your Bottega account has just been changed. If it was you, all is well.")
            .say("If it was not you, somebody else may be using your account: choose a new password right away.")
            .ask("It was not me", forgot_page),
        Locale::It => Letter::new(locale, "La tua password è cambiata", greeting(locale, name))
            .say("La password del tuo account Bottega è appena stata cambiata. Se sei stato tu, va tutto bene.")
            .say("Se non sei stato tu, qualcun altro potrebbe usare il tuo account: scegli subito una nuova password.")
            .ask("Non sono stato io", forgot_page),
    }
}

/// Without a link: the account no longer has this address, so that asking for a new password would lead nowhere.
pub(super) fn email_changed(locale: Locale, name: Option<&str>, new_address: &str) -> Letter {
    match locale {
        Locale::En => Letter::new(locale, "Your e-mail address was changed", greeting(locale, name))
            .say(format!(
                "The address of your Bottega account is now {new_address}. From now on we write to you there."
            ))
            .say("If it was you, all is well. If it was not, answer this mail right away, and we will look into it."),
        Locale::It => Letter::new(locale, "Il tuo indirizzo e-mail è cambiato", greeting(locale, name))
            .say(format!(
                "L'indirizzo del tuo account Bottega ora è {new_address}. D'ora in poi ti scriveremo lì."
            ))
            .say("Se sei stato tu, va tutto bene. Altrimenti rispondi subito a questa e-mail e ce ne occuperemo."),
    }
}

/// Without a name: it is already forgotten.
pub(super) fn account_erased(locale: Locale) -> Letter {
    match locale {
        Locale::En => Letter::new(locale, "Goodbye from Bottega", greeting(locale, None))
            .say("Your account and your personal data have been erased, as you asked. This is our last mail to you.")
            .say("Thank you for the time with us. The door stays open, whenever you like to come back."),
        Locale::It => Letter::new(locale, "Arrivederci da Bottega", greeting(locale, None))
            .say("Il tuo account e i tuoi dati personali sono stati cancellati, come hai chiesto. È l'ultima e-mail che ricevi da noi.")
            .say("Grazie del tempo passato insieme. La porta resta aperta, quando vorrai tornare."),
    }
}

/// How long a link works, in words.
fn hours(locale: Locale, purpose: TokenPurpose) -> String {
    match (locale, links::lifetime(purpose).num_hours()) {
        (Locale::En, 1) => "one hour".to_owned(),
        (Locale::En, hours) => format!("{hours} hours"),
        (Locale::It, 1) => "un'ora".to_owned(),
        (Locale::It, hours) => format!("{hours} ore"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://shop.test/auth/x?token=abc";

    fn all(locale: Locale, name: Option<&str>) -> Vec<Letter> {
        vec![
            verify_email(locale, name, LINK.to_owned()),
            reset_password(locale, name, LINK.to_owned()),
            password_changed(locale, name, LINK.to_owned()),
            email_changed(locale, name, "j•••@example.com"),
            account_erased(locale),
        ]
    }

    #[test]
    fn every_mail_is_worded_in_every_language() {
        let [english, italian] = Locale::ALL.map(|locale| all(locale, Some("Anna")));
        for (english, italian) in english.iter().zip(&italian) {
            assert_ne!(english.subject, italian.subject);
            assert!(english.text().starts_with("Hello"), "{}", english.text());
            assert!(italian.text().starts_with("Ciao"), "{}", italian.text());
        }
        for letter in english[..4].iter().chain(&italian[..4]) {
            assert!(letter.text().contains(" Anna,\n"), "{}", letter.text());
        }
        for letter in english[..3].iter().chain(&italian[..3]) {
            assert!(letter.text().lines().any(|line| line == LINK), "{}", letter.text());
            assert!(letter.html().contains(&format!("href=\"{LINK}\"")), "{}", letter.html());
        }
    }

    #[test]
    fn mails_with_a_link_say_how_long_it_works() {
        for (letter, told) in all(Locale::En, None).iter().zip(["48 hours", "one hour"]) {
            assert!(letter.text().contains(told), "{}", letter.text());
        }
        for (letter, told) in all(Locale::It, None).iter().zip(["48 ore", "un'ora"]) {
            assert!(letter.text().contains(told), "{}", letter.text());
        }
    }

    #[test]
    fn a_hostile_name_is_harmless() {
        let html = verify_email(Locale::En, Some("<b onclick=\"x\">Eve & co"), LINK.to_owned()).html();
        assert!(html.contains("Hello &lt;b onclick=&quot;x&quot;&gt;Eve &amp; co,"), "{html}");
        for advertisement in ["Win at casino.example", "https://evil.example", "eve@example", &"a".repeat(41)]
        {
            assert_eq!(greeting(Locale::En, Some(advertisement)), "Hello,");
        }
        for name in ["Anna", "J. R. R.", "Maria Rosaria", "D'Angelo", "李"] {
            assert_eq!(greeting(Locale::It, Some(name)), format!("Ciao {name},"));
        }
    }
}
