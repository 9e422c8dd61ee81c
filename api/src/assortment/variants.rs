//! Adding, changing and removing what is sold of a product.

use std::collections::BTreeMap;

use entity::{product, product_variant};
use openapi::{
    Currency,
    assortment::{AdminProduct, MAX_VARIANTS, NewVariant, VariantChange},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, IntoActiveModel, ModelTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    AssortmentError,
    choices::Choices,
    conclude::{Change, conclude},
    drafts,
    offer::Offer,
    product_queries as queries,
    product_rows::{Arrival, ProductRows, option_key},
    products::{find, hold, read},
    records,
};
use crate::{
    access::Identity,
    audit::{Caller, Entry},
    broken::BrokenRules,
    db::fields::put,
    http::IfMatch,
    idempotency::{Answer, Once},
    state::AppState,
};

/// Adds a variant. What is told of it is its id, and the product as it is now.
pub(super) async fn add(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    product: Uuid,
    new: NewVariant,
    once: &Once<(Uuid, AdminProduct)>,
) -> Result<Answer, AssortmentError> {
    let transaction = state.db.begin().await?;
    if let Some(answer) = once.begin(&transaction, state.clock.now()).await? {
        return Ok(answer);
    }
    if new.is_default == Some(true) {
        queries::hold_variants(&transaction, product, None).await?;
    }
    let before = hold(&transaction, product, &IfMatch::any()).await?;
    let choices = Choices::of(queries::options_of(&transaction, product).await?);
    let mut broken = BrokenRules::default();
    let draft = drafts::variant(&new, "", &choices, state.config.shop.currency, &mut broken);
    broken.none_or(AssortmentError::Broken)?;
    let mut taken = BrokenRules::default();
    check_sku(&transaction, &draft.sku, &mut taken).await?;
    check_choice(&transaction, product, &draft.chosen, &mut taken).await?;
    taken.none_or(AssortmentError::Taken)?;

    if draft.is_default {
        queries::demote_default(&transaction, product).await?;
    }
    let position = queries::next_position(&transaction, product).await?;
    let arrival = Arrival { at: state.clock.now(), by: Some(admin.user) };
    let mut rows = ProductRows::default();
    rows.add_variant(&state.ids, arrival, product, position, draft);
    let variant = rows.variants.first().cloned().ok_or(AssortmentError::NoSuchVariant)?;
    rows.insert(&transaction).await?;
    let after = sum_up(state, &transaction, before.clone()).await?;
    let entry =
        Entry::about(records::VARIANT, variant.id, "variant.created").after(records::of_variant(&variant));
    let change = Change { before: Some(&before), after: Some(&after), has_other_skus: true };
    let added = (variant.id, find(state, &transaction, product).await?);
    let answer = once.keep(&transaction, arrival.at, &added).await?;
    conclude(state, caller, transaction, &change, entry).await?;
    Ok(answer)
}

pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    (product, id): (Uuid, Uuid),
    condition: &IfMatch,
    change: VariantChange,
) -> Result<AdminProduct, AssortmentError> {
    let transaction = state.db.begin().await?;
    let takes_over = change.is_default == Some(true);
    queries::hold_variants(&transaction, product, (!takes_over).then_some(id)).await?;
    let before = hold(&transaction, product, condition).await?;
    let found = queries::variant_of(&transaction, product, id).await?;
    let was = found.ok_or(AssortmentError::NoSuchVariant)?;
    let row = edited(&transaction, &was, change, state.config.shop.currency).await?;
    if row.is_changed() {
        if takes_over {
            queries::demote_default(&transaction, product).await?;
        }
        let is = stamped(state, &was, row).update(&transaction).await?;
        let after = sum_up(state, &transaction, before.clone()).await?;
        let entry = Entry::about(records::VARIANT, id, "variant.changed")
            .changed(records::of_variant(&was), records::of_variant(&is));
        let change = Change { before: Some(&before), after: Some(&after), has_other_skus: was.sku != is.sku };
        conclude(state, caller, transaction, &change, entry).await?;
    }
    read(state, product).await
}

