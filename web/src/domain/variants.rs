//! Choosing a variant, one option at a time.
//!
//! Options are asked in order, and an earlier choice outranks a later one: a value can be chosen if something
//! in stock has it together with what is chosen above it. Choosing it may therefore change what is chosen below.

use std::collections::HashMap;

use openapi::catalog::{ProductOption, Variant};

/// The variant a visitor sees first: the default, or the first that can be bought when the default cannot.
pub(crate) fn first(variants: &[Variant]) -> Option<&Variant> {
    let default = variants.iter().find(|variant| variant.is_default).or_else(|| variants.first());
    default
        .filter(|variant| variant.stock > 0)
        .or_else(|| variants.iter().find(|variant| variant.stock > 0))
        .or(default)
}

/// What choosing a value leads to.
pub(crate) struct Choice<'a> {
    pub(crate) variant: &'a Variant,
    /// How many options below would change with it.
    changes: usize,
}

/// For each option, what choosing one of its values leads to. A value that is not there is out of stock.
pub(crate) fn choices<'a>(
    options: &[ProductOption],
    variants: &'a [Variant],
    current: &Variant,
) -> Vec<HashMap<&'a str, Choice<'a>>> {
    // One look at each variant, however many values there are: a product may have thousands of both.
    let mut best: Vec<HashMap<&str, Choice>> = options.iter().map(|_| HashMap::new()).collect();
    for variant in variants.iter().filter(|variant| variant.stock > 0) {
        let differs =
            |option: &ProductOption| variant.options.get(&option.name) != current.options.get(&option.name);
        let mut changes = options.iter().filter(|option| differs(option)).count();
        for (option, best) in options.iter().zip(&mut best) {
            let is_different = differs(option);
            changes -= usize::from(is_different);
            if let Some(value) = variant.options.get(&option.name) {
                let found = best.entry(value).or_insert(Choice { variant, changes });
                if changes < found.changes {
                    *found = Choice { variant, changes };
                }
            }
            if is_different {
                break;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::variant;

    fn options() -> Vec<ProductOption> {
        let option = |name: &str, values: &[&str]| ProductOption {
            name: name.into(),
            values: values.iter().map(ToString::to_string).collect(),
        };
        vec![option("color", &["red", "blue"]), option("size", &["S", "M"])]
    }

    fn shirts() -> Vec<Variant> {
        vec![
            variant("RED-S", &[("color", "red"), ("size", "S")], 0),
            variant("RED-M", &[("color", "red"), ("size", "M")], 3),
            variant("BLUE-S", &[("color", "blue"), ("size", "S")], 5),
            variant("BLUE-M", &[("color", "blue"), ("size", "M")], 0),
        ]
    }

    fn chosen(from: usize, index: usize, value: &str) -> Option<String> {
        let shirts = shirts();
        let choices = choices(&options(), &shirts, &shirts[from]);
        choices.get(index)?.get(value).map(|choice| choice.variant.sku.clone())
    }

    #[test]
    fn a_visitor_starts_at_something_that_can_be_bought() {
        let mut shirts = shirts();
        assert_eq!(first(&shirts).unwrap().sku, "RED-M");
        shirts[2].is_default = true;
        assert_eq!(first(&shirts).unwrap().sku, "BLUE-S");
        for shirt in &mut shirts {
            shirt.stock = 0;
        }
        assert_eq!(first(&shirts).unwrap().sku, "BLUE-S");
        assert_eq!(first(&[]), None);
    }

    #[test]
    fn the_first_option_is_always_free_and_takes_the_second_along() {
        assert_eq!(chosen(1, 0, "blue").as_deref(), Some("BLUE-S"));
        assert_eq!(chosen(2, 0, "red").as_deref(), Some("RED-M"));
    }

    #[test]
    fn the_second_option_offers_only_what_the_first_leaves() {
        assert_eq!(chosen(1, 1, "S"), None);
        assert_eq!(chosen(1, 1, "M").as_deref(), Some("RED-M"));
        assert_eq!(chosen(2, 1, "M"), None);
    }

    #[test]
    fn what_nobody_sells_cannot_be_chosen() {
        assert_eq!(chosen(1, 0, "green"), None);
        assert_eq!(chosen(1, 7, "S"), None);
    }

    #[test]
    fn the_choice_below_is_kept_where_it_can_be() {
        let mut shirts = shirts();
        shirts[0].stock = 1;
        shirts[3].stock = 1;
        let options = options();
        assert_eq!(choices(&options, &shirts, &shirts[1])[0]["blue"].variant.sku, "BLUE-M");
    }

    #[test]
    fn thousands_of_variants_are_each_looked_at_once() {
        let values = |prefix: char, count: usize| (0..count).map(move |number| format!("{prefix}{number}"));
        let option = |name: &str, prefix: char, count: usize| ProductOption {
            name: name.into(),
            values: values(prefix, count).collect(),
        };
        let options = [option("color", 'c', 40), option("size", 's', 50)];
        let all: Vec<Variant> = values('c', 40)
            .flat_map(|color| values('s', 50).map(move |size| (color.clone(), size)))
            .map(|(color, size)| {
                variant(&format!("{color}-{size}"), &[("color", &color), ("size", &size)], 1)
            })
            .collect();
        let choices = choices(&options, &all, &all[1_234]);
        assert_eq!(choices.iter().map(HashMap::len).collect::<Vec<_>>(), [40, 50]);
        assert_eq!(choices[0]["c7"].variant.sku, "c7-s34");
        assert_eq!(choices[1]["s3"].variant.sku, "c24-s3");
    }
}
