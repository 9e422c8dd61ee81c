//! Categories and products, as shoppers see them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    Money, paging,
    rules::{self, refusal},
    slug,
};

/// A category as it stands in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Category {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(required))]
    pub parent_id: Option<Uuid>,
    #[cfg_attr(feature = "schema", schema(example = "Smartphones"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "smartphones"))]
    pub slug: String,
    #[cfg_attr(feature = "schema", schema(required))]
    pub description: Option<String>,
    #[cfg_attr(feature = "schema", schema(required, example = "/illustrations/categories/smartphones.svg"))]
    pub image_url: Option<String>,
    pub is_active: bool,
    /// Siblings stand in this order, then by name.
    #[cfg_attr(feature = "schema", schema(example = 1))]
    pub sort_order: i32,
    /// How many products can be bought here and in all categories below.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 3))]
    pub product_count: u64,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub updated_at: DateTime<Utc>,
}

/// A category on its own page: itself, and what is above and below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CategoryDetail {
    #[serde(flatten)]
    pub category: Category,
    #[cfg_attr(feature = "schema", schema(required))]
    pub parent: Option<CategoryRef>,
    pub children: Vec<Category>,
    /// The way here from the top; this category comes last.
    pub breadcrumbs: Vec<CategoryRef>,
}

/// A category and everything below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CategoryNode {
    #[serde(flatten)]
    pub category: Category,
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    pub children: Vec<CategoryNode>,
}

/// Just enough of a category to link to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CategoryRef {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "Electronics"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "electronics"))]
    pub slug: String,
}

/// Whether a product can be seen and bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum ProductStatus {
    Draft,
    Active,
    Archived,
}

/// A product as it stands in a list. `sku`, `price` and `compareAt` are those of its default variant.
/// A list says whether it is in stock and not how much of it, so that a sale leaves lists as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductSummary {
    pub id: Uuid,
    pub category_id: Uuid,
    pub category: CategoryRef,
    #[cfg_attr(feature = "schema", schema(example = "PIXEL-8-PRO"))]
    pub sku: String,
    #[cfg_attr(feature = "schema", schema(example = "Google Pixel 8 Pro"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = "google-pixel-8-pro"))]
    pub slug: String,
    #[cfg_attr(feature = "schema", schema(required))]
    pub description: Option<String>,
    /// The currency of every amount here.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$", example = "USD"))]
    pub currency: String,
    pub price: Money,
    /// What it cost before, or costs elsewhere. Higher than `price` where it is on sale.
    #[cfg_attr(feature = "schema", schema(required))]
    pub compare_at: Option<Money>,
    /// The price of its cheapest variant.
    pub price_from: Money,
    /// The price of its dearest variant.
    pub price_to: Money,
    /// Whether any variant can be bought now.
    pub in_stock: bool,
    /// Whether any variant costs less than it did.
    pub on_sale: bool,
    /// What can be chosen, in the order in which it is asked; empty where there is nothing to choose.
    pub options: Vec<ProductOption>,
    #[cfg_attr(
        feature = "schema",
        schema(required, example = "/illustrations/products/google-pixel-8-pro.svg")
    )]
    pub image_url: Option<String>,
    pub images: Vec<String>,
    pub status: ProductStatus,
    pub is_featured: bool,
    /// Whatever else the shop keeps about it.
    #[cfg_attr(feature = "schema", schema(required, value_type = Option<Object>))]
    pub metadata: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub created_at: DateTime<Utc>,
    #[serde(with = "crate::time")]
    #[cfg_attr(feature = "schema", schema(example = "2026-01-31T12:00:00.000Z"))]
    pub updated_at: DateTime<Utc>,
}

/// A product on its own page: everything a list shows, what is left of it, and its variants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductDetail {
    #[serde(flatten)]
    pub summary: ProductSummary,
    /// How many of its default variant are left.
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 40))]
    pub stock: i64,
    /// What is sold: at least one, the default first.
    pub variants: Vec<Variant>,
    /// The way to its category from the top.
    pub breadcrumbs: Vec<CategoryRef>,
}

