//! Forms: what every one of them says, and what can be wrong with it.

use super::Language;
use crate::client::ClientError;

impl Language {
    pub(crate) const fn optional(self) -> &'static str {
        self.pick("optional", "facoltativo")
    }
    pub(crate) const fn show_password(self) -> &'static str {
        self.pick("Show password", "Mostra la password")
    }
    pub(crate) const fn one_moment(self) -> &'static str {
        self.pick("One moment…", "Un momento…")
    }
    pub(crate) const fn save(self) -> &'static str {
        self.pick("Save", "Salva")
    }
    pub(crate) const fn cancel(self) -> &'static str {
        self.pick("Cancel", "Annulla")
    }
    pub(crate) const fn email(self) -> &'static str {
        self.pick("E-mail address", "Indirizzo e-mail")
    }
    pub(crate) const fn password(self) -> &'static str {
        self.pick("Password", "Password")
    }
    pub(crate) const fn new_password(self) -> &'static str {
        self.pick("New password", "Nuova password")
    }
    pub(crate) const fn current_password(self) -> &'static str {
        self.pick("Current password", "Password attuale")
    }
    pub(crate) const fn new_password_hint(self) -> &'static str {
        self.pick(
            "At least 8 characters. A few unrelated words make a good one.",
            "Almeno 8 caratteri. Qualche parola a caso va benissimo.",
        )
    }
    pub(crate) const fn first_name(self) -> &'static str {
        self.pick("First name", "Nome")
    }
    pub(crate) const fn last_name(self) -> &'static str {
        self.pick("Last name", "Cognome")
    }

    /// Above a form in which something has to be corrected.
    pub(crate) fn check_fields(self, count: usize) -> String {
        match self {
            Self::English if count == 1 => "Please check the marked field.".into(),
            Self::English => format!("Please check the {count} marked fields."),
            Self::Italian if count == 1 => "Controlla il campo evidenziato.".into(),
            Self::Italian => format!("Controlla i {count} campi evidenziati."),
        }
    }

    /// What is wrong with one field, by the rule it broke.
    pub(crate) fn field_trouble(self, field: &str, code: &str) -> &'static str {
        match code {
            "required" if field == "agreed" => {
                self.pick("Tick this to go on.", "Spunta questa casella per continuare.")
            }
            "required" => self.pick("Please fill this in.", "Compila questo campo."),
            "email" => self.pick(
                "This is not an e-mail address. It looks like name@example.com.",
                "Questo non è un indirizzo e-mail. Si scrive così: nome@example.com.",
            ),
            "taken" => self.pick(
                "There is already an account with this address. Sign in, or use another one.",
                "Esiste già un account con questo indirizzo. Accedi, oppure usane un altro.",
            ),
            "credentials" => self.pick(
                "The e-mail address or the password is wrong.",
                "L’indirizzo e-mail o la password non sono corretti.",
            ),
            "wrong" => self.pick("This is not your password.", "Questa non è la tua password."),
            "common" => self.pick(
                "This password is one of the first that others would try. Choose another one.",
                "Questa password è tra le prime che altri proverebbero. Scegline un’altra.",
            ),
            "length" if field.to_ascii_lowercase().contains("password") => {
                self.pick("Use between 8 and 128 characters.", "Usa da 8 a 128 caratteri.")
            }
            "length" => self.pick("This is too long.", "Il testo è troppo lungo."),
            "postalCode" => self.pick(
                "Postal codes of this country are written differently.",
                "I codici postali di questo Paese si scrivono in un altro modo.",
            ),
            "phone" => self.pick(
                "This is not a telephone number. It looks like +39 06 1234567.",
                "Questo non è un numero di telefono. Si scrive così: +39 06 1234567.",
            ),
            "country" => self.pick("Choose a country.", "Scegli un Paese."),
            _ => self.pick("The shop does not accept this.", "Il negozio non lo accetta."),
        }
    }

    /// Why nothing came of sending a form.
    pub(crate) fn form_trouble(self, error: &ClientError) -> String {
        let text = match error {
            ClientError::Unreachable => self.pick(
                "We can’t reach the shop, so nothing was changed. Check your connection, then try again.",
                "Il negozio non è raggiungibile, quindi nulla è cambiato. Controlla la connessione, poi riprova.",
            ),
            _ if error.status() == Some(429) => return self.too_often(error.retry_after()),
            _ if error.field_errors().iter().any(|field| field.code == "link") => self.link_is_spent(),
            _ if error.is_unauthorized() => self.pick(
                "Your session has ended. Sign in again to go on.",
                "La sessione è terminata. Accedi di nuovo per continuare.",
            ),
            _ => {
                let text = self.pick(
                    "Something went wrong on our side. Try again in a moment.",
                    "Qualcosa è andato storto da parte nostra. Riprova tra poco.",
                );
                return match error.request_id() {
                    Some(id) => format!("{text} ({}: {id})", self.request_id()),
                    None => text.to_owned(),
                };
            }
        };
        text.to_owned()
    }

    /// With the wait in words, rounded up.
    fn too_often(self, seconds: Option<u32>) -> String {
        let wait = match seconds {
            None => self.pick("a few minutes", "qualche minuto").to_owned(),
            Some(seconds) if seconds < 60 => self.counted(
                seconds.max(1).into(),
                self.pick("second", "secondo"),
                self.pick("seconds", "secondi"),
            ),
            Some(seconds) if seconds <= 60 * 60 => self.counted(
                seconds.div_ceil(60).into(),
                self.pick("minute", "minuto"),
                self.pick("minutes", "minuti"),
            ),
            Some(seconds) => self.counted(
                seconds.div_ceil(60 * 60).into(),
                self.pick("hour", "ora"),
                self.pick("hours", "ore"),
            ),
        };
        match self {
            Self::English => format!("That was too often in a short time. Try again in {wait}."),
            Self::Italian => format!("Troppi tentativi in poco tempo. Riprova tra {wait}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_told_in_words_and_never_too_short() {
        let wait = |seconds| Language::English.too_often(seconds);
        assert_eq!(wait(Some(0)), "That was too often in a short time. Try again in 1 second.");
        assert!(wait(Some(45)).ends_with("in 45 seconds."));
        assert!(wait(Some(60)).ends_with("in 1 minute."));
        assert!(wait(Some(61)).ends_with("in 2 minutes."));
        assert!(wait(Some(3_600)).ends_with("in 60 minutes."));
        assert!(wait(Some(3_601)).ends_with("in 2 hours."));
        assert!(wait(None).ends_with("in a few minutes."));
        assert!(Language::Italian.too_often(Some(900)).ends_with("tra 15 minuti."));
    }

    #[test]
    fn a_rule_nobody_knows_is_told_all_the_same() {
        assert_eq!(Language::English.field_trouble("label", "novel"), "The shop does not accept this.");
    }
}
