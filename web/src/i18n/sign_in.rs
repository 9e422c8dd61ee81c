//! Signing in, registering, and the links in mails.

use super::Language;

impl Language {
    pub(crate) const fn sign_in(self) -> &'static str {
        self.pick("Sign in", "Accedi")
    }
    pub(crate) const fn sign_in_lead(self) -> &'static str {
        self.pick("Welcome back.", "È bello rivederti.")
    }
    pub(crate) const fn forgot_password(self) -> &'static str {
        self.pick("Forgot your password?", "Password dimenticata?")
    }
    pub(crate) const fn no_account_yet(self) -> &'static str {
        self.pick("New here?", "È la prima volta?")
    }
    pub(crate) const fn create_account(self) -> &'static str {
        self.pick("Create an account", "Crea un account")
    }
    pub(crate) const fn create_account_lead(self) -> &'static str {
        self.pick(
            "For faster checkouts, and to find your orders again.",
            "Per acquistare più in fretta e ritrovare i tuoi ordini.",
        )
    }
    pub(crate) const fn has_account(self) -> &'static str {
        self.pick("Already have an account?", "Hai già un account?")
    }
    pub(crate) const fn account_created(self) -> &'static str {
        self.pick(
            "Welcome! We sent you an e-mail: follow its link to confirm your address.",
            "Ti diamo il benvenuto! Ti abbiamo inviato un’e-mail: segui il link per confermare l’indirizzo.",
        )
    }
    pub(crate) const fn signed_out(self) -> &'static str {
        self.pick("You are signed out.", "Uscita effettuata.")
    }
    pub(crate) const fn sign_out_failed(self) -> &'static str {
        self.pick(
            "We can’t reach the shop: you are still signed in. Try again in a moment.",
            "Il negozio non è raggiungibile: l’uscita non è riuscita. Riprova tra poco.",
        )
    }
    pub(crate) const fn forgot_title(self) -> &'static str {
        self.pick("Forgot your password", "Password dimenticata")
    }
    pub(crate) const fn forgot_lead(self) -> &'static str {
        self.pick(
            "Tell us your e-mail address, and we’ll send you a link to choose a new password.",
            "Scrivi il tuo indirizzo e-mail: ti invieremo un link per scegliere una nuova password.",
        )
    }
    pub(crate) const fn send_link(self) -> &'static str {
        self.pick("Send the link", "Invia il link")
    }
    pub(crate) const fn link_sent(self) -> &'static str {
        self.pick("Look into your inbox", "Controlla la posta")
    }
    pub(crate) const fn link_sent_help(self) -> &'static str {
        self.pick(
            "If there is an account with this address, a link is on its way. It works once, and not for long. Nothing there? Look among the spam.",
            "Se esiste un account con questo indirizzo, il link è in arrivo. Vale una volta sola e per poco tempo. Non trovi nulla? Guarda nello spam.",
        )
    }
    pub(crate) const fn back_to_sign_in(self) -> &'static str {
        self.pick("Back to sign in", "Torna all’accesso")
    }
    pub(crate) const fn reset_title(self) -> &'static str {
        self.pick("Choose a new password", "Scegli una nuova password")
    }
    pub(crate) const fn reset_lead(self) -> &'static str {
        self.pick(
            "You will be signed out everywhere, and sign in with the new one.",
            "Uscirai da tutti i dispositivi e accederai con quella nuova.",
        )
    }
    pub(crate) const fn set_password(self) -> &'static str {
        self.pick("Save the password", "Salva la password")
    }
    pub(crate) const fn password_was_reset(self) -> &'static str {
        self.pick(
            "Your new password is saved. Sign in with it.",
            "La nuova password è salvata. Usala per accedere.",
        )
    }
    pub(crate) const fn link_is_spent_title(self) -> &'static str {
        self.pick("This link does not work", "Questo link non funziona")
    }
    pub(crate) const fn link_is_spent(self) -> &'static str {
        self.pick(
            "This link is incomplete, too old, or was used already. Ask for another one.",
            "Questo link è incompleto, troppo vecchio o già usato. Chiedine un altro.",
        )
    }
    pub(crate) const fn ask_for_link(self) -> &'static str {
        self.pick("Ask for another link", "Chiedi un altro link")
    }
    pub(crate) const fn verify_title(self) -> &'static str {
        self.pick("Confirming your e-mail address", "Conferma dell’indirizzo e-mail")
    }
    pub(crate) const fn email_is_verified(self) -> &'static str {
        self.pick("Your e-mail address is confirmed", "Il tuo indirizzo e-mail è confermato")
    }
    pub(crate) const fn email_is_verified_help(self) -> &'static str {
        self.pick("Thank you. That was all.", "Grazie. Non serve altro.")
    }
    pub(crate) const fn verify_again_help(self) -> &'static str {
        self.pick(
            "This link is incomplete, too old, or was used already. Sign in to see whether your address is confirmed, and to get another link.",
            "Questo link è incompleto, troppo vecchio o già usato. Accedi per vedere se l’indirizzo è confermato e per ricevere un altro link.",
        )
    }
    pub(crate) const fn to_account(self) -> &'static str {
        self.pick("To your account", "Vai al tuo account")
    }
    pub(crate) fn verify_your_email(self, email: &str) -> String {
        match self {
            Self::English => format!("Please confirm {email}: follow the link in the e-mail we sent there."),
            Self::Italian => format!("Conferma {email}: segui il link nell’e-mail che abbiamo inviato lì."),
        }
    }
    pub(crate) const fn send_again(self) -> &'static str {
        self.pick("Send it again", "Invia di nuovo")
    }
    pub(crate) const fn sent_again(self) -> &'static str {
        self.pick("A new link is on its way.", "Un nuovo link è in arrivo.")
    }
}
