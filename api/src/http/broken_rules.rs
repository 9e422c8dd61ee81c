//! The rules a request breaks, whether in its body or its query: where each is broken, and what it says.

use validator::{ValidationErrors, ValidationErrorsKind};

/// Every broken rule: where, which, and what it says. In the order of the fields' names, so that answers are stable.
pub(super) fn flatten(errors: &ValidationErrors, above: &str) -> Vec<(String, String, String)> {
    let mut fields: Vec<_> = errors.errors().iter().collect();
    fields.sort_by_key(|(name, _)| *name);
    fields
        .into_iter()
        .flat_map(|(field, kind)| {
            let place =
                if *field == "__all__" { above.to_owned() } else { format!("{above}/{}", camel_case(field)) };
            match kind {
                ValidationErrorsKind::Field(broken) => broken
                    .iter()
                    .map(|rule| (place.clone(), rule.code.to_string(), rule_in_words(rule)))
                    .collect(),
                ValidationErrorsKind::Struct(inner) => flatten(inner, &place),
                ValidationErrorsKind::List(items) => items
                    .iter()
                    .flat_map(|(index, inner)| flatten(inner, &format!("{place}/{index}")))
                    .collect(),
            }
        })
        .collect::<Vec<_>>()
}

fn rule_in_words(rule: &validator::ValidationError) -> String {
    if let Some(message) = &rule.message {
        return message.to_string();
    }
    let bound = |name: &str| rule.params.get(name).map(ToString::to_string);
    let unit = if rule.code == "length" { " characters long" } else { "" };
    match (bound("min"), bound("max")) {
        (Some(min), Some(max)) => format!("must be between {min} and {max}{unit}"),
        (Some(min), None) => format!("must be at least {min}{unit}"),
        (None, Some(max)) => format!("must be at most {max}{unit}"),
        (None, None) => "breaks a rule".into(),
    }
}

fn camel_case(field: &str) -> String {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
