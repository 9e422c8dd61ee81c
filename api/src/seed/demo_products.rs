//! From the demo's products to rows: every combination of their options is a variant.

use chrono::{DateTime, Utc};
use openapi::{Currency, Money};
use uuid::Uuid;

use super::{
    SeedError,
    demo_data::{Difference, Product},
};
use crate::{
    assortment::{Arrival, ProductDraft, ProductRows, VariantDraft},
    clock::IdSource,
};

/// The rows of one product.
pub(super) fn rows(
    ids: &IdSource,
    product: &Product,
    category_id: Uuid,
    created_at: DateTime<Utc>,
) -> Result<ProductRows, SeedError> {
    let price = minor(product.price)?;
    let compare_at = product.compare_at.map(minor).transpose()?;
    let variants = combinations(product)
        .into_iter()
        .map(|values| variant(product, price, compare_at, &values))
        .collect();
    let draft = ProductDraft {
        category_id,
        name: product.name.to_owned(),
        slug: product.slug.to_owned(),
        description: Some(product.description.to_owned()),
        image_url: Some(format!("/illustrations/products/{}.svg", product.slug)),
        images: vec![],
        status: product.status,
        is_featured: product.is_featured,
        metadata: None,
        options: product
            .options
            .iter()
            .map(|(name, values)| ((*name).to_owned(), values.iter().map(ToString::to_string).collect()))
            .collect(),
    };
    let mut rows = ProductRows::default();
    rows.add(ids, Arrival { at: created_at, by: None }, draft, variants);
    Ok(rows)
}

/// Every combination of the options' values, the default one first; one empty one where there is nothing to choose.
fn combinations(product: &Product) -> Vec<Vec<&'static str>> {
    let mut all = product.options.iter().fold(vec![vec![]], |combinations, (_, values)| {
        combinations
            .iter()
            .flat_map(|chosen| values.iter().map(move |value| [chosen.as_slice(), &[*value]].concat()))
            .collect()
    });
    all.sort_by_key(|values| values != product.default);
    all
}

fn variant(product: &Product, price: i64, compare_at: Option<i64>, values: &[&str]) -> VariantDraft {
    let applies = |difference: &&Difference| difference.values.iter().all(|value| values.contains(value));
    let differences = || product.differences.iter().filter(applies);
    let surcharge: i64 = differences().map(|difference| difference.surcharge).sum();
    let suffix: String =
        values.iter().map(|value| format!("-{}", value.replace(' ', "").to_ascii_uppercase())).collect();
    VariantDraft {
        sku: if values == product.default {
            product.sku.to_owned()
        } else {
            format!("{}{suffix}", product.sku)
        },
        price: price + surcharge,
        compare_at: compare_at.map(|before| before + surcharge),
        stock: differences().map(|difference| difference.stock).min().unwrap_or(product.stock),
        chosen: (product.options.iter().zip(values))
            .map(|((name, _), value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        is_default: values == product.default,
    }
}

/// An amount of the demo data, in minor units.
fn minor(text: &str) -> Result<i64, SeedError> {
    Money::parse(text, Currency::USD)
        .map(Money::minor)
        .map_err(|error| SeedError::Data(format!("{text} {error}")))
}
