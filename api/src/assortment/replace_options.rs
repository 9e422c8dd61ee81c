//! Putting other options in the place of a product's options.

use std::collections::BTreeMap;

use openapi::assortment::NewOption;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    AssortmentError, broken::BrokenRules, choices::Choices, product_queries as queries,
    product_rows::ProductRows,
};
use crate::state::AppState;

/// Replaces the options of a product whose row the caller holds, as long as every variant's choice is one of the new ones too.
/// Answers what they were and what they are, or nothing if that is the same.
pub(super) async fn replace_options(
    state: &AppState,
    transaction: &DatabaseTransaction,
    product: Uuid,
    options: Vec<NewOption>,
) -> Result<Option<(Choices, Choices)>, AssortmentError> {
    let mut broken = BrokenRules::default();
    let after = Choices::read(options, &mut broken);
    broken.none()?;
    let before = Choices::of(queries::options_of(transaction, product).await?);
    if before == after {
        return Ok(None);
    }
    let variants = queries::variants_of(transaction, product).await?;
    let misfits: Vec<String> = variants
        .into_iter()
        .filter(|variant| {
            let chosen: BTreeMap<String, String> =
                serde_json::from_value(variant.option_values.clone()).unwrap_or_default();
            !after.has(&chosen)
        })
        .map(|variant| variant.sku)
        .collect();
    if !misfits.is_empty() {
        return Err(AssortmentError::VariantsDoNotFit { skus: misfits });
    }
    queries::remove_options(transaction, product).await?;
    let mut rows = ProductRows::default();
    rows.add_options(&state.ids, state.clock.now(), product, after.0.clone());
    rows.insert(transaction).await?;
    Ok(Some((before, after)))
}
