//! Making, changing and removing products.

use entity::product::{self, Model, ProductStatus};
use openapi::{
    assortment::{AdminProduct, NewProduct, ProductChange},
    catalog::ProductStatus as Status,
    rules::{MAX_DESCRIPTION, MAX_TITLE},
    text::{clean_line, clean_paragraphs},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    ModelTrait,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    AssortmentError,
    conclude::{Change, conclude},
    drafts, product_queries as queries,
    product_rows::{Arrival, ProductRows},
    records,
    replace_options::replace_options,
};
use crate::{
    access::Identity,
    audit::{Caller, Entry},
    broken::BrokenRules,
    catalog,
    db::fields::put,
    http::IfMatch,
    idempotency::{Answer, Once},
    search::fold,
    state::AppState,
};

pub(super) async fn read(state: &AppState, id: Uuid) -> Result<AdminProduct, AssortmentError> {
    find(state, state.db.reader(), id).await
}

/// A product as it is now, or will be when the transaction is committed.
pub(super) async fn find(
    state: &AppState,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<AdminProduct, AssortmentError> {
    let found = product::Entity::find_by_id(id).one(db).await?;
    let product = found.ok_or(AssortmentError::NoSuchProduct)?;
    let (version, currency) = (product.version, state.config.shop.currency);
    let product = catalog::detail(db, currency, product).await?.ok_or(AssortmentError::NoSuchProduct)?;
    Ok(AdminProduct { product, version })
}

pub(super) async fn create(
    state: &AppState,
    caller: &Caller,
    admin: &Identity,
    new: NewProduct,
    once: &Once<AdminProduct>,
) -> Result<Answer, AssortmentError> {
    let drafts = drafts::read(new, state.config.shop.currency)?;
    let transaction = state.db.begin().await?;
    if let Some(answer) = once.begin(&transaction, state.clock.now()).await? {
        return Ok(answer);
    }
    check_category(&transaction, drafts.product.category_id).await?;
    let mut taken = BrokenRules::default();
    check_slug(&transaction, &drafts.product.slug, &mut taken).await?;
    let skus: Vec<String> = drafts.variants.iter().map(|variant| variant.sku.clone()).collect();
    let known = queries::taken_skus(&transaction, skus).await?;
    for (variant, at) in drafts.variants.iter().zip(&drafts.places) {
        if known.contains(&variant.sku) {
            taken.add(format!("{at}/sku"), "taken", "is the SKU of another variant");
        }
    }
    taken.none_or(AssortmentError::Taken)?;

    let arrival = Arrival { at: state.clock.now(), by: Some(admin.user) };
    let mut rows = ProductRows::default();
    rows.add(&state.ids, arrival, drafts.product, drafts.variants);
    let product = rows.products.first().cloned().ok_or(AssortmentError::NoSuchProduct)?;
    let record = records::with_variants(&product, &rows.variants);
    rows.insert(&transaction).await?;
    let made = find(state, &transaction, product.id).await?;
    let answer = once.keep(&transaction, arrival.at, &made).await?;
    let entry = Entry::about(records::PRODUCT, product.id, "product.created").after(record);
    let change = Change { before: None, after: Some(&product), has_other_skus: true };
    conclude(state, caller, transaction, &change, entry).await?;
    Ok(answer)
}

pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    condition: &IfMatch,
    change: ProductChange,
) -> Result<AdminProduct, AssortmentError> {
    let transaction = state.db.begin().await?;
    if change.options.is_some() {
        queries::hold_variants(&transaction, id, None).await?;
    }
    let before = hold(&transaction, id, condition).await?;
    if let Some(category) = change.category_id.filter(|category| *category != before.category_id) {
        check_category(&transaction, category).await?;
    }
    if let Some(slug) = change.slug.as_deref().filter(|slug| *slug != before.slug) {
        let mut taken = BrokenRules::default();
        check_slug(&transaction, slug, &mut taken).await?;
        taken.none_or(AssortmentError::Taken)?;
    }
    let options = match change.options {
        Some(options) => replace_options(state, &transaction, id, options).await?,
        None => None,
    };
    let mut row = before.clone().into_active_model();
    let name = change.name.as_deref().and_then(|name| clean_line(name, MAX_TITLE).ok());
    let metadata = change.metadata.map(|given| given.map(|metadata| Value::Object(metadata.0)));
    put(&mut row.name_folded, name.as_deref().map(fold));
    put(&mut row.name, name);
    put(&mut row.slug, change.slug);
    put(&mut row.description, change.description.map(paragraphs));
    put(&mut row.category_id, change.category_id);
    put(&mut row.image_url, change.image_url.map(|given| given.map(|image| image.0)));
    put(&mut row.images, change.images.map(|images| json!(images)));
    put(&mut row.status, change.status.map(status));
    put(&mut row.is_featured, change.is_featured);
    put(&mut row.metadata, metadata);
    if row.is_changed() || options.is_some() {
        row.version = Set(before.version + 1);
        row.updated_at = Set(state.clock.now());
        let after = row.update(&transaction).await?;
        let (was, is) = match &options {
            Some((were, are)) => (records::with_options(&before, were), records::with_options(&after, are)),
            None => (records::of_product(&before), records::of_product(&after)),
        };
        let entry = Entry::about(records::PRODUCT, id, "product.changed").changed(was, is);
        let change = Change { before: Some(&before), after: Some(&after), has_other_skus: false };
        conclude(state, caller, transaction, &change, entry).await?;
    }
    read(state, id).await
}

