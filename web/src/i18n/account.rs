//! The pages of one's account.

use super::Language;

impl Language {
    pub(crate) const fn your_account(self) -> &'static str {
        self.pick("Your account", "Il tuo account")
    }
    pub(crate) fn account_of(self, name: &str) -> String {
        format!("{}: {name}", self.your_account())
    }
    pub(crate) const fn profile(self) -> &'static str {
        self.pick("Profile", "Profilo")
    }
    pub(crate) const fn addresses(self) -> &'static str {
        self.pick("Addresses", "Indirizzi")
    }
    pub(crate) const fn security(self) -> &'static str {
        self.pick("Security", "Sicurezza")
    }
    pub(crate) const fn privacy(self) -> &'static str {
        self.pick("Your data", "I tuoi dati")
    }
    pub(crate) const fn sign_out(self) -> &'static str {
        self.pick("Sign out", "Esci")
    }
    pub(crate) fn member_since(self, date: &str) -> String {
        match self {
            Self::English => format!("Customer since {date}"),
            Self::Italian => format!("Cliente dal {date}"),
        }
    }
    pub(crate) const fn verified(self) -> &'static str {
        self.pick("Confirmed", "Confermato")
    }
    pub(crate) const fn not_verified(self) -> &'static str {
        self.pick("Not confirmed yet", "Non ancora confermato")
    }
    pub(crate) const fn your_details(self) -> &'static str {
        self.pick("Your details", "I tuoi dati personali")
    }
    pub(crate) const fn mail_language(self) -> &'static str {
        self.pick("Language of our e-mails", "Lingua delle nostre e-mail")
    }
    pub(crate) const fn email_change_hint(self) -> &'static str {
        self.pick(
            "A new address needs your password, and has to be confirmed.",
            "Per un nuovo indirizzo serve la password, e va confermato.",
        )
    }
    pub(crate) const fn profile_saved(self) -> &'static str {
        self.pick("Your profile is saved.", "Il profilo è salvato.")
    }

    pub(crate) const fn no_addresses(self) -> &'static str {
        self.pick("No addresses yet", "Ancora nessun indirizzo")
    }
    pub(crate) const fn no_addresses_help(self) -> &'static str {
        self.pick(
            "Save one here, and checkout will know where to send your order.",
            "Salvane uno qui, e all’acquisto sapremo già dove spedire.",
        )
    }
    pub(crate) const fn add_address(self) -> &'static str {
        self.pick("Add an address", "Aggiungi un indirizzo")
    }
    pub(crate) const fn edit_address(self) -> &'static str {
        self.pick("Edit the address", "Modifica l’indirizzo")
    }
    pub(crate) const fn save_address(self) -> &'static str {
        self.pick("Save the address", "Salva l’indirizzo")
    }
    pub(crate) const fn default_address(self) -> &'static str {
        self.pick("Default", "Predefinito")
    }
    pub(crate) const fn make_default(self) -> &'static str {
        self.pick("Make it the default", "Rendi predefinito")
    }
    pub(crate) const fn use_as_default(self) -> &'static str {
        self.pick("Use it as my default address", "Usalo come indirizzo predefinito")
    }
    pub(crate) const fn edit(self) -> &'static str {
        self.pick("Edit", "Modifica")
    }
    pub(crate) const fn delete(self) -> &'static str {
        self.pick("Delete", "Elimina")
    }
    pub(crate) const fn keep(self) -> &'static str {
        self.pick("Keep it", "Tienilo")
    }
    pub(crate) const fn really_delete(self) -> &'static str {
        self.pick("Delete this address?", "Eliminare questo indirizzo?")
    }
    pub(crate) const fn address_saved(self) -> &'static str {
        self.pick("The address is saved.", "L’indirizzo è salvato.")
    }
    pub(crate) const fn address_deleted(self) -> &'static str {
        self.pick("The address is deleted.", "L’indirizzo è eliminato.")
    }
    pub(crate) const fn address_label(self) -> &'static str {
        self.pick("What you call it", "Come lo chiami")
    }
    pub(crate) const fn address_label_hint(self) -> &'static str {
        self.pick("Like “Home” or “Work”.", "Per esempio «Casa» o «Lavoro».")
    }
    pub(crate) const fn address1(self) -> &'static str {
        self.pick("Street and number", "Via e numero civico")
    }
    pub(crate) const fn address2(self) -> &'static str {
        self.pick("Apartment, floor, c/o", "Interno, scala, presso")
    }
    pub(crate) const fn city(self) -> &'static str {
        self.pick("City", "Città")
    }
    pub(crate) const fn state(self) -> &'static str {
        self.pick("State or province", "Provincia o Stato")
    }
    pub(crate) const fn postal_code(self) -> &'static str {
        self.pick("Postal code", "CAP")
    }
    pub(crate) const fn country(self) -> &'static str {
        self.pick("Country", "Paese")
    }
    pub(crate) const fn phone(self) -> &'static str {
        self.pick("Telephone", "Telefono")
    }

    pub(crate) const fn change_password(self) -> &'static str {
        self.pick("Change your password", "Cambia la password")
    }
    pub(crate) const fn change_password_help(self) -> &'static str {
        self.pick(
            "Every other device will be signed out.",
            "Tutti gli altri dispositivi usciranno dall’account.",
        )
    }
    pub(crate) const fn password_changed(self) -> &'static str {
        self.pick("Your password is changed.", "La password è cambiata.")
    }
    pub(crate) const fn sessions(self) -> &'static str {
        self.pick("Where you are signed in", "Dove hai effettuato l’accesso")
    }
    pub(crate) const fn this_device(self) -> &'static str {
        self.pick("This device", "Questo dispositivo")
    }
    pub(crate) const fn unknown_device(self) -> &'static str {
        self.pick("Unknown device", "Dispositivo sconosciuto")
    }
    pub(crate) fn last_used(self, time: &str) -> String {
        match self {
            Self::English => format!("Last used {time}"),
            Self::Italian => format!("Ultimo uso {time}"),
        }
    }
    pub(crate) fn sign_out_device(self, device: &str) -> String {
        format!("{}: {device}", self.sign_out())
    }
    pub(crate) const fn session_ended(self) -> &'static str {
        self.pick("That device is signed out.", "Quel dispositivo è uscito dall’account.")
    }
    pub(crate) const fn sign_out_everywhere(self) -> &'static str {
        self.pick("Sign out everywhere", "Esci da tutti i dispositivi")
    }
    pub(crate) const fn sign_out_everywhere_help(self) -> &'static str {
        self.pick("Ends every session, this one too.", "Termina tutte le sessioni, anche questa.")
    }

    pub(crate) const fn export_title(self) -> &'static str {
        self.pick("Take your data along", "Porta i tuoi dati con te")
    }
    pub(crate) const fn export_help(self) -> &'static str {
        self.pick(
            "Everything we keep about you – profile, addresses, sessions, orders – in one file that programs can read.",
            "Tutto ciò che conserviamo su di te – profilo, indirizzi, sessioni, ordini – in un file leggibile dai programmi.",
        )
    }
    pub(crate) const fn export(self) -> &'static str {
        self.pick("Download my data", "Scarica i miei dati")
    }
    pub(crate) const fn exported(self) -> &'static str {
        self.pick("Your data is downloaded.", "I tuoi dati sono stati scaricati.")
    }
    pub(crate) const fn erase_title(self) -> &'static str {
        self.pick("Erase your account", "Cancella il tuo account")
    }
    pub(crate) const fn erase_help(self) -> &'static str {
        self.pick(
            "Your profile, addresses and sessions are erased for good. Orders stay in our books, without your name.",
            "Profilo, indirizzi e sessioni vengono cancellati per sempre. Gli ordini restano nei nostri registri, senza il tuo nome.",
        )
    }
    pub(crate) const fn erase_agreed(self) -> &'static str {
        self.pick("I understand that this cannot be undone.", "Capisco che non si può annullare.")
    }
    pub(crate) const fn erase(self) -> &'static str {
        self.pick("Erase my account", "Cancella il mio account")
    }
    pub(crate) const fn erased(self) -> &'static str {
        self.pick("Your account is erased. Farewell!", "Il tuo account è cancellato. Arrivederci!")
    }
}
