//! Putting other options in the place of a product's options.

use std::collections::{BTreeMap, HashSet};

use entity::product_variant;
use openapi::assortment::NewOption;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{
    AssortmentError,
    choices::Choices,
    product_queries as queries,
    product_rows::{ProductRows, option_key},
};
use crate::{broken::BrokenRules, state::AppState};

/// Replaces the options of a product that the caller holds with its variants, as long as every variant fits the new ones and no
/// two choose the same. Answers what they were and what they are, or nothing if that is the same.
pub(super) async fn replace_options(
    state: &AppState,
    transaction: &DatabaseTransaction,
    product: Uuid,
    options: Vec<NewOption>,
) -> Result<Option<(Choices, Choices)>, AssortmentError> {
    let mut broken = BrokenRules::default();
    let after = Choices::read(options, &mut broken);
    broken.none_or(AssortmentError::Broken)?;
    let before = Choices::of(queries::options_of(transaction, product).await?);
    if before == after {
        return Ok(None);
    }
    let variants = queries::variants_of(transaction, product).await?;
    let changed = fitted(state, variants, &after)?;
    queries::rewrite_choices(transaction, changed).await?;
    queries::remove_options(transaction, product).await?;
    let mut rows = ProductRows::default();
    rows.add_options(&state.ids, state.clock.now(), product, after.0.clone());
    rows.insert(transaction).await?;
    Ok(Some((before, after)))
}

/// The variants whose choice is another under these options.
fn fitted(
    state: &AppState,
    variants: Vec<product_variant::Model>,
    options: &Choices,
) -> Result<Vec<product_variant::Model>, AssortmentError> {
    let (mut changed, mut misfits, mut keys) = (vec![], vec![], HashSet::new());
    for mut variant in variants {
        let chosen: BTreeMap<String, String> =
            serde_json::from_value(variant.option_values.clone()).unwrap_or_default();
        let adopted = options.adopt(&chosen).map(|adopted| (option_key(&adopted), adopted));
        let Some((key, adopted)) = adopted.filter(|(key, _)| keys.insert(key.clone())) else {
            misfits.push(variant.sku);
            continue;
        };
        if key != variant.option_key {
            variant.option_values = json!(adopted);
            variant.option_key = key;
            variant.version += 1;
            variant.updated_at = state.clock.now();
            changed.push(variant);
        }
    }
    if misfits.is_empty() { Ok(changed) } else { Err(AssortmentError::VariantsDoNotFit { skus: misfits }) }
}