/// Removes a variant that nobody ever ordered, and that is not the last one. If it was the default, the first of the others
/// becomes that.
pub(super) async fn remove(
    state: &AppState,
    caller: &Caller,
    (product, id): (Uuid, Uuid),
    condition: &IfMatch,
) -> Result<(), AssortmentError> {
    let transaction = state.db.begin().await?;
    queries::hold_variants(&transaction, product, None).await?;
    let before = hold(&transaction, product, condition).await?;
    let mut others = queries::variants_of(&transaction, product).await?;
    let place = others.iter().position(|variant| variant.id == id).ok_or(AssortmentError::NoSuchVariant)?;
    let was = others.remove(place);
    if queries::was_ordered(&transaction, product, Some(id)).await? {
        return Err(AssortmentError::VariantWasOrdered);
    }
    let heir = others.into_iter().next().ok_or(AssortmentError::LastVariant)?;
    was.clone().delete(&transaction).await?;
    if was.is_default {
        let mut row = heir.clone().into_active_model();
        row.is_default = Set(true);
        stamped(state, &heir, row).update(&transaction).await?;
    }
    let after = sum_up(state, &transaction, before.clone()).await?;
    let entry = Entry::about(records::VARIANT, id, "variant.deleted").before(records::of_variant(&was));
    let change = Change { before: Some(&before), after: Some(&after), has_other_skus: true };
    conclude(state, caller, transaction, &change, entry).await
}

/// A variant with what a request changes about it.
async fn edited(
    transaction: &DatabaseTransaction,
    was: &product_variant::Model,
    change: VariantChange,
    currency: Currency,
) -> Result<product_variant::ActiveModel, AssortmentError> {
    let (mut broken, mut taken) = (BrokenRules::default(), BrokenRules::default());
    let mut row = was.clone().into_active_model();
    if was.is_default && change.is_default == Some(false) {
        broken.add("/isDefault", "default", "cannot be taken away: make another variant the default");
    }
    put(&mut row.is_default, change.is_default);
    let price = change.price.map(|text| drafts::amount(&text, "/price", currency, &mut broken));
    put(&mut row.price, price);
    let compare_at = change
        .compare_at
        .map(|given| given.map(|text| drafts::amount(&text, "/compareAt", currency, &mut broken)));
    put(&mut row.compare_at, compare_at);
    if let Some(sku) = change.sku.map(|sku| drafts::sku(&sku)).filter(|sku| *sku != was.sku) {
        check_sku(transaction, &sku, &mut taken).await?;
        row.sku = Set(sku);
    }
    if let Some(choice) = change.options {
        let choices = Choices::of(queries::options_of(transaction, was.product_id).await?);
        let chosen = choices.choose(&choice, "/options", &mut broken);
        let key = option_key(&chosen);
        if key != was.option_key {
            check_choice(transaction, was.product_id, &chosen, &mut taken).await?;
            row.option_values = Set(json!(chosen));
            row.option_key = Set(key);
        }
    }
    broken.none_or(AssortmentError::Broken)?;
    taken.none_or(AssortmentError::Taken)?;
    Ok(row)
}

async fn check_sku(
    transaction: &DatabaseTransaction,
    sku: &str,
    taken: &mut BrokenRules,
) -> Result<(), AssortmentError> {
    if !queries::taken_skus(transaction, vec![sku.to_owned()]).await?.is_empty() {
        taken.add("/sku", "taken", "is the SKU of another variant");
    }
    Ok(())
}

async fn check_choice(
    transaction: &DatabaseTransaction,
    product: Uuid,
    chosen: &BTreeMap<String, String>,
    taken: &mut BrokenRules,
) -> Result<(), AssortmentError> {
    if let Some(sku) = queries::sku_of_choice(transaction, product, &option_key(chosen)).await? {
        taken.add("/options", "taken", format!("is what {sku} chooses"));
    }
    Ok(())
}

/// A variant's row that says when it was changed, and how often.
fn stamped(
    state: &AppState,
    was: &product_variant::Model,
    mut row: product_variant::ActiveModel,
) -> product_variant::ActiveModel {
    row.version = Set(was.version + 1);
    row.updated_at = Set(state.clock.now());
    row
}

/// Writes down at a product, whose row the caller holds, what its variants come to now.
async fn sum_up(
    state: &AppState,
    transaction: &DatabaseTransaction,
    product: product::Model,
) -> Result<product::Model, AssortmentError> {
    let offer = Offer::load(transaction, product.id).await?;
    if offer.variants > MAX_VARIANTS {
        return Err(AssortmentError::TooManyVariants);
    }
    let version = product.version + 1;
    let mut row = product.into_active_model();
    row.price_from = Set(offer.price_from);
    row.price_to = Set(offer.price_to);
    row.in_stock = Set(offer.in_stock);
    row.on_sale = Set(offer.on_sale);
    row.version = Set(version);
    row.updated_at = Set(state.clock.now());
    Ok(row.update(transaction).await?)
}