/// Something to choose when buying, like a size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductOption {
    #[cfg_attr(feature = "schema", schema(example = "size"))]
    pub name: String,
    #[cfg_attr(feature = "schema", schema(example = json!(["S", "M", "L"])))]
    pub values: Vec<String>,
}

/// One thing that can be put into a cart: one choice of every option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    pub id: Uuid,
    #[cfg_attr(feature = "schema", schema(example = "MENS-CLASSIC-TEE-M"))]
    pub sku: String,
    pub price: Money,
    #[cfg_attr(feature = "schema", schema(required))]
    pub compare_at: Option<Money>,
    #[cfg_attr(feature = "schema", schema(minimum = 0, example = 40))]
    pub stock: i64,
    pub is_default: bool,
    /// The value chosen for each of the product's options.
    #[cfg_attr(feature = "schema", schema(example = json!({"size": "M"})))]
    pub options: BTreeMap<String, String>,
}

/// In which order products are listed. A leading minus turns it around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum ProductSort {
    #[serde(rename = "name")]
    NameAscending,
    #[serde(rename = "-name")]
    NameDescending,
    #[serde(rename = "price")]
    PriceAscending,
    #[serde(rename = "-price")]
    PriceDescending,
    #[serde(rename = "createdAt")]
    Oldest,
    #[default]
    #[serde(rename = "-createdAt")]
    Newest,
}

/// Which products to list, in which order, and which page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "paging_is_of_one_kind"))]
pub struct ProductListQuery {
    /// The page by number, from 1. Not together with `cursor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100_000))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100_000, default = 1))]
    pub page: Option<u32>,
    /// The page by cursor: empty for the first, then the `nextCursor` of the page before. Not together with `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 1_000))]
    #[cfg_attr(feature = "schema", param(max_length = 1_000, pattern = "^[A-Za-z0-9_-]*$"))]
    pub cursor: Option<String>,
    /// How many products a page has at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 100))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 100, default = 20))]
    pub limit: Option<u32>,
    /// The order; `-createdAt` (the newest first) unless told otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", param(inline))]
    pub sort: Option<ProductSort>,
    /// Only products of this category and those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_id: Option<Uuid>,
    /// Only products of the category with this slug and those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "is_slug"))]
    #[cfg_attr(
        feature = "schema",
        param(min_length = 1, max_length = 120, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")
    )]
    pub category: Option<String>,
    /// Only products that can be bought for this much or more, like "10" or "9.99".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(feature = "schema", param(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"))]
    pub min_price: Option<String>,
    /// Only products that can be bought for this much or less. Not below `minPrice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::amount"))]
    #[cfg_attr(feature = "schema", param(pattern = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"))]
    pub max_price: Option<String>,
    /// Only products the shop puts forward, or only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub featured: Option<bool>,
    /// Only products that can be bought now, or only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_stock: Option<bool>,
    /// Only products that cost less than they did, or only the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_sale: Option<bool>,
    /// Only the product that has a variant with this SKU, in any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rules::sku"))]
    #[cfg_attr(
        feature = "schema",
        param(min_length = 1, max_length = 64, pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    )]
    pub sku: Option<String>,
}

/// How many related products to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RelatedQuery {
    /// How many at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 1, max = 20))]
    #[cfg_attr(feature = "schema", param(minimum = 1, maximum = 20, default = 4))]
    pub limit: Option<u32>,
}

fn paging_is_of_one_kind(query: &ProductListQuery) -> Result<(), ValidationError> {
    paging::one_kind(query.page, query.cursor.as_deref())
}

pub(crate) fn is_slug(text: &str) -> Result<(), ValidationError> {
    slug::check_spelling(text).map_err(|error| refusal("slug", &error))
}