/// What became of a product that was to be removed.
#[derive(Debug)]
pub(super) enum Removed {
    Gone,
    /// Somebody has ordered it: whoever looks at their order must still find out what that was.
    Archived(Box<AdminProduct>),
}

/// Removes a product that nobody ever ordered, with its variants and their ledgers; archives any other.
pub(super) async fn remove(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    condition: &IfMatch,
) -> Result<Removed, AssortmentError> {
    let transaction = state.db.begin().await?;
    // Whoever is about to order any of them waits, and then finds it gone, or was first and is found here.
    queries::hold_variants(&transaction, id, None).await?;
    let before = hold(&transaction, id, condition).await?;
    if !queries::was_ordered(&transaction, id, None).await? {
        let record = records::with_variants(&before, &queries::variants_of(&transaction, id).await?);
        before.clone().delete(&transaction).await?;
        let entry = Entry::about(records::PRODUCT, id, "product.deleted").before(record);
        let change = Change { before: Some(&before), after: None, has_other_skus: true };
        conclude(state, caller, transaction, &change, entry).await?;
        return Ok(Removed::Gone);
    }
    if before.status != ProductStatus::Archived {
        let mut row = before.clone().into_active_model();
        row.status = Set(ProductStatus::Archived);
        row.version = Set(before.version + 1);
        row.updated_at = Set(state.clock.now());
        let after = row.update(&transaction).await?;
        let entry = Entry::about(records::PRODUCT, id, "product.archived")
            .changed(records::of_product(&before), records::of_product(&after));
        let change = Change { before: Some(&before), after: Some(&after), has_other_skus: false };
        conclude(state, caller, transaction, &change, entry).await?;
    }
    Ok(Removed::Archived(Box::new(read(state, id).await?)))
}

/// Takes a product, if it is still what the client has seen.
pub(super) async fn hold(
    transaction: &DatabaseTransaction,
    id: Uuid,
    condition: &IfMatch,
) -> Result<Model, AssortmentError> {
    let found = queries::product_to_change(transaction, id).await?;
    let product = found.ok_or(AssortmentError::NoSuchProduct)?;
    if condition.holds(product.version) { Ok(product) } else { Err(AssortmentError::Outdated) }
}

async fn check_category(transaction: &DatabaseTransaction, id: Uuid) -> Result<(), AssortmentError> {
    if queries::is_category(transaction, id).await? { Ok(()) } else { Err(AssortmentError::UnknownCategory) }
}

async fn check_slug(
    transaction: &DatabaseTransaction,
    slug: &str,
    taken: &mut BrokenRules,
) -> Result<(), AssortmentError> {
    if queries::is_slug_taken(transaction, slug).await? {
        taken.add("/slug", "taken", "is the slug of another product");
    }
    Ok(())
}

fn paragraphs(text: Option<String>) -> Option<String> {
    text.and_then(|text| clean_paragraphs(&text, MAX_DESCRIPTION).ok())
}

/// A status of the contract, as it is kept.
pub(super) fn status(status: Status) -> ProductStatus {
    match status {
        Status::Draft => ProductStatus::Draft,
        Status::Active => ProductStatus::Active,
        Status::Archived => ProductStatus::Archived,
    }
}
