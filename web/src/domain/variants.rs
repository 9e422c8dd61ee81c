//! Choosing a variant, one option at a time.
//!
//! Options are asked in order, and an earlier choice outranks a later one: a value can be chosen if something
//! in stock has it together with what is chosen above it. Choosing it may therefore change what is chosen below.

use openapi::catalog::{ProductOption, Variant};

/// The variant a visitor sees first: the default, or the first that can be bought when the default cannot.
pub(crate) fn first(variants: &[Variant]) -> Option<&Variant> {
    let default = variants.iter().find(|variant| variant.is_default).or_else(|| variants.first());
    default
        .filter(|variant| variant.stock > 0)
        .or_else(|| variants.iter().find(|variant| variant.stock > 0))
        .or(default)
}

/// What choosing `value` for the option at `index` leads to; nothing when that is out of stock.
pub(crate) fn choose<'a>(
    options: &[ProductOption],
    variants: &'a [Variant],
    current: &Variant,
    index: usize,
    value: &str,
) -> Option<&'a Variant> {
    let name = &options.get(index)?.name;
    let agrees = |variant: &Variant, option: &ProductOption| {
        variant.options.get(&option.name) == current.options.get(&option.name)
    };
    let (above, below) = (&options[..index], &options[index + 1..]);
    variants
        .iter()
        .filter(|variant| {
            variant.stock > 0
                && variant.options.get(name).is_some_and(|has| has == value)
                && above.iter().all(|option| agrees(variant, option))
        })
        .min_by_key(|variant| below.iter().filter(|option| !agrees(variant, option)).count())
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
        choose(&options(), &shirts, &shirts[from], index, value).map(|variant| variant.sku.clone())
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
        let next = choose(&options(), &shirts, &shirts[1], 0, "blue").unwrap();
        assert_eq!(next.sku, "BLUE-M");
    }
}
