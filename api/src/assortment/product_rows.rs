//! The rows that make one product: itself, its options, its variants, and where their stock came from. Administrators and the
//! seeds make them here.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::{
    product::{self, ProductStatus},
    product_option, product_variant,
    stock_movement::{self, StockReason},
};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};
use uuid::Uuid;

use super::offer::{Offer, Terms};
use crate::{clock::IdSource, db::insert, search::fold};

/// The name of an option, and its values in order.
pub(crate) type OptionDraft = (String, Vec<String>);

/// What is said of a product before its variants are known.
#[derive(Debug)]
pub(crate) struct ProductDraft {
    pub(crate) category_id: Uuid,
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) description: Option<String>,
    pub(crate) image_url: Option<String>,
    pub(crate) images: Vec<String>,
    pub(crate) status: ProductStatus,
    pub(crate) is_featured: bool,
    pub(crate) metadata: Option<Value>,
    /// What can be chosen.
    pub(crate) options: Vec<OptionDraft>,
}

/// One variant.
#[derive(Debug)]
pub(crate) struct VariantDraft {
    pub(crate) sku: String,
    pub(crate) price: i64,
    pub(crate) compare_at: Option<i64>,
    pub(crate) stock: i32,
    /// One value for each option, by the option's name.
    pub(crate) chosen: BTreeMap<String, String>,
    pub(crate) is_default: bool,
}

/// When rows come into the shop, and who brings them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: Option<Uuid>,
}

/// The rows of one product or of many.
#[derive(Debug, Default)]
pub(crate) struct ProductRows {
    pub(super) products: Vec<product::Model>,
    options: Vec<product_option::Model>,
    pub(super) variants: Vec<product_variant::Model>,
    movements: Vec<stock_movement::Model>,
}

impl ProductRows {
    /// Adds a product with its variants, of which there must be at least one, and one the default.
    pub(crate) fn add(
        &mut self,
        ids: &IdSource,
        arrival: Arrival,
        draft: ProductDraft,
        variants: Vec<VariantDraft>,
    ) {
        let id = ids.at(arrival.at);
        let offer = Offer::of(variants.iter().map(|variant| Terms {
            price: variant.price,
            compare_at: variant.compare_at,
            stock: variant.stock,
        }));
        self.products.push(product::Model {
            id,
            category_id: draft.category_id,
            name_folded: fold(&draft.name),
            name: draft.name,
            slug: draft.slug,
            description: draft.description,
            image_url: draft.image_url,
            images: json!(draft.images),
            status: draft.status,
            is_featured: draft.is_featured,
            metadata: draft.metadata,
            price_from: offer.price_from,
            price_to: offer.price_to,
            in_stock: offer.in_stock,
            on_sale: offer.on_sale,
            version: 1,
            created_at: arrival.at,
            updated_at: arrival.at,
        });
        self.add_options(ids, arrival.at, id, draft.options);
        for (position, variant) in (0..).zip(variants) {
            self.add_variant(ids, arrival, id, position, variant);
        }
    }

    /// Adds the options of a product.
    pub(super) fn add_options(
        &mut self,
        ids: &IdSource,
        at: DateTime<Utc>,
        product_id: Uuid,
        options: Vec<OptionDraft>,
    ) {
        self.options.extend((0..).zip(options).map(|(position, (name, values))| product_option::Model {
            id: ids.at(at),
            product_id,
            name,
            position,
            values: json!(values),
        }));
    }

    /// Adds a variant of a product, and the line with which its ledger begins.
    pub(super) fn add_variant(
        &mut self,
        ids: &IdSource,
        Arrival { at, by }: Arrival,
        product_id: Uuid,
        position: i32,
        variant: VariantDraft,
    ) {
        let id = ids.at(at);
        if variant.stock > 0 {
            self.movements.push(stock_movement::Model {
                id: ids.at(at),
                variant_id: id,
                delta: variant.stock,
                stock_after: variant.stock,
                reason: StockReason::Initial,
                order_id: None,
                actor_id: by,
                note: None,
                created_at: at,
            });
        }
        self.variants.push(product_variant::Model {
            id,
            product_id,
            sku: variant.sku,
            price: variant.price,
            compare_at: variant.compare_at,
            stock: variant.stock,
            option_key: option_key(&variant.chosen),
            option_values: json!(variant.chosen),
            position,
            is_default: variant.is_default,
            version: 1,
            created_at: at,
            updated_at: at,
        });
    }

    /// Writes them, and tells which products they are: whoever sells them has yet to let search know.
    pub(crate) async fn insert(self, db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
        let products = self.products.iter().map(|product| product.id).collect();
        insert::all::<product::Entity>(db, self.products).await?;
        insert::all::<product_option::Entity>(db, self.options).await?;
        insert::all::<product_variant::Entity>(db, self.variants).await?;
        insert::all::<stock_movement::Entity>(db, self.movements).await?;
        Ok(products)
    }
}

/// A choice in the form in which two of them are compared: the same whatever the order of the options.
pub(super) fn option_key(chosen: &BTreeMap<String, String>) -> String {
    json!(chosen).to_string()
}
