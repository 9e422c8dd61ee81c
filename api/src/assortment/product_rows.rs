//! The rows that make one product: itself, its options, its variants, and where their stock came from.

use chrono::{DateTime, Utc};
use entity::{
    product::{self, ProductStatus},
    product_option, product_variant,
    stock_movement::{self, StockReason},
};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::insert;
use crate::{clock::IdSource, search::fold};

/// What is said of a product before its variants are known.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) category_id: Uuid,
    pub(super) name: &'a str,
    pub(super) slug: String,
    pub(super) description: &'a str,
    pub(super) image_url: String,
    pub(super) status: ProductStatus,
    pub(super) is_featured: bool,
    pub(super) created_at: DateTime<Utc>,
    /// What can be chosen, with its values in order.
    pub(super) options: Vec<(&'a str, Vec<String>)>,
}

/// One variant, the first of a product being its default.
#[derive(Debug)]
pub(super) struct VariantDraft {
    pub(super) sku: String,
    pub(super) price: i64,
    pub(super) compare_at: Option<i64>,
    pub(super) stock: i32,
    /// One value for each option, in the options' order.
    pub(super) values: Vec<String>,
}

/// The rows of one product or of many.
#[derive(Debug, Default)]
pub(super) struct Rows {
    products: Vec<product::Model>,
    options: Vec<product_option::Model>,
    variants: Vec<product_variant::Model>,
    movements: Vec<stock_movement::Model>,
}

impl Rows {
    /// Adds a product with its variants, of which there must be at least one.
    pub(super) fn add(&mut self, ids: &IdSource, draft: Draft<'_>, variants: Vec<VariantDraft>) {
        let product_id = ids.at(draft.created_at);
        let prices = || variants.iter().map(|variant| variant.price);
        self.products.push(product::Model {
            id: product_id,
            category_id: draft.category_id,
            name: draft.name.to_owned(),
            name_folded: fold(draft.name),
            slug: draft.slug,
            description: Some(draft.description.to_owned()),
            image_url: Some(draft.image_url),
            images: json!([]),
            status: draft.status,
            is_featured: draft.is_featured,
            metadata: None,
            price_from: prices().min().unwrap_or_default(),
            price_to: prices().max().unwrap_or_default(),
            in_stock: variants.iter().any(|variant| variant.stock > 0),
            on_sale: variants
                .iter()
                .any(|variant| variant.compare_at.is_some_and(|before| before > variant.price)),
            version: 1,
            created_at: draft.created_at,
            updated_at: draft.created_at,
        });
        for (position, (name, values)) in (0..).zip(&draft.options) {
            self.options.push(product_option::Model {
                id: ids.at(draft.created_at),
                product_id,
                name: (*name).to_owned(),
                position,
                values: json!(values),
            });
        }
        for (position, variant) in (0..).zip(variants) {
            self.add_variant(ids, &draft.options, product_id, draft.created_at, position, variant);
        }
    }

    fn add_variant(
        &mut self,
        ids: &IdSource,
        options: &[(&str, Vec<String>)],
        product_id: Uuid,
        created_at: DateTime<Utc>,
        position: i32,
        variant: VariantDraft,
    ) {
        let id = ids.at(created_at);
        let chosen: Map<String, Value> = options
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .zip(variant.values.into_iter().map(Value::from))
            .collect();
        if variant.stock > 0 {
            self.movements.push(stock_movement::Model {
                id: ids.at(created_at),
                variant_id: id,
                delta: variant.stock,
                stock_after: variant.stock,
                reason: StockReason::Initial,
                order_id: None,
                actor_id: None,
                note: None,
                created_at,
            });
        }
        self.variants.push(product_variant::Model {
            id,
            product_id,
            sku: variant.sku,
            price: variant.price,
            compare_at: variant.compare_at,
            stock: variant.stock,
            option_key: Value::Object(chosen.clone()).to_string(),
            option_values: Value::Object(chosen),
            position,
            is_default: position == 0,
            version: 1,
            created_at,
            updated_at: created_at,
        });
    }

    /// Writes them.
    pub(super) async fn insert(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        insert::all::<product::Entity>(db, self.products).await?;
        insert::all::<product_option::Entity>(db, self.options).await?;
        insert::all::<product_variant::Entity>(db, self.variants).await?;
        insert::all::<stock_movement::Entity>(db, self.movements).await
    }
}
