//! From rows to the contract's shapes.

use std::collections::HashMap;

use entity::{category, product, product_option, product_variant};
use openapi::{
    Currency, Money,
    catalog::{Category, CategoryNode, CategoryRef, ProductOption, ProductStatus, ProductSummary, Variant},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::{queries::ProductRow, tree::CategoryTree};

pub(crate) fn category(row: &category::Model, counts: &HashMap<Uuid, u64>) -> Category {
    Category {
        id: row.id,
        parent_id: row.parent_id,
        name: row.name.clone(),
        slug: row.slug.clone(),
        description: row.description.clone(),
        image_url: row.image_url.clone(),
        is_active: row.is_active,
        sort_order: row.sort_order,
        product_count: counts.get(&row.id).copied().unwrap_or_default(),
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// Hangs categories below their parents. Each level stays in the order of the list.
pub(super) fn forest(categories: Vec<Category>) -> Vec<CategoryNode> {
    let mut by_parent: HashMap<Option<Uuid>, Vec<Category>> = HashMap::new();
    for category in categories {
        by_parent.entry(category.parent_id).or_default().push(category);
    }
    below(None, &mut by_parent)
}

/// Takes each level out as it goes down: whatever the table says, no category is met twice.
fn below(parent: Option<Uuid>, by_parent: &mut HashMap<Option<Uuid>, Vec<Category>>) -> Vec<CategoryNode> {
    let level = by_parent.remove(&parent).unwrap_or_default();
    level
        .into_iter()
        .map(|category| CategoryNode { children: below(Some(category.id), by_parent), category })
        .collect()
}

pub(super) fn category_ref(row: &category::Model) -> CategoryRef {
    CategoryRef { id: row.id, name: row.name.clone(), slug: row.slug.clone() }
}

pub(super) fn breadcrumbs(way: &[&category::Model]) -> Vec<CategoryRef> {
    way.iter().map(|row| category_ref(row)).collect()
}

pub(super) fn summary(
    row: ProductRow,
    options: Vec<product_option::Model>,
    tree: &CategoryTree,
    currency: Currency,
) -> ProductSummary {
    let ProductRow { product, sku, price, compare_at } = row;
    let money = |minor| Money::from_minor(minor, currency);
    ProductSummary {
        id: product.id,
        category_id: product.category_id,
        // A foreign key sees to it that there is one; it may only have been made since the tree was read.
        category: tree.get(product.category_id).map_or_else(
            || CategoryRef { id: product.category_id, name: String::new(), slug: String::new() },
            category_ref,
        ),
        sku,
        name: product.name,
        slug: product.slug,
        description: product.description,
        currency: currency.code().to_owned(),
        price: money(price),
        compare_at: compare_at.map(money),
        price_from: money(product.price_from),
        price_to: money(product.price_to),
        in_stock: product.in_stock,
        on_sale: product.on_sale,
        options: options.into_iter().map(option).collect(),
        image_url: product.image_url,
        images: from_json(product.images),
        status: status(product.status),
        is_featured: product.is_featured,
        metadata: product.metadata.and_then(|value| serde_json::from_value(value).ok()),
        created_at: product.created_at,
        updated_at: product.updated_at,
    }
}

pub(crate) fn status(status: product::ProductStatus) -> ProductStatus {
    match status {
        product::ProductStatus::Draft => ProductStatus::Draft,
        product::ProductStatus::Active => ProductStatus::Active,
        product::ProductStatus::Archived => ProductStatus::Archived,
    }
}

fn option(row: product_option::Model) -> ProductOption {
    ProductOption { name: row.name, values: from_json(row.values) }
}

pub(super) fn variant(row: product_variant::Model, currency: Currency) -> Variant {
    Variant {
        id: row.id,
        sku: row.sku,
        price: Money::from_minor(row.price, currency),
        compare_at: row.compare_at.map(|minor| Money::from_minor(minor, currency)),
        stock: row.stock.into(),
        is_default: row.is_default,
        options: from_json(row.option_values),
    }
}

/// JSON columns hold what we wrote into them; what somebody else wrote shows as nothing rather than as an error.
fn from_json<T: DeserializeOwned + Default>(value: Value) -> T {
    serde_json::from_value(value).unwrap_or_default()
}
