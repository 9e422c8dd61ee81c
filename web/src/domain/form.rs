//! What is wrong with a form: field by field, and with the whole of it.

use openapi::rules::{MAX_PASSWORD, MIN_PASSWORD};

use crate::client::ClientError;

/// A field that has to be corrected. Fields are called as in the body that is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldTrouble {
    pub(crate) field: String,
    /// The rule that was broken, as the contract names it; "required" and "mismatch" are our own.
    pub(crate) code: String,
}

/// Why nothing came of sending a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FormTrouble {
    pub(crate) fields: Vec<FieldTrouble>,
    /// What no field is to blame for.
    pub(crate) whole: Option<ClientError>,
}

impl FormTrouble {
    /// One field that has to be corrected.
    pub(crate) fn field(field: &str, code: &str) -> Self {
        let trouble = FieldTrouble { field: field.to_owned(), code: code.to_owned() };
        Self { fields: vec![trouble], whole: None }
    }

    /// What the API refused. Of errors about fields the form does not have, only the whole is told.
    pub(crate) fn of(error: ClientError, known: &[&str]) -> Self {
        // Which of the two is wrong is not told. The password is what is corrected more often.
        if error.code() == Some("INVALID_CREDENTIALS") && known.contains(&"password") {
            return Self::field("password", "credentials");
        }
        let fields: Vec<FieldTrouble> = error
            .field_errors()
            .iter()
            .filter_map(|field_error| {
                let field = field_error.pointer.as_deref()?.strip_prefix('/')?;
                known
                    .contains(&field)
                    .then(|| FieldTrouble { field: field.to_owned(), code: field_error.code.clone() })
            })
            .collect();
        let whole = fields.is_empty().then_some(error);
        Self { fields, whole }
    }

    /// Whether there is nothing to correct.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_none()
    }

    /// The rule a field broke, if it did: the first of them.
    pub(crate) fn code_of(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|trouble| trouble.field == field).map(|trouble| trouble.code.as_str())
    }
}

/// A field as the visitor left it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rule {
    /// Not only blanks.
    Required,
    /// Something around an at sign; the API knows the whole rule.
    Email,
    /// Any password that is not empty.
    GivenPassword,
    /// Long enough, and not too long.
    NewPassword,
    /// Ticked.
    Agreed,
    /// May be left empty.
    Optional,
}

/// What can be told without asking the API, in the order of the fields. `value` knows nothing of fields that the form
/// does not show now, nor of boxes that are not ticked.
pub(crate) fn check(rules: &[(&str, Rule)], value: impl Fn(&str) -> Option<String>) -> FormTrouble {
    let fields = rules.iter().filter_map(|(field, rule)| {
        let code = match value(field) {
            Some(value) => broken(*rule, &value)?,
            None if matches!(rule, Rule::Agreed) => "required",
            None => return None,
        };
        Some(FieldTrouble { field: (*field).to_owned(), code: code.to_owned() })
    });
    FormTrouble { fields: fields.collect(), whole: None }
}

fn broken(rule: Rule, value: &str) -> Option<&'static str> {
    let trimmed = value.trim();
    match rule {
        // Passwords are never trimmed.
        Rule::GivenPassword | Rule::NewPassword if value.is_empty() => Some("required"),
        Rule::Required | Rule::Email if trimmed.is_empty() => Some("required"),
        Rule::GivenPassword | Rule::Required | Rule::Agreed | Rule::Optional => None,
        Rule::NewPassword => {
            let is_fitting = (MIN_PASSWORD..=MAX_PASSWORD).contains(&value.chars().count());
            (!is_fitting).then_some("length")
        }
        Rule::Email => {
            let is_address = trimmed.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && !host.is_empty() && !host.contains('@') && !trimmed.contains(' ')
            });
            (!is_address).then_some("email")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::problem;

    #[test]
    fn every_field_gets_its_own_error() {
        let error = problem(422, "VALIDATION_ERROR", &[("/email", "email"), ("/password", "common")]);
        let trouble = FormTrouble::of(error, &["email", "password"]);
        assert_eq!(trouble.code_of("email"), Some("email"));
        assert_eq!(trouble.code_of("password"), Some("common"));
        assert_eq!(trouble.code_of("firstName"), None);
        assert_eq!(trouble.whole, None);
    }

    #[test]
    fn errors_of_fields_that_are_not_there_are_told_of_the_whole() {
        let error = problem(422, "VALIDATION_ERROR", &[("/token", "link")]);
        let trouble = FormTrouble::of(error.clone(), &["password"]);
        assert!(trouble.fields.is_empty());
        assert_eq!(trouble.whole, Some(error));
        assert_eq!(
            FormTrouble::of(ClientError::Unreachable, &["password"]).whole,
            Some(ClientError::Unreachable)
        );
    }

    #[test]
    fn wrong_credentials_are_shown_at_the_password() {
        let error = problem(401, "INVALID_CREDENTIALS", &[]);
        assert_eq!(
            FormTrouble::of(error, &["email", "password"]),
            FormTrouble::field("password", "credentials")
        );
    }

    #[test]
    fn what_is_missing_is_found_at_once_and_in_order() {
        let rules = [
            ("email", Rule::Email),
            ("firstName", Rule::Required),
            ("label", Rule::Optional),
            ("currentPassword", Rule::GivenPassword),
            ("password", Rule::NewPassword),
            ("agreed", Rule::Agreed),
        ];
        let trouble = check(&rules, |field| match field {
            "password" => Some("short".into()),
            "currentPassword" | "agreed" => None,
            _ => Some(" ".into()),
        });
        let found: Vec<_> = trouble.fields.iter().map(|t| (t.field.as_str(), t.code.as_str())).collect();
        assert_eq!(
            found,
            [
                ("email", "required"),
                ("firstName", "required"),
                ("password", "length"),
                ("agreed", "required")
            ]
        );
        let fine = |field: &str| Some(if field == "email" { " a@b " } else { "12345678" }.to_owned());
        assert!(check(&rules, fine).is_empty());
    }

    #[test]
    fn an_address_has_something_on_either_side() {
        for bad in ["ada", "@example.com", "ada@", "a@b@c", "a b@example.com"] {
            assert_eq!(broken(Rule::Email, bad), Some("email"), "{bad}");
        }
        assert_eq!(broken(Rule::Email, "ada@example.com"), None);
    }

    #[test]
    fn blanks_are_a_password() {
        assert_eq!(broken(Rule::GivenPassword, " "), None);
        assert_eq!(broken(Rule::NewPassword, "        "), None);
        assert_eq!(broken(Rule::NewPassword, &"é".repeat(129)), Some("length"));
    }
}
