//! Making, changing and removing categories.

use std::collections::HashMap;

use entity::category::Model;
use openapi::{
    assortment::{AdminCategory, CategoryChange, NewCategory},
    rules::{MAX_DESCRIPTION, MAX_NAME},
    text::{clean_line, clean_paragraphs},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbErr, IntoActiveModel,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{AssortmentError, category_queries as queries};
use crate::{
    audit::{Caller, Entry},
    catalog::{CategoryTree, present_category, tags},
    db::fields::put,
    http::IfMatch,
    idempotency::{Answer, Once},
    search::fold,
    state::AppState,
};

/// What the audit log calls it.
const KIND: &str = "category";

/// All categories, hidden ones too.
pub(super) async fn list(state: &AppState) -> Result<Vec<AdminCategory>, AssortmentError> {
    let db = state.db.reader();
    let shelf = Shelf::load(db).await?;
    Ok(shelf.tree.all().iter().map(|row| shelf.present(row)).collect())
}

pub(super) async fn read(state: &AppState, id: Uuid) -> Result<AdminCategory, AssortmentError> {
    find(state.db.reader(), id).await
}

async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<AdminCategory, AssortmentError> {
    let shelf = Shelf::load(db).await?;
    let found = shelf.tree.get(id).map(|row| shelf.present(row));
    found.ok_or(AssortmentError::NoSuchCategory)
}

pub(super) async fn create(
    state: &AppState,
    caller: &Caller,
    new: NewCategory,
    once: &Once<AdminCategory>,
) -> Result<Answer, AssortmentError> {
    let transaction = state.db.begin().await?;
    if let Some(answer) = once.begin(&transaction, state.clock.now()).await? {
        return Ok(answer);
    }
    let tree = held_tree(&transaction).await?;
    if new.parent_id.is_some_and(|parent| tree.get(parent).is_none()) {
        return Err(AssortmentError::NoSuchParent);
    }
    let now = state.clock.now();
    let name = line(&new.name).unwrap_or_default();
    let row = Model {
        id: state.ids.next(),
        parent_id: new.parent_id,
        name_folded: fold(&name),
        name,
        slug: new.slug,
        description: paragraphs(new.description.as_deref()),
        image_url: new.image_url.map(|image| image.0),
        is_active: new.is_active.unwrap_or(true),
        sort_order: new.sort_order.unwrap_or_default(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let row = row.into_active_model().insert(&transaction).await?;
    let made = find(&transaction, row.id).await?;
    let answer = once.keep(&transaction, now, &made).await?;
    let entry = Entry::about(KIND, row.id, "category.created").after(record(&row));
    conclude(state, caller, transaction, entry).await?;
    Ok(answer)
}

pub(super) async fn change(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    condition: &IfMatch,
    change: CategoryChange,
) -> Result<AdminCategory, AssortmentError> {
    let transaction = state.db.begin().await?;
    let tree = held_tree(&transaction).await?;
    let before = tree.get(id).cloned().ok_or(AssortmentError::NoSuchCategory)?;
    if !condition.holds(before.version) {
        return Err(AssortmentError::Outdated);
    }
    if let Some(Some(parent)) = change.parent_id {
        check_parent(&tree, id, parent)?;
    }
    let mut row = before.clone().into_active_model();
    let name = change.name.as_deref().and_then(line);
    put(&mut row.name_folded, name.as_deref().map(fold));
    put(&mut row.name, name);
    put(&mut row.slug, change.slug);
    put(&mut row.description, change.description.map(|text| paragraphs(text.as_deref())));
    put(&mut row.image_url, change.image_url.map(|given| given.map(|image| image.0)));
    put(&mut row.parent_id, change.parent_id);
    put(&mut row.is_active, change.is_active);
    put(&mut row.sort_order, change.sort_order);
    if row.is_changed() {
        row.version = Set(before.version + 1);
        row.updated_at = Set(state.clock.now());
        let after = row.update(&transaction).await?;
        let entry = Entry::about(KIND, id, "category.changed").changed(record(&before), record(&after));
        conclude(state, caller, transaction, entry).await?;
    }
    read(state, id).await
}

/// Removes a category without products. What hangs below it moves up to where it hung.
pub(super) async fn remove(
    state: &AppState,
    caller: &Caller,
    id: Uuid,
    condition: &IfMatch,
) -> Result<(), AssortmentError> {
    let transaction = state.db.begin().await?;
    let tree = held_tree(&transaction).await?;
    let before = tree.get(id).ok_or(AssortmentError::NoSuchCategory)?;
    if !condition.holds(before.version) {
        return Err(AssortmentError::Outdated);
    }
    queries::move_children(&transaction, id, before.parent_id).await?;
    queries::delete(&transaction, id).await?;
    let entry = Entry::about(KIND, id, "category.deleted").before(record(before));
    conclude(state, caller, transaction, entry).await
}

async fn held_tree(transaction: &DatabaseTransaction) -> Result<CategoryTree, DbErr> {
    queries::hold_tree(transaction).await?;
    CategoryTree::load(transaction).await
}

fn check_parent(tree: &CategoryTree, id: Uuid, parent: Uuid) -> Result<(), AssortmentError> {
    if tree.get(parent).is_none() {
        return Err(AssortmentError::NoSuchParent);
    }
    if tree.is_at_or_below(parent, id) { Err(AssortmentError::Cycle) } else { Ok(()) }
}

/// Writes down what was done, commits, and tells every server.
async fn conclude(
    state: &AppState,
    caller: &Caller,
    transaction: DatabaseTransaction,
    entry: Entry,
) -> Result<(), AssortmentError> {
    state.audit.record(&transaction, caller, entry).await?;
    Ok(state.commit(transaction, vec![tags::CATEGORIES.to_owned()]).await?)
}

/// What the audit log keeps of a category.
fn record(row: &Model) -> Value {
    json!({
        "parentId": row.parent_id, "name": row.name, "slug": row.slug, "description": row.description,
        "imageUrl": row.image_url, "isActive": row.is_active, "sortOrder": row.sort_order,
    })
}

fn line(text: &str) -> Option<String> {
    clean_line(text, MAX_NAME).ok()
}

fn paragraphs(text: Option<&str>) -> Option<String> {
    text.and_then(|text| clean_paragraphs(text, MAX_DESCRIPTION).ok())
}

/// The categories and what stands in them.
struct Shelf {
    tree: CategoryTree,
    counts: HashMap<Uuid, u64>,
    own: HashMap<Uuid, u64>,
}

impl Shelf {
    async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let tree = CategoryTree::load(db).await?;
        let counts = tree.counts();
        Ok(Self { tree, counts, own: queries::own_products(db).await? })
    }

    fn present(&self, row: &Model) -> AdminCategory {
        AdminCategory {
            category: present_category(row, &self.counts),
            own_product_count: self.own.get(&row.id).copied().unwrap_or_default(),
            version: row.version,
        }
    }
}
