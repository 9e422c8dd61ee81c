//! How letters begin.

use openapi::Locale;

/// Greets somebody, by name if that is one.
pub(crate) fn greeting(locale: Locale, name: Option<&str>) -> String {
    let hello = match locale {
        Locale::En => "Hello",
        Locale::It => "Ciao",
    };
    match name.filter(|name| reads_as_a_name(name)) {
        Some(name) => format!("{hello} {name},"),
        None => format!("{hello},"),
    }
}

/// Whether a name is no advertisement. Anybody may open an account in the name of "Win at casino.example" with
/// somebody else's address, and we would bring them the message.
fn reads_as_a_name(name: &str) -> bool {
    let dot_within_a_word = name.split('.').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric));
    name.chars().count() <= 40 && !name.contains(['/', ':', '@']) && !dot_within_a_word
}
