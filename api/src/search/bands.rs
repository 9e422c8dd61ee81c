//! The price bands that what is found is counted by, and what the counts say.

use std::collections::HashMap;

use entity::search_document::{Column, Entity};
use openapi::{
    Currency, Money,
    search::{CategoryFacet, Facets, PriceFacet},
};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr};
use uuid::Uuid;

use super::found::Group;
use crate::catalog::CategoryTree;

/// Where each band begins but the first, which begins at 0, in hundredths of the currency (in whole yen).
const BEGINNINGS: [i64; 6] = [2_500, 5_000, 10_000, 25_000, 50_000, 100_000];

/// The price bands: from nothing to 25, 50, 100, 250, 500 and 1,000, and from there on.
#[derive(Debug)]
pub(super) struct Bands {
    currency: Currency,
    beginnings: [i64; 6],
}

/// What the groups of what is found say when they are counted together.
#[derive(Debug)]
pub(super) struct Counts {
    pub(super) total: u64,
    pub(super) facets: Facets,
}

impl Bands {
    pub(super) fn of(currency: Currency) -> Self {
        let scale = if currency.decimals() > 2 { 10 } else { 1 };
        Self { currency, beginnings: BEGINNINGS.map(|beginning| beginning * scale) }
    }

    /// The place of a price among the bands, the cheapest being 0.
    pub(super) fn place_of(&self, price: Column) -> SimpleExpr {
        let places = (0..).zip(self.beginnings).fold(CaseStatement::new(), |cases, (place, end)| {
            cases.case(Expr::col((Entity, price)).lt(end), place)
        });
        places.finally(i32::try_from(self.beginnings.len()).unwrap_or(i32::MAX)).into()
    }

    /// Counts each choice as if only it were made, everything else staying as it is.
    pub(super) fn count(&self, groups: &[Group], scope: Option<&[Uuid]>, tree: &CategoryTree) -> Counts {
        let is_in_scope = |group: &&Group| scope.is_none_or(|ids| ids.contains(&group.category_id));
        let is_in_range = |group: &&Group| group.is_in_range == 1;
        let products = |group: &Group| u64::try_from(group.products).unwrap_or_default();

        let mut own: HashMap<Uuid, u64> = HashMap::new();
        for group in groups.iter().filter(is_in_range) {
            *own.entry(group.category_id).or_default() += products(group);
        }
        let in_scope: Vec<&Group> = groups.iter().filter(is_in_scope).collect();
        let prices = (0..=self.beginnings.len()).filter_map(|place| {
            let holds = |group: &&&Group| {
                let place = i32::try_from(place).unwrap_or(i32::MAX);
                (group.cheapest..=group.dearest).contains(&place)
            };
            let count = in_scope.iter().filter(holds).map(|group| products(group)).sum();
            (count > 0).then(|| self.facet(place, count))
        });
        Counts {
            total: in_scope.iter().copied().filter(is_in_range).map(products).sum(),
            facets: Facets {
                categories: categories(tree, &tree.counts_from(&own)),
                prices: prices.collect(),
            },
        }
    }

    fn facet(&self, place: usize, count: u64) -> PriceFacet {
        let money = |minor| Money::from_minor(minor, self.currency);
        let begins = place.checked_sub(1).and_then(|before| self.beginnings.get(before)).copied();
        PriceFacet {
            min: money(begins.unwrap_or_default()),
            max: self.beginnings.get(place).map(|end| money(end - 1)),
            currency: self.currency.code().to_owned(),
            count,
        }
    }
}

/// The fullest first, then by name.
fn categories(tree: &CategoryTree, counts: &HashMap<Uuid, u64>) -> Vec<CategoryFacet> {
    let counted = tree.visible().filter_map(|category| {
        let count = counts.get(&category.id).copied().filter(|count| *count > 0)?;
        Some((category, count))
    });
    let mut counted: Vec<_> = counted.collect();
    counted.sort_by(|(one, count), (other, others)| {
        others.cmp(count).then_with(|| (&one.name_folded, one.id).cmp(&(&other.name_folded, other.id)))
    });
    counted
        .into_iter()
        .map(|(category, count)| CategoryFacet {
            id: category.id,
            name: category.name.clone(),
            slug: category.slug.clone(),
            count,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bands_are_as_wide_in_every_currency() {
        for (code, first, last) in
            [("USD", "24.99", "1000.00"), ("JPY", "2499", "100000"), ("KWD", "24.999", "1000.000")]
        {
            let bands = Bands::of(Currency::try_from(code).unwrap());
            let (cheapest, dearest) = (bands.facet(0, 1), bands.facet(6, 1));
            assert_eq!(cheapest.max.map(|money| money.to_string()).as_deref(), Some(first));
            assert_eq!((dearest.min.to_string().as_str(), dearest.max), (last, None));
        }
    }
}
